import type { CustomFetch } from 'openid-client'
import { fetch } from 'undici'
import { openConnections, type Connections } from '../upstream/connections.ts'
import type { Network } from '../upstream/network.ts'

/**
 * Reaches the identity provider by the way that leads to the upstream: through the proxy, with the
 * private authority trusted. The connector's own certificate is for the upstream only.
 */
export function createProviderFetch({ proxyFor, tls }: Network): CustomFetch {
  const network = { proxyFor, tls: { ca: tls.ca, certificate: null } }
  // As many as the provider's metadata names; https all of them.
  const opened = new Map<string, Connections>()
  return async function providerFetch(url, { body, ...options }) {
    const { origin } = new URL(url)
    const connections = opened.get(origin) ?? openConnections(origin, network)
    opened.set(origin, connections)
    return fetch(url, { ...options, body: body ?? null, dispatcher: connections.dispatcher })
  }
}
