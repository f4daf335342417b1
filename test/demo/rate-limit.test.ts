import { describe, expect, it } from '@jest/globals'
import { startDemo } from '../../demo/server.ts'
import { createApiClient, createClient, createSessionClient } from './support/client.ts'

describe('the rate limit', () => {
  it('counts per credential and starts anew every minute', async () => {
    let now = 1_000_000
    const demo = await startDemo({ rateLimitPerMinute: 3, now: () => now })
    const acme = createApiClient(demo, 'acme')
    const globex = createApiClient(demo, 'globex')

    const first = [await acme.get('/me'), await acme.get('/me'), await acme.get('/me')]
    now += 20_500
    const limited = await acme.get('/me')
    const other = await globex.get('/me')
    now += 39_500
    const later = await acme.get('/me')
    await demo.close()

    expect(first.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(limited.status).toBe(429)
    expect(limited.headers.get('retry-after')).toBe('40')
    expect([other.status, later.status]).toEqual([200, 200])
  })

  it('gives every session its own count', async () => {
    const demo = await startDemo({ rateLimitPerMinute: 2, now: () => 0 })
    const one = await createSessionClient(demo, 'owner@acme.example')
    const two = await createSessionClient(demo, 'owner@acme.example')

    const statuses = [
      (await one.get('/me')).status,
      (await one.get('/me')).status,
      (await one.get('/me')).status,
      (await two.get('/me')).status,
    ]
    await demo.close()

    expect(statuses).toEqual([200, 200, 429, 200])
  })

  it('slows down guessing', async () => {
    const demo = await startDemo({ rateLimitPerMinute: 2, now: () => 0 })
    const guesser = createClient(demo, { Authorization: 'Bearer guess' })

    const statuses = [
      (await guesser.get('/me')).status,
      (await guesser.get('/me')).status,
      (await guesser.get('/me')).status,
    ]
    await demo.close()

    expect(statuses).toEqual([401, 401, 429])
  })
})
