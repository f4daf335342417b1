import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { startAudited, type AuditedConnector } from '../../support/audited-connector.ts'
import { hiddenFields } from '../../support/browser-session.ts'
import {
  signInToConsole,
  visitConsole,
  type ConsoleVisitor,
} from '../../support/console-session.ts'
import { toPlainText } from '../../support/html-text.ts'

let running: AuditedConnector
let owner: ConsoleVisitor

beforeAll(async () => {
  running = await startAudited()
})
afterAll(() => running.close())
beforeEach(async () => {
  owner = await signInToConsole(running.url)
  await running.audit.next(1)
})

/** The token of a page's forms. */
function tokenOf({ text }: { readonly text: string }): string {
  return hiddenFields(text).find(([name]) => name === 'csrf')?.[1] ?? ''
}

/** The form that every page has. */
const SIGN_OUT = '/console/sign-out'

describe('a form of the console', () => {
  it('is taken from a page of the session, at its own origin', async () => {
    const headers = { origin: running.url, 'sec-fetch-site': 'same-origin' }

    const { url } = await owner.post(SIGN_OUT, { csrf: tokenOf(owner.first) }, headers)

    expect(url).toBe(`${running.url}/console/sign-in`)
  })

  it.each([
    ['without a token', () => Promise.resolve({})],
    ['with an empty token', () => Promise.resolve({ csrf: '' })],
    ['with the token of another session', async () => ({ csrf: tokenOf((await another()).first) })],
    [
      'with the token of a sign-in page',
      async () => ({ csrf: tokenOf(await visitConsole(running.url).open('/console/sign-in')) }),
    ],
  ])('%s is refused, and that is on record', async (_title, toFields) => {
    const fields = await toFields()
    await running.audit.next(0)

    const { status, text } = await owner.post(SIGN_OUT, fields)

    expect([status, toPlainText(text)]).toEqual([
      403,
      expect.stringContaining('This form is not from here'),
    ])
    expect((await owner.open('/console')).status).toBe(200)
    expect(await running.audit.next(1)).toMatchObject([
      {
        type: 'authorization.denied',
        outcome: 'failure',
        reason: 'foreign_form',
        credential: 'console',
      },
    ])
  })

  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['an origin that nobody may know', { origin: 'null' }],
    ['another port of this host', { origin: 'http://127.0.0.1:1' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour of the same site', { 'sec-fetch-site': 'same-site' }],
  ])('from %s is refused, whatever its token is', async (_title, headers) => {
    const { status } = await owner.post(SIGN_OUT, { csrf: tokenOf(owner.first) }, headers)

    expect(status).toBe(403)
    expect((await owner.open('/console')).status).toBe(200)
    await running.audit.next(1)
  })

  it.each([
    ['text/plain', 415],
    ['application/json', 415],
    ['multipart/form-data; boundary=x', 415],
  ])('of type %s is none', async (type, expected) => {
    const { status } = await owner.post(
      SIGN_OUT,
      { csrf: tokenOf(owner.first) },
      { 'content-type': type },
    )

    expect(status).toBe(expected)
    expect((await owner.open('/console')).status).toBe(200)
  })

  it('is taken from nobody who is not signed in', async () => {
    const stranger = visitConsole(running.url)

    const { url } = await stranger.post(SIGN_OUT, { csrf: tokenOf(owner.first) })

    expect(url).toBe(`${running.url}/console/sign-in`)
    expect((await owner.open('/console')).status).toBe(200)
  })

  function another(): Promise<ConsoleVisitor> {
    return signInToConsole(running.url, { email: 'admin@acme.example' })
  }
})

describe('the door of the console', () => {
  it('shows a member who may decide nowhere why, and the way to what is theirs', async () => {
    const member = await signInToConsole(running.url, {
      email: 'member@acme.example',
      to: '/account',
    })
    await running.audit.next(1)

    const refused = await member.open('/console')

    expect([refused.status, toPlainText(refused.text)]).toEqual([
      403,
      expect.stringContaining('This page is for administrators'),
    ])
    expect((await member.follow(refused, 'My connections')).status).toBe(200)
    expect(toPlainText(member.first.text)).not.toContain('Overview')
    expect(await running.audit.next(1)).toMatchObject([
      { type: 'authorization.denied', reason: 'not_an_approver', credential: 'console' },
    ])
  })

  it.each(['/console', '/account', '/console/nowhere', '/console/organization'])(
    'sends whoever asks for %s to the sign-in first, and back to it after',
    async (path) => {
      const { url } = await visitConsole(running.url).open(`${path}?page=2`)

      expect(url).toBe(`${running.url}/console/sign-in?to=${encodeURIComponent(`${path}?page=2`)}`)
    },
  )

  it.each(['/console/nowhere', '/console/a/b/c', '/console/sign-out', '/console/%00'])(
    'says at %s that there is nothing',
    async (path) => {
      const { status, text } = await owner.open(path)

      expect([status, toPlainText(text)]).toEqual([
        404,
        expect.stringContaining('There is nothing here'),
      ])
    },
  )

  it.each(['PUT', 'DELETE', 'PATCH', 'PROPFIND'])('knows no %s', async (method) => {
    const { status } = await fetch(`${running.url}/console`, { method })

    expect([405, 501]).toContain(status)
  })

  it('leaves a page open, with what was written there, when a part of it is asked for too late', async () => {
    const headers = { 'hx-request': 'true', 'hx-current-url': `${running.url}/account?q=1` }

    const answer = await fetch(`${running.url}/console`, { headers, redirect: 'manual' })
    const text = await answer.text()

    expect([answer.status, answer.headers.get('hx-redirect')]).toEqual([403, null])
    expect(text).toContain('You are no longer signed in')
    expect(text).toContain(`href="/console/sign-in?to&#x3D;${encodeURIComponent('/account?q=1')}"`)
  })

  it('sends nobody on to another origin', async () => {
    const headers = { 'hx-request': 'true', 'hx-current-url': 'https://evil.example/console' }

    const answer = await fetch(`${running.url}/console`, { headers, redirect: 'manual' })

    expect(await answer.text()).toContain('href="/console/sign-in?to&#x3D;%2Fconsole"')
  })

  it('keeps every page to the browser that it was made for, and out of frames', async () => {
    const pages = [owner.first, await owner.open('/account'), await owner.open('/console/nowhere')]

    for (const { headers } of pages) {
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; /)
      expect(headers.get('content-security-policy')).not.toMatch(/unsafe|\*|https?:/)
      expect(headers.get('referrer-policy')).toBe('same-origin')
      expect(headers.get('access-control-allow-origin')).toBeNull()
    }
  })
})
