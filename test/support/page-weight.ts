import type { Page } from 'playwright-core'

/**
 * Weighs what a page loads, as it comes over the wire; nothing is taken from a cache.
 *
 * @returns a scale: gives the bytes since it was asked last, without those of fonts and images
 */
export async function measureWeight(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page)
  const isCounted = new Map<string, boolean>()
  let bytes = 0
  session.on('Network.responseReceived', ({ requestId, type }) => {
    isCounted.set(requestId, type !== 'Font' && type !== 'Image')
  })
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (isCounted.get(requestId) === true) bytes += encodedDataLength
  })
  await session.send('Network.enable')
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  return async () => {
    await page.waitForLoadState('networkidle')
    const weight = bytes
    bytes = 0
    return weight
  }
}
