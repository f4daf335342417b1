import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from '@jest/globals'
import { startAudited } from '../../support/audited-connector.ts'
import {
  signInToConsole,
  visitConsole,
  type ConsoleVisitor,
} from '../../support/console-session.ts'
import { toPlainText } from '../../support/html-text.ts'

describe('the console while the operator has taken the connector out of service', () => {
  it('is out of service, too, and sessions go on afterwards', async () => {
    await using running = await startAudited()
    const owner = await signInToConsole(running.url)
    const { switches } = running.store

    await switches.beginMaintenance('Back at <b>noon</b>.')
    const during = await openUntil(owner, 503)
    const signIn = await visitConsole(running.url).open('/console/sign-in')
    await switches.endMaintenance()
    const after = await openUntil(owner, 200)

    expect(toPlainText(during.text)).toContain('Back at <b>noon</b>.')
    expect(during.headers.get('retry-after')).toBe('60')
    expect(signIn.status).toBe(503)
    expect(toPlainText(after.text)).toContain('Acme Industries')
  })
})

/** An instance hears of a switch within a second or so. */
async function openUntil(visitor: ConsoleVisitor, status: number) {
  for (;;) {
    const page = await visitor.open('/console')
    if (page.status === status) return page
    await wait(50)
  }
}
