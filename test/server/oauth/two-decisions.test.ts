import { describe, expect, it } from '@jest/globals'
import { startBrowserSession } from '../../support/browser-session.ts'
import { startWithDemo } from '../../support/flowtly.ts'
import {
  authorizationUrl,
  createPkce,
  decide,
  registerClient,
  signIn,
} from '../../support/oauth-client.ts'

describe('two decisions at once', () => {
  it('lead to the client or to a page that says what happened, and never to an error', async () => {
    await using running = await startWithDemo()
    const { url } = running.connector
    const client = await registerClient(url)

    for (let round = 0; round < 10; round += 1) {
      const session = startBrowserSession()
      const first = await session.open(authorizationUrl(url, client, createPkce().challenge))
      const consent = await signIn(session, first)
      const pages = await Promise.all([
        decide(session, consent, { action: 'allow' }),
        decide(session, consent, { action: 'deny' }),
      ])

      for (const page of pages) {
        const isBack = page.url.startsWith(client.redirect_uri)
        expect(isBack || page.status === 400).toBe(true)
      }
      expect(pages.some((page) => page.url.startsWith(client.redirect_uri))).toBe(true)
    }
    expect(running.connector.log.join('')).not.toContain('unplanned_error')
  })
})
