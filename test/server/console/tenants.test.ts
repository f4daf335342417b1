import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startBrowserSession } from '../../support/browser-session.ts'
import {
  signInToConsole,
  visitConsole,
  type ConsoleVisitor,
} from '../../support/console-session.ts'
import { fetchAt } from '../../support/fetch-at.ts'
import { startWithDemo } from '../../support/flowtly.ts'
import { toPlainText } from '../../support/html-text.ts'

describe('the console at the hosts of organizations', () => {
  let running: Awaited<ReturnType<typeof startWithDemo>>

  beforeAll(async () => {
    running = await startWithDemo({ TENANT_HOSTS: '{tenant}.localhost' })
    running.demo.database.exec("UPDATE memberships SET role = 'admin' WHERE member_id = 'mem_06'")
  })
  afterAll(() => running.close())

  const originOf = (label: string) =>
    label === '' ? running.connector.url : `http://${label}.localhost:${running.connector.port}`
  /** A browser that sends its cookies to every host: that none takes another's is what is tested. */
  const browse = (headers: Readonly<Record<string, string>> = {}) =>
    startBrowserSession({ headers, send: fetchAt(running.connector.port) })
  const signInAt = (label: string, email: string): Promise<ConsoleVisitor> =>
    signInToConsole(originOf(label), { email, browser: browse() })

  it.each([
    ['acme', 'globex'],
    ['acme', ''],
    ['', 'acme'],
  ])('a session of the host %j is none at %j', async (from, to) => {
    const browser = browse()
    const email = 'owner@acme.example'
    await signInToConsole(originOf(from), { email, browser })

    const there = await visitConsole(originOf(to), browser).open('/console')
    const here = await visitConsole(originOf(from), browser).open('/console')

    expect(new URL(there.url).pathname).toBe('/console/sign-in')
    expect(new URL(here.url).pathname).toBe('/console')
  })

  it('a host shows its own organization, whatever else its member may decide', async () => {
    const { first } = await signInAt('globex', 'consultant@partners.example')

    expect(toPlainText(first.text)).toContain('Globex')
    expect(toPlainText(first.text)).not.toContain('Acme')
    expect(first.text).not.toContain('name="organization"')
    expect(first.text).toContain(`${originOf('globex')}/mcp`)
  })

  it('no organization of another host can be chosen', async () => {
    const visitor = await signInAt('globex', 'consultant@partners.example')
    const [, csrf = ''] = /name="csrf" value="([^"]*)"/.exec(visitor.first.text) ?? []

    const after = await visitor.post('/console/organization', { csrf, organization: 'acme' })

    expect(toPlainText(after.text)).not.toContain('Acme')
  })

  it('a member of another organization decides nothing there', async () => {
    const { first } = await signInAt('globex', 'owner@acme.example')

    expect([first.status, toPlainText(first.text)]).toEqual([
      403,
      expect.stringContaining('There is no organization here'),
    ])
  })

  it('a form is taken from the pages of its own host only', async () => {
    const visitor = await signInAt('acme', 'owner@acme.example')
    const [, csrf = ''] = /name="csrf" value="([^"]*)"/.exec(visitor.first.text) ?? []

    const { status } = await visitor.post(
      '/console/sign-out',
      { csrf },
      { origin: originOf('globex'), 'sec-fetch-site': 'same-site' },
    )

    expect(status).toBe(403)
  })
})
