import type { CustomFetch } from 'openid-client'
import { fetch, type Dispatcher } from 'undici'
import { openConnections } from '../upstream/connections.ts'
import type { Network } from '../upstream/network.ts'

/**
 * Reaches the identity provider by the way that leads to the upstream: through the proxy, with the
 * private authority trusted. The connector's own certificate is for the upstream only.
 */
export function createProviderFetch({ proxyFor, tls }: Network): CustomFetch {
  const network = { proxyFor, tls: { ca: tls.ca, certificate: null }, http2: false }
  // As many as the provider's metadata names; https all of them.
  const opened = new Map<string, Dispatcher>()
  return async function providerFetch(url, { body, ...options }) {
    const { origin } = new URL(url)
    const dispatcher = opened.get(origin) ?? openConnections(origin, network)
    opened.set(origin, dispatcher)
    return fetch(url, { ...options, body: body ?? null, dispatcher })
  }
}
