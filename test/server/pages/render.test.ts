import { describe, expect, it } from '@jest/globals'
import { createPages } from '../../../server/pages/render.ts'
import { wrongCredentials } from '../../../server/pages/texts.ts'
import { CONSENT, HOSTILE, SAMPLES, SIGN_IN } from './samples.ts'

const pages = createPages({ title: 'Flowtly' })
const [ACME, , GLOBEX] = CONSENT.organizations
if (ACME === undefined || GLOBEX === undefined) throw new Error('the sample has organizations')

describe('every page', () => {
  it.each(SAMPLES)('%s has a language, a title, one heading and one main part', (_name, html) => {
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/)
    expect(html).toMatch(/<title>[^<]+ · Flowtly<\/title>/)
    expect(html.match(/<h1>/g)).toHaveLength(1)
    expect(html.match(/<main>/g)).toHaveLength(1)
  })

  it.each(SAMPLES)('%s needs no script and no style but its own files', (_name, html) => {
    const tags = html.match(/<[a-z][^>]*>/g)?.join('\n') ?? ''

    expect(tags).not.toMatch(/<script|<style|<iframe|<img| style=| on[a-z]+=|javascript:/)
  })

  it.each(SAMPLES)('%s shows nothing that moves or hides text', (_name, html) => {
    expect(html).not.toMatch(/[\u202A-\u202E\u2066\u2067\u200E\u200F]/)
    expect(html).not.toContain('\0')
  })
})

describe('hostile text', () => {
  const escaped = '&quot;&#x27;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;gnp.exe'
  const { action, csrf } = SIGN_IN
  const consent = (change: object) => pages.consent({ ...CONSENT, ...change })

  it.each([
    ['a client name', pages.signIn({ ...SIGN_IN, clientName: HOSTILE })],
    ['a redirect host', pages.signIn({ ...SIGN_IN, redirectHost: HOSTILE })],
    ['the realm', pages.signIn({ ...SIGN_IN, realmName: HOSTILE })],
    [
      'a provider',
      pages.signInElsewhere({ ...SIGN_IN, action, csrf, providerHost: HOSTILE, problem: null }),
    ],
    ['a client name', consent({ client: { ...CONSENT.client, name: HOSTILE } })],
    ['an identifier', consent({ client: { ...CONSENT.client, identifier: HOSTILE } })],
    ['a member', consent({ member: { name: HOSTILE, email: HOSTILE } })],
    ['one organization', consent({ organizations: [{ ...ACME, name: HOSTILE }] })],
    ['a role', consent({ organizations: [ACME, { ...GLOBEX, role: HOSTILE }] })],
    ['a scope', consent({ scopes: [{ ...CONSENT.scopes[0], description: HOSTILE }] })],
    ['a connector’s title', createPages({ title: HOSTILE }).signIn(SIGN_IN)],
  ])('%s stays text', (_place, html) => {
    expect(html).toContain(escaped)
    expect(html).not.toContain('<script>')
  })

  it('comes back in a field exactly as it was typed, and stays a value', () => {
    const html = pages.signIn({ ...SIGN_IN, values: { username: '"><b>\u200Ba' } })

    expect(html).toContain('value="&quot;&gt;&lt;b&gt;\u200Ba"')
  })

  it('cannot leave an attribute of a form', () => {
    const html = pages.signIn({ ...SIGN_IN, action: '/x"onload=y', csrf: '"><i>' })

    expect(html).toContain('action="/x&quot;onload&#x3D;y"')
    expect(html).toContain('value="&quot;&gt;&lt;i&gt;"')
  })

  it('that leaves no name is named', () => {
    expect(pages.signIn({ ...SIGN_IN, clientName: '\u202E ' })).toContain(
      'A program without a name',
    )
  })
})

describe('the sign-in page', () => {
  it('never writes a password back', () => {
    const values = { username: 'owner@acme.example', password: 'hunter2' }

    const html = pages.signIn({ ...SIGN_IN, values })

    expect(html).toContain('owner@acme.example')
    expect(html).not.toContain('hunter2')
  })

  it('ties a problem to its fields and to its title, and only where there is one', () => {
    const html = pages.signIn({ ...SIGN_IN, problem: wrongCredentials() })
    const first = pages.signIn(SIGN_IN)

    expect(html).toContain('<title>Problem: ')
    expect(html).toContain('id="problem" role="alert"')
    expect(html.match(/ aria-describedby="problem"/g)).toHaveLength(2)
    expect(first).not.toContain('problem')
  })

  it('can be left without filling in a field', () => {
    expect(pages.signIn(SIGN_IN)).toMatch(/<button [^>]*name="action" value="deny" formnovalidate>/)
  })

  it('presses "Sign in" on Enter: it is the first button', () => {
    expect(pages.signIn(SIGN_IN).match(/<button[^>]*>([^<]*)/)?.[1]).toBe('Sign in')
  })
})

describe('the consent page', () => {
  it('offers three answers', () => {
    const answers = [...pages.consent(CONSENT).matchAll(/name="action" value="(\w+)"/g)]

    expect(answers.map(([, value]) => value)).toEqual(['allow', 'deny', 'switch'])
  })

  it('offers organizations as one choice, and says why one cannot be chosen', () => {
    const html = pages.consent(CONSENT).replaceAll(/[\u2068\u2069]/g, '')
    const radios = html.match(/<input type="radio"[^>]*>/g) ?? []

    expect(radios.map((each) => /(checked|disabled)?>$/.exec(each)?.[1])).toEqual([
      'checked',
      undefined,
      'disabled',
    ])
    expect(html).toContain(
      'Your role here is “member”. Only somebody with the role “owner” or “admin” can approve',
    )
  })

  it('prefers the reason that it is given', () => {
    const organizations = [ACME, { ...GLOBEX, note: 'Connections are switched off here.' }]

    const html = pages.consent({ ...CONSENT, organizations })

    expect(html).toContain('Connections are switched off here.')
    expect(html).not.toContain('Your role here')
  })

  it('shows a single organization as text and sends it along', () => {
    const html = pages.consent({ ...CONSENT, organizations: [ACME] })

    expect(html).not.toContain('type="radio"')
    expect(html).toContain('<input type="hidden" name="organization" value="acme">')
  })

  it('sends no organization that cannot be approved', () => {
    const html = pages.consent({ ...CONSENT, organizations: [GLOBEX] })

    expect(html).not.toContain('name="organization"')
    expect(html).toContain('Your role here is')
  })

  it('offers every scope under its own name, chosen or not', () => {
    const boxes = pages.consent(CONSENT).matchAll(/name="scope" value="([^"]+)"[^>]*?(checked)?>/g)

    expect([...boxes].map(([, name, state]) => [name, state])).toEqual([
      ['invoices:read', 'checked'],
      ['bankAccounts:read', 'checked'],
      ['projects:read', undefined],
    ])
  })

  it.each([
    ['checked by somebody, elsewhere', true, false, []],
    ['checked by nobody', false, false, ['Nobody has checked the name']],
    ['on this computer', true, true, ['That address is this computer']],
    ['both', false, true, ['Nobody has checked the name', 'That address is this computer']],
  ])('warns of a client %s', (_case, isVerified, isLoopback, beginnings) => {
    const client = { ...CONSENT.client, isVerified, isLoopback }

    const warnings = [...pages.consent({ ...CONSENT, client }).matchAll(/class="warning">(.*)</g)]

    expect(warnings).toHaveLength(beginnings.length)
    beginnings.forEach((each, index) => expect(warnings[index]?.[1]).toContain(each))
  })
})

describe('a page about a problem', () => {
  const text = { title: 'Stopped', paragraphs: ['One.', 'Two.'] }

  it('shows reference and link only where there are any', () => {
    const action = { href: '/docs?a=1&b=2', label: 'Read more' }

    const plain = pages.problem({ ...text, reference: null, action: null })
    const full = pages.problem({ ...text, reference: 'r-1', action })

    expect(plain).not.toMatch(/<code>|<a |<form/)
    expect(full).toContain('<code>r-1</code>')
    expect(full).toContain('href="/docs?a&#x3D;1&amp;b&#x3D;2">Read more</a>')
  })

  it('keeps the way back to the client open', () => {
    const html = pages.problemWithCancel({ ...text, reference: null, action: '/x', csrf: 'c' })

    expect(html).toContain('<form method="post" action="/x">')
    expect(html).toMatch(/value="switch">.*\n.*value="deny">/)
  })
})
