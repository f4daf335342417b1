import { createServer } from 'node:https'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { Secret } from '../../../server/secret.ts'
import { createFederatedSignIn } from '../../../server/sign-in/federated.ts'
import { createProxyRule, type Network } from '../../../server/upstream/network.ts'
import { startForwardProxy, type ForwardProxy } from '../../support/forward-proxy.ts'
import { portOf } from '../../support/port.ts'
import { createCertificate } from '../../support/tls/certificate.ts'
import { asRedirect, failureOf } from './fixture.ts'

/** A name that is not this machine's, and that the certificate is good for all the same. */
const ISSUER = 'https://localhost.:8443'
const { cert, key } = createCertificate()

let provider: ReturnType<typeof createServer>
let proxy: ForwardProxy

beforeEach(async () => {
  provider = createServer({ cert, key }, (_request, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ issuer: ISSUER, authorization_endpoint: `${ISSUER}/authorize` }))
  })
  const listening = Promise.withResolvers<undefined>()
  provider.listen(0, '127.0.0.1', () => listening.resolve(undefined))
  await listening.promise
  proxy = await startForwardProxy(portOf(provider))
})

afterEach(async () => {
  await proxy.close()
  const closed = Promise.withResolvers<undefined>()
  provider.close(() => closed.resolve(undefined))
  provider.closeAllConnections()
  await closed.promise
})

/** Begins a sign-in at the provider. */
function begin(tls: Network['tls']) {
  const httpsProxy = new Secret(proxy.url)
  const proxyFor = createProxyRule({ httpProxy: null, httpsProxy, noProxy: '' })
  const signIn = createFederatedSignIn({
    issuer: new URL(ISSUER),
    clientId: 'sluice',
    clientSecret: new Secret('secret'),
    scopes: ['openid'],
    resource: null,
    redirectUri: new URL('http://127.0.0.1/callback'),
    network: { proxyFor, tls, http2: false },
  })
  return asRedirect(signIn).begin('state-1')
}

describe('the identity provider', () => {
  it('is reached by the way of the upstream: through the proxy, by the private authority', async () => {
    const { url } = await begin({ ca: [cert], certificate: null })

    expect(url.origin).toBe(ISSUER)
    expect(proxy.requests).toMatchObject([{ method: 'CONNECT', target: 'localhost.:8443' }])
  })

  it('is not believed under a certificate that nobody vouches for', async () => {
    const failure = await failureOf(begin({ ca: null, certificate: null }))

    expect(failure).toMatchObject({ name: 'UpstreamFailure', status: 502 })
  })

  it('that the proxy does not let us reach has not answered', async () => {
    proxy.refuseWith = 403

    const failure = await failureOf(begin({ ca: [cert], certificate: null }))

    expect(failure).toMatchObject({ name: 'UpstreamFailure', status: 502 })
  })
})
