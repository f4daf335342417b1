import { expect, it } from '@jest/globals'
import { visitConsole } from '../../support/console-session.ts'
import { toPlainText } from '../../support/html-text.ts'
import { startIdentityProvider, visitIdentityProvider } from '../../support/identity-provider.ts'
import { CREDENTIAL, serviceLogin, startService } from '../../support/service.ts'

it('tries a tool of a connector that acts with one credential with that, never with the person’s', async () => {
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
  await visitor.open((await visitIdentityProvider(new URL(away.url), 'owner@globex.example')).href)
  const asked = await visitor.open('/console/tools/invoices.list/try')

  const answered = await visitor.press(asked, 'Call the tool')

  expect(toPlainText(answered.text)).toContain('Answered')
  expect(service.heads).toHaveLength(1)
  expect(service.heads[0]?.toLowerCase()).toContain(`x-api-key: ${CREDENTIAL}`)
  expect(service.heads[0]?.toLowerCase()).not.toContain('authorization:')
})
