import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { createSeal } from '../../../server/seal.ts'
import { setFaults } from '../../demo/support/control.ts'
import { startAudited, type AuditedConnector } from '../../support/audited-connector.ts'
import { hiddenFields, type Page } from '../../support/browser-session.ts'
import {
  signInToConsole,
  submitSignIn,
  visitConsole,
  type ConsoleVisitor,
} from '../../support/console-session.ts'
import { TEST_SECRET_KEY } from '../../support/flowtly.ts'
import { toPlainText } from '../../support/html-text.ts'
import { startWatchedBrowser } from '../../support/watched-browser.ts'

const OWNER = 'owner@acme.example'
const FORM = { username: OWNER, password: 'sluice-demo' }

let running: AuditedConnector
let visitor: Omit<ConsoleVisitor, 'first'>

beforeAll(async () => {
  running = await startAudited()
})
afterAll(() => running.close())
beforeEach(async () => {
  visitor = visitConsole(running.url)
  await running.audit.next(0)
})
afterEach(() => setFaults(running.demo, []))

function tokenOf({ text }: Page): string {
  return hiddenFields(text).find(([name]) => name === 'csrf')?.[1] ?? ''
}

describe('signing in to the console with a form', () => {
  it('leads an owner to the page that they wanted, and is on record', async () => {
    const { first } = await signInToConsole(running.url, { to: '/account?from=mail' })

    expect(toPlainText(first.text)).toContain('My connections')
    expect(await running.audit.next(1)).toMatchObject([
      {
        type: 'sign-in.succeeded',
        outcome: 'success',
        member: 'mem_01',
        credential: 'console',
        address: '127.0.0.1',
      },
    ])
  })

  it.each([
    ['a wrong password', OWNER, 'wrong'],
    ['an unknown account', 'nobody@acme.example', 'sluice-demo'],
    ['nothing', '', ''],
  ])('with %s comes back with what was typed but the password', async (_title, email, password) => {
    const page = await visitor.open('/console')

    const again = await submitSignIn(visitor, page, { email, password })

    expect(again.status).toBe(422)
    expect(toPlainText(again.text)).toContain(
      'This was not accepted. Check every field and try again.',
    )
    expect(again.text).toContain(`name="username" type="email" value="${email}"`)
    expect(again.text).not.toMatch(/type="password" value="[^"]/)
    expect(again.text).toContain('autofocus')
    expect(await running.audit.next(1)).toMatchObject([
      { type: 'sign-in.failed', outcome: 'failure', reason: 'credential_refused', member: null },
    ])
  })

  it('shows hostile text as text', async () => {
    const page = await visitor.open('/console')

    const again = await submitSignIn(visitor, page, { email: '"><script>alert(1)</script>' })

    expect(again.text).not.toContain('<script>alert')
    expect(again.text).toContain('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;')
  })

  it('keeps the form when the upstream does not answer', async () => {
    const page = await visitor.open('/console')
    await setFaults(running.demo, { kind: 'status', status: 503, path: '/sessions' })

    const again = await submitSignIn(visitor, page)
    await setFaults(running.demo, [])
    const then = await submitSignIn(visitor, again)

    expect([again.status, toPlainText(again.text)]).toEqual([
      502,
      expect.stringContaining('We could not check your sign-in'),
    ])
    expect(then.url).toBe(`${running.url}/console`)
    expect((await running.audit.next(2)).map(({ reason }) => reason)).toEqual([
      'upstream_failed',
      null,
    ])
  })

  it('goes straight on where somebody is signed in', async () => {
    const owner = await signInToConsole(running.url)

    const { url } = await owner.open('/console/sign-in?to=/account')

    expect(url).toBe(`${running.url}/account`)
  })

  it('works in either of two windows that are open at once', async () => {
    const first = await visitor.open('/console')
    const second = await visitor.open('/account')

    const after = await submitSignIn(visitor, first)

    expect(after.url).toBe(`${running.url}/account`)
    expect((await visitor.open(second.url)).url).toBe(`${running.url}/account`)
  })

  it('works once: the form opens nothing after it was sent', async () => {
    const page = await visitor.open('/console')
    await submitSignIn(visitor, page)
    await visitor.press(await visitor.open('/console'), 'Sign out')

    const again = await submitSignIn(visitor, page)

    expect(again.status).toBe(403)
    expect(toPlainText(again.text)).toContain('This sign-in has expired')
  })

  it('may be asked for by its headers only', async () => {
    const { status, headers } = await fetch(`${running.url}/console/sign-in`, { method: 'HEAD' })

    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store'])
  })

  it('leaves a cookie that holds nothing to read, for this browser only', async () => {
    const browser = startWatchedBrowser()

    await visitConsole(running.url, browser).open('/console')

    expect(browser.received).toEqual([
      expect.stringMatching(
        /^__Host-sluice-sign-in=[\w.-]+; Path=\/; Secure; HttpOnly; SameSite=Lax$/,
      ),
    ])
  })

  it('is open for a quarter of an hour', async () => {
    const seal = createSeal(Buffer.from(TEST_SECRET_KEY.reveal(), 'base64'), 'console')
    const attempt = { id: 'x', purpose: 'open', to: '/console', until: Date.now(), memory: null }
    const sealed = seal.close(JSON.stringify(attempt), 'console-sign-in')
    const late = visitConsole(
      running.url,
      startWatchedBrowser({ cookie: `__Host-sluice-sign-in=${sealed}` }),
    )

    const { status } = await late.post('/console/sign-in', { ...FORM, csrf: 'any' })

    expect(status).toBe(403)
  })
})

describe('a sign-in that somebody else has begun', () => {
  it.each([
    ['no browser of theirs', () => Promise.resolve({})],
    [
      'a page of theirs',
      async () => ({ csrf: tokenOf(await visitConsole(running.url).open('/console')) }),
    ],
  ])('from %s signs nobody in', async (_title, toFields) => {
    await visitor.open('/console')
    const fields = await toFields()

    const { status, text } = await visitor.post('/console/sign-in', { ...FORM, ...fields })

    expect([status, toPlainText(text)]).toEqual([
      403,
      expect.stringContaining('This sign-in has expired'),
    ])
    expect(new URL((await visitor.open('/console')).url).pathname).toBe('/console/sign-in')
    expect(await running.audit.next(1)).toMatchObject([
      { type: 'sign-in.failed', reason: 'foreign_form' },
    ])
  })

  it.each(['no.cookie.of.ours', '', '%00', 'a'.repeat(3_000)])(
    'whose cookie is %j is none',
    async (value) => {
      const browser = startWatchedBrowser({ cookie: `__Host-sluice-sign-in=${value}` })

      const { status } = await visitConsole(running.url, browser).post('/console/sign-in', FORM)

      expect(status).toBe(403)
    },
  )
})

describe('the address after a sign-in', () => {
  it.each([
    'https://evil.example/console',
    '//evil.example/console',
    '/\\evil.example/console',
    '\\\\evil.example',
    '/console/../../evil',
    '/console/..//evil.example',
    '/console/%2e%2e//evil.example',
    '/consoles',
    '/docs',
    '/oauth/authorize?client_id=x',
    'javascript:alert(1)',
    'data:text/html,x',
    `/console?${'q'.repeat(2_000)}`,
    'http://user@evil.example/console',
    ' /evil',
    '',
  ])('is the console’s own for %j', async (to) => {
    const page = await visitor.open(`/console/sign-in?to=${encodeURIComponent(to)}`)

    const { url } = await submitSignIn(visitor, page)

    expect(url).toBe(`${running.url}/console`)
  })

  it('has no line break of whoever wrote the link', async () => {
    const to = '/account?q=1\r\nSet-Cookie: a=b\r\n\r\n<p>'
    const page = await visitor.open(`/console/sign-in?to=${encodeURIComponent(to)}`)

    const { url, headers } = await submitSignIn(visitor, page)

    expect(url).toMatch(/\/account\?q=1Set-Cookie:%20a=b%3Cp%3E$/)
    expect(headers.getSetCookie().join()).not.toContain('a=b')
  })

  it('is one address, not a list of them', async () => {
    const page = await visitor.open('/console/sign-in?to=/account&to=https://evil.example')

    const { url } = await submitSignIn(visitor, page)

    expect(url).toBe(`${running.url}/console`)
  })
})
