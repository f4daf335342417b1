import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { hiddenFields, type Page } from '../../support/browser-session.ts'
import { startWithDemo } from '../../support/flowtly.ts'
import {
  authorizationUrl,
  authorize,
  connect,
  createPkce,
  decide,
  exchangeCode,
  registerClient,
  requestTokens,
  signIn,
  type TestClient,
} from '../../support/oauth-client.ts'
import { startWatchedBrowser, type WatchedBrowser } from '../../support/watched-browser.ts'

const { challenge } = createPkce()

let running: Awaited<ReturnType<typeof startWithDemo>>
let url: string
let client: TestClient

beforeAll(async () => {
  running = await startWithDemo()
  url = running.connector.url
  client = await registerClient(url, { client_name: 'First program' })
})

afterAll(() => running.close())

function csrfOf(page: Page): string {
  return hiddenFields(page.text).find(([name]) => name === 'csrf')?.[1] ?? ''
}

function organizationOf(page: Page): string {
  return hiddenFields(page.text).find(([name]) => name === 'organization')?.[1] ?? 'acme'
}

/** One request with a cookie that was seen elsewhere; follows no redirect. */
async function send(
  address: string,
  cookie: string,
  form: Readonly<Record<string, string>> | null = null,
) {
  const response = await fetch(address, {
    method: form === null ? 'GET' : 'POST',
    headers: { cookie },
    ...(form !== null && { body: new URLSearchParams(form) }),
    redirect: 'manual',
  })
  return {
    status: response.status,
    location: response.headers.get('location') ?? '',
    text: await response.text(),
  }
}

describe('CVE-2025-4143: a code goes to a registered redirect URI only', () => {
  it('not to one that is another client’s', async () => {
    const other = await registerClient(url, { redirect_uris: ['https://evil.example/cb'] })
    const address = authorizationUrl(url, client, challenge, { redirect_uri: other.redirect_uri })

    expect(await send(address, '')).toMatchObject({ status: 400, location: '' })
  })

  it('not to one that is named only when the code is exchanged', async () => {
    const granted = await authorize(url, client)
    const redirect = { redirect_uri: 'https://evil.example/cb' }

    expect(await exchangeCode(url, client, granted, redirect)).toMatchObject({
      status: 400,
      error: 'invalid_grant',
    })
  })
})

describe('PKCE bypass: the proof cannot be left out on either side', () => {
  it('not at the exchange, where there was a challenge', async () => {
    const { code } = await authorize(url, client)
    const params = { grant_type: 'authorization_code', code, redirect_uri: client.redirect_uri }

    expect(await requestTokens(url, client, params)).toMatchObject({
      status: 400,
      error: 'invalid_grant',
    })
    expect(await requestTokens(url, client, { ...params, code_verifier: '' })).toMatchObject({
      status: 400,
    })
  })

  it('not at the beginning, where a verifier is sent in the end', async () => {
    const params = { code_challenge: null, code_challenge_method: null }
    const { location } = await send(authorizationUrl(url, client, '', params), '')

    expect(new URL(location).searchParams.get('error')).toBe('invalid_request')
    expect(location).not.toContain('code=')
  })
})

describe('GHSA-rww4-4w9c-7733: no code without the consent of this browser', () => {
  let browser: WatchedBrowser
  let first: Page
  let consent: Page
  let path: string

  beforeEach(async () => {
    browser = startWatchedBrowser()
    first = await browser.open(authorizationUrl(url, client, challenge))
    consent = await signIn(browser, first)
    path = new URL(consent.url).pathname
  })

  const form = (csrf: string) => ({ csrf, organization: 'acme', scope: 'invoices:read' })

  it('going on after the sign-in alone leads to no code', async () => {
    const resume = path.replace('interaction', 'authorize')
    const page = await browser.open(`${url}${resume}`)

    expect(page.url).not.toContain('code=')
    expect(page.text).not.toContain('code=')
    expect(new URL(page.url).origin).toBe(url)
  })

  it('going on before the sign-in leads to no code', async () => {
    const fresh = startWatchedBrowser()
    const { url: start } = await fresh.open(authorizationUrl(url, client, challenge))
    const page = await fresh.open(start.replace('interaction', 'authorize'))

    expect(page.url).not.toContain('code=')
    expect(new URL(page.url).origin).toBe(url)
  })

  it('another browser that knows the address sees and decides nothing', async () => {
    const other = startWatchedBrowser()
    const theirs = await signIn(other, await other.open(authorizationUrl(url, client, challenge)))
    const planted = other.cookieAt(new URL(theirs.url).pathname)
    const uid = path.split('/').at(-1) ?? ''

    for (const cookie of ['', `sluice-interaction=${uid}`, planted]) {
      const page = await send(consent.url, cookie)
      const decision = await send(consent.url, cookie, {
        ...form(csrfOf(consent)),
        action: 'allow',
      })

      expect(page.status).toBe(400)
      expect(planted).toMatch(/interaction\.sig=/)
      expect(decision).toMatchObject({ status: 400, location: '' })
      expect(page.text).not.toContain('owner@acme.example')
    }
  })

  it('a cookie without our signature, or with that of another value, is none', async () => {
    const other = startWatchedBrowser()
    const elsewhere = await other.open(authorizationUrl(url, client, challenge))
    const [, theirSignature = ''] =
      /interaction\.sig=([\w-]+)/.exec(
        (await other.open(elsewhere.url), other.cookieAt(new URL(elsewhere.url).pathname)),
      ) ?? []
    const uid = path.split('/').at(-1) ?? ''
    const forged = `sluice-interaction=${uid}; sluice-interaction.sig=${theirSignature}`

    expect(theirSignature).not.toBe('')
    expect((await send(consent.url, forged)).status).toBe(400)
  })

  it.each<[string, (page: Page) => Promise<string>]>([
    ['none', () => Promise.resolve('')],
    ['that of the sign-in step', () => Promise.resolve(csrfOf(first))],
    [
      'that of another interaction of the same browser',
      async () => {
        const second = await browser.open(authorizationUrl(url, client, challenge))
        return csrfOf(await signIn(browser, second))
      },
    ],
    [
      'that of another person',
      async () => {
        const attacker = startWatchedBrowser()
        const page = await attacker.open(authorizationUrl(url, client, challenge))
        return csrfOf(await signIn(attacker, page))
      },
    ],
  ])('a consent form with the proof %s decides nothing', async (_name, toCsrf) => {
    const cookie = browser.cookieAt(path)
    const csrf = await toCsrf(consent)

    for (const action of ['allow', 'deny', 'switch']) {
      const { status, location } = await send(consent.url, cookie, { ...form(csrf), action })
      expect({ status, location }).toEqual({ status: 403, location: '' })
    }
  })

  it('a decision counts once: the same form again makes no second code', async () => {
    const cookie = browser.cookieAt(path)
    const fields = { ...form(csrfOf(consent)), action: 'allow' }
    const done = await decide(browser, consent)
    expect(new URL(done.url).searchParams.get('code')).not.toBeNull()

    const again = await send(consent.url, cookie, fields)
    const resumed = await send(`${url}${path.replace('interaction', 'authorize')}`, cookie)

    expect(again).toMatchObject({ status: 400, location: '' })
    expect(resumed.location).not.toContain('code=')
  })

  it.each([
    ['an organization of others', { organization: 'globex', scope: 'invoices:read' }],
    ['no organization', { organization: '', scope: 'invoices:read' }],
    ['scopes that there are not', { organization: 'acme', scope: 'admin:write' }],
  ])('a form that was changed to %s decides nothing', async (_name, fields) => {
    const page = await browser.submit(consent, { ...fields, action: 'allow' })

    expect(page.status).toBe(422)
    expect(page.url).toBe(consent.url)
  })

  it('a form cannot add what the client did not ask for', async () => {
    const asking = startWatchedBrowser()
    const { verifier, challenge: own } = createPkce()
    const address = authorizationUrl(url, client, own, { scope: 'invoices:read' })
    const page = await signIn(asking, await asking.open(address))
    const scope = ['invoices:read', 'contracts:read', 'suppliers:read']
    const fields = { organization: organizationOf(page), scope, action: 'allow' }
    const done = await asking.submit(page, fields)
    const code = new URL(done.url).searchParams.get('code') ?? ''
    const tokens = await exchangeCode(url, client, { code, verifier })

    expect(tokens.scope).toBe('invoices:read')
  })

  it('somebody whose role may not approve cannot, whatever they send', async () => {
    const member = startWatchedBrowser()
    const start = await member.open(authorizationUrl(url, client, challenge))
    const refusal = await signIn(member, start, { email: 'member@acme.example' })
    const page = await member.submit(refusal, {
      organization: 'acme',
      scope: ['invoices:read'],
      action: 'allow',
    })

    expect(refusal.status).toBe(403)
    expect(page.status).toBe(403)
    expect(page.url).not.toContain('code=')
  })

  it('somebody with two roles approves only where their role may', async () => {
    const consultant = startWatchedBrowser()
    const start = await consultant.open(authorizationUrl(url, client, challenge))
    const page = await signIn(consultant, start, { email: 'consultant@partners.example' })
    const done = await decide(consultant, page, { organization: 'globex' })

    expect(done.status).toBe(422)
    expect(done.url).toBe(page.url)
  })
})

describe('GHSA-c2jp-c369-7pvx: consent for one client is none for another', () => {
  it('a second client of the same person in the same browser asks again, by its own name', async () => {
    const browser = startWatchedBrowser()
    const firstPage = await browser.open(authorizationUrl(url, client, challenge))
    await decide(browser, await signIn(browser, firstPage))
    const second = await registerClient(url, {
      client_name: 'Second program',
      redirect_uris: ['https://evil.example/cb'],
    })

    const page = await browser.open(authorizationUrl(url, second, challenge))
    const silent = await browser.open(authorizationUrl(url, second, challenge, { prompt: 'none' }))
    const consent = await signIn(browser, page)

    expect(page.text).toContain('type="password"')
    expect(new URL(silent.url).searchParams.get('error')).toBe('login_required')
    expect(consent.text).toContain('Second program')
    expect(consent.text).toContain('evil.example')
    expect(consent.text).not.toContain('First program')
  })

  it('the same client asks again too: a registration may be anybody’s', async () => {
    const browser = startWatchedBrowser()
    const page = await browser.open(authorizationUrl(url, client, challenge))
    await decide(browser, await signIn(browser, page))

    const again = await browser.open(authorizationUrl(url, client, challenge))

    expect(again.text).toContain('type="password"')
  })

  it('a code or refresh token of one client is refused to another', async () => {
    const { tokens } = await connect(url)
    const params = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token }

    expect(await requestTokens(url, client, params)).toMatchObject({ error: 'invalid_grant' })
  })
})
