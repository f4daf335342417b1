import { describe, expect, it } from '@jest/globals'
import { startWithDemo } from '../../support/flowtly.ts'
import { connect, refreshTokens } from '../../support/oauth-client.ts'

/** Token requests of one address in a minute. */
const MAX = 300
/** Sent at the same time, to be quick. */
const AT_ONCE = 20

/** Asks for a token from an address, as far as a header can say so. */
async function ask(
  url: string,
  forwardedFor: string | null,
  params: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const response = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    headers: {
      ...(forwardedFor !== null && { 'x-forwarded-for': forwardedFor, 'x-real-ip': forwardedFor }),
    },
    body: new URLSearchParams({ grant_type: 'refresh_token', ...params }),
  })
  return response
}

/** Asks as often as one address may. */
async function useUp(url: string, addressOf: (index: number) => string | null): Promise<void> {
  for (let from = 0; from < MAX; from += AT_ONCE) {
    const answers = await Promise.all(
      Array.from({ length: AT_ONCE }, async (_, index) => {
        const answer = await ask(url, addressOf(from + index))
        await answer.text()
        return answer.status
      }),
    )
    expect(answers).not.toContain(429)
  }
}

describe('token requests', () => {
  it('from one address are limited, and a header makes no other address of it', async () => {
    await using running = await startWithDemo()
    const { url } = running.connector
    await useUp(url, (index) => `198.51.100.${index}`)

    const refused = await ask(url, '203.0.113.9')

    const retryAfter = Number(refused.headers.get('retry-after'))
    expect(refused.status).toBe(429)
    expect(retryAfter).toBeGreaterThan(0)
    expect(retryAfter).toBeLessThanOrEqual(60)
    expect(refused.headers.get('cache-control')).toBe('no-store')
    expect(refused.headers.get('access-control-allow-origin')).toBe('*')
    expect(await refused.json()).toEqual({
      error: 'too_many_requests',
      error_description: 'Too many token requests from this address. Try again later.',
    })
  })

  it('behind a trusted proxy are counted for the address that the proxy saw', async () => {
    await using running = await startWithDemo({ TRUST_PROXY: '1' })
    const { url } = running.connector
    // What stands before the proxy's own entry is the sender's invention.
    await useUp(url, (index) => `198.51.100.${index}, 203.0.113.1`)

    expect((await ask(url, '192.0.2.77, 203.0.113.1')).status).toBe(429)
    expect((await ask(url, '203.0.113.1:50123')).status).toBe(429)
    expect((await ask(url, '203.0.113.1, 203.0.113.2')).status).toBe(400)
  })

  it('of a network of IPv6 count together', async () => {
    await using running = await startWithDemo({ TRUST_PROXY: '1' })
    const { url } = running.connector
    await useUp(url, (index) => `2001:db8:1:2::${index.toString(16)}`)

    expect((await ask(url, '2001:db8:1:2:ffff::1')).status).toBe(429)
    expect((await ask(url, '2001:db8:1:3::1')).status).toBe(400)
  })

  it('that are too many spend nothing: the same refresh token works from elsewhere', async () => {
    await using running = await startWithDemo({ TRUST_PROXY: '1' })
    const { url } = running.connector
    const { client, tokens } = await connect(url)
    await useUp(url, () => '203.0.113.1')
    const params = { client_id: client.client_id, refresh_token: tokens.refresh_token }

    const refused = await ask(url, '203.0.113.1', params)
    const later = await refreshTokens(url, client, tokens.refresh_token)

    expect(refused.status).toBe(429)
    expect(later.status).toBe(200)
  })

  it('that are only asked about beforehand are not counted', async () => {
    await using running = await startWithDemo()
    const { url } = running.connector
    for (let index = 0; index <= MAX; index += 1) {
      await fetch(`${url}/oauth/token`, { method: 'OPTIONS' })
    }

    expect((await ask(url, null)).status).toBe(400)
  })
})
