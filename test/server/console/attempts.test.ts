import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startAudited, type AuditedConnector } from '../../support/audited-connector.ts'
import { submitSignIn, visitConsole } from '../../support/console-session.ts'
import { toPlainText } from '../../support/html-text.ts'
import { connect } from '../../support/oauth-client.ts'
import { ATTEMPT_LIMITS } from '../../../server/limits/attempt-limits.ts'

let running: AuditedConnector

beforeAll(async () => {
  running = await startAudited()
})
afterAll(() => running.close())

async function tryToSignIn(email: string, password: string) {
  const visitor = visitConsole(running.url)
  return submitSignIn(visitor, await visitor.open('/console'), { email, password })
}

describe('guessing passwords at the console', () => {
  it('is over after ten tries for an account, for consent as well, and others go on', async () => {
    const email = 'owner@globex.example'
    for (let tries = 0; tries < ATTEMPT_LIMITS['sign-in-account'].max; tries += 1) {
      expect((await tryToSignIn(email, `wrong ${tries}`)).status).toBe(422)
    }

    const limited = await tryToSignIn(email, 'sluice-demo')
    const atConsent = connect(running.url, { email })
    const another = await tryToSignIn('owner@acme.example', 'sluice-demo')

    expect([limited.status, toPlainText(limited.text)]).toEqual([
      429,
      expect.stringContaining('Too many attempts'),
    ])
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0)
    await expect(atConsent).rejects.toThrow()
    expect(another.status).toBe(200)
    const recorded = await running.audit.next(0)
    expect(recorded.map(({ reason }) => reason)).toContain('too_many_attempts')
  })

  it('forgets what an account’s own member has mistyped', async () => {
    const email = 'admin@acme.example'
    for (let round = 0; round < 2; round += 1) {
      for (let tries = 0; tries < ATTEMPT_LIMITS['sign-in-account'].max - 1; tries += 1) {
        await tryToSignIn(email, 'wrong')
      }

      expect((await tryToSignIn(email, 'sluice-demo')).status).toBe(200)
    }
  })

  it('is over for an address after a hundred tries, whatever the account is', async () => {
    const { max } = ATTEMPT_LIMITS['sign-in-address']
    let status = 0
    for (let tries = 0; tries < max && status !== 429; tries += 1) {
      status = (await tryToSignIn(`nobody-${tries}@acme.example`, 'wrong')).status
    }

    expect(status).toBe(429)
    expect((await tryToSignIn('owner@acme.example', 'sluice-demo')).status).toBe(429)
  })
})
