import { describe, expect, it } from '@jest/globals'
import { startWithDemo } from '../../support/flowtly.ts'

/** What one address may register in an hour. */
const MAX = 300

/** Registers from an address, as far as a header can say so. */
async function register(url: string, forwardedFor: string | null): Promise<Response> {
  const response = await fetch(`${url}/oauth/register`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(forwardedFor !== null && { 'x-forwarded-for': forwardedFor, 'x-real-ip': forwardedFor }),
    },
    body: JSON.stringify({ redirect_uris: ['https://app.example/cb'] }),
  })
  await response.text()
  return response
}

/** Registers as often as one address may. */
async function useUp(url: string, addressOf: (index: number) => string | null): Promise<void> {
  for (let index = 0; index < MAX; index += 1) {
    expect((await register(url, addressOf(index))).status).toBe(201)
  }
}

describe('registrations', () => {
  it('from one address are limited, and a header makes no other address of it', async () => {
    await using running = await startWithDemo()
    const { url } = running.connector
    await useUp(url, (index) => `198.51.100.${index}`)

    const refused = await register(url, '203.0.113.9')

    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_000)
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(3_600)
    expect((await register(url, null)).status).toBe(429)
  })

  it('behind a trusted proxy are counted for the address that the proxy saw', async () => {
    await using running = await startWithDemo({ TRUST_PROXY: '1' })
    const { url } = running.connector
    // What stands before the proxy's own entry is the sender's invention.
    await useUp(url, (index) => `198.51.100.${index}, 203.0.113.1`)

    expect((await register(url, '192.0.2.77, 203.0.113.1')).status).toBe(429)
    expect((await register(url, '203.0.113.1')).status).toBe(429)
    expect((await register(url, '203.0.113.1, 203.0.113.2')).status).toBe(201)
  })

  it('that are only asked about beforehand are not counted', async () => {
    await using running = await startWithDemo()
    const { url } = running.connector
    for (let index = 0; index <= MAX; index += 1) {
      await fetch(`${url}/oauth/register`, { method: 'OPTIONS' })
    }

    expect((await register(url, null)).status).toBe(201)
  })
})
