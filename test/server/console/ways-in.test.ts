import { describe, expect, it } from '@jest/globals'
import { startDemo } from '../../../demo/server.ts'
import { startWithLogin } from '../../support/connectors.ts'
import { visitConsole } from '../../support/console-session.ts'
import { toPlainText } from '../../support/html-text.ts'
import { startIdentityProvider, visitIdentityProvider } from '../../support/identity-provider.ts'
import { serviceLogin, startService } from '../../support/service.ts'

describe('the console of a connector whose people bring API credentials', () => {
  it('takes them, and shows the key and the secret to nobody again', async () => {
    await using demo = await disposable()
    await using connector = await startWithLogin({ kind: 'api-credentials' }, demo.url)
    const visitor = visitConsole(connector.url)
    const page = await visitor.open('/console')
    const typed = { email: 'owner@acme.example', key: 'acme-demo-key', secret: 'wrong-secret' }

    const refused = await visitor.press(page, 'Sign in', typed)
    const inside = await visitor.press(refused, 'Sign in', { ...typed, secret: 'acme-demo-secret' })

    expect(refused.status).toBe(422)
    expect(refused.text).not.toContain('wrong-secret')
    expect(inside.url).toBe(`${connector.url}/console`)
    expect(toPlainText(inside.text)).toContain('Acme Industries')
    expect(inside.text).not.toContain('acme-demo-')
  })
})

describe('the console of a connector that acts with one credential', () => {
  it.each(['/console', '/account'])('says at %s that nobody signs in', async (path) => {
    await using service = await startService()

    const { status, text } = await visitConsole(service.connector.url).open(path)

    expect([status, toPlainText(text)]).toEqual([
      403,
      expect.stringContaining('is reached with API keys only'),
    ])
  })

  it('is there for whom its identity provider knows', async () => {
    await using provider = await startIdentityProvider()
    const scopes = ['openid', 'email', 'offline_access']
    const access = { issuer: provider.url, scopes, domain: null, claim: null }
    await using service = await startService(serviceLogin({ access }), {
      OIDC_CLIENT_ID: provider.clientId,
      OIDC_CLIENT_SECRET: provider.clientSecret,
    })
    const visitor = visitConsole(service.connector.url)
    const page = await visitor.open('/console')
    const away = await visitor.press(page, `Continue to ${new URL(provider.url).host}`)

    const callback = await visitIdentityProvider(new URL(away.url), 'owner@globex.example')
    const inside = await visitor.open(callback.href)

    expect([inside.status, inside.url]).toEqual([200, `${service.connector.url}/console`])
    expect(toPlainText(inside.text)).toContain('owner@globex.example')
  })
})

async function disposable() {
  const demo = await startDemo()
  return { url: demo.url, [Symbol.asyncDispose]: () => demo.close() }
}
