import { expect, it } from '@jest/globals'
import { startWithDemo } from '../../support/flowtly.ts'
import { authorizationUrl, createPkce, registerClient } from '../../support/oauth-client.ts'

/** What one address may begin in a quarter of an hour. */
const MAX = 300

it('connections that are begun from one address and never gone through with are limited', async () => {
  await using running = await startWithDemo({ TRUST_PROXY: '1' })
  const { url } = running.connector
  const asked = authorizationUrl(url, await registerClient(url), createPkce().challenge)
  const begin = async (address: string) => {
    const headers = { 'x-forwarded-for': address }
    const { status, headers: answered } = await fetch(asked, { headers, redirect: 'manual' })
    return { status, retryAfter: Number(answered.get('retry-after')) }
  }
  for (let index = 0; index < MAX; index += 1) {
    expect(await begin(`2001:db8::${index}`)).toMatchObject({ status: 303 })
  }

  const refused = await begin('2001:db8::ffff')

  expect(refused.status).toBe(429)
  expect(refused.retryAfter).toBeGreaterThan(600)
  expect(refused.retryAfter).toBeLessThanOrEqual(900)
  expect(await begin('2001:db8:0:1::1')).toMatchObject({ status: 303 })
})
