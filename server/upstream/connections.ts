import { Pool, ProxyAgent, type Dispatcher } from 'undici'
import { basicOf } from '../basic-credentials.ts'
import type { Secret } from '../secret.ts'
import type { Network } from './network.ts'

/** Connections kept to one origin; each carries one request at a time. */
export const MAX_CONNECTIONS = 64
const CONNECT_TIMEOUT_MS = 10_000
/** A deadline of the call itself comes from the caller; this only ends answers that stand still. */
const IDLE_BODY_TIMEOUT_MS = 60_000

/** The connections to one origin. */
export type Connections = {
  readonly dispatcher: Dispatcher
  /** Requests that wait for a connection. */
  readonly queued: () => number
}

/** Opens none yet: each is made when a request needs it, and kept alive for the next ones. */
export function openConnections(origin: string, network: Network): Connections {
  const { ca, certificate } = network.tls
  const trust = ca === null ? {} : { ca: [...ca] }
  const own = certificate === null ? {} : { cert: certificate.cert, key: certificate.key.reveal() }
  const proxy = network.proxyFor(origin)
  if (proxy === null) {
    const pool = openPool(origin, { connect: { timeout: CONNECT_TIMEOUT_MS, ...trust, ...own } })
    return { dispatcher: pool, queued: () => pool.stats.queued }
  }
  return openThroughProxy(proxy, { trust, own })
}

/**
 * `https` goes through a tunnel (RFC 9110, section 9.3.6), in which the proxy sees the host and no
 * more; `http` is asked of the proxy by its whole URL, as not every proxy opens tunnels to port 80.
 * The proxy is shown no certificate of ours.
 */
function openThroughProxy(proxy: Secret, tls: { readonly trust: object; readonly own: object }) {
  const pools: Pool[] = []
  const dispatcher = new ProxyAgent({
    ...toProxy(proxy),
    proxyTls: { timeout: CONNECT_TIMEOUT_MS, ...tls.trust },
    requestTls: { timeout: CONNECT_TIMEOUT_MS, ...tls.trust, ...tls.own },
    allowH2: false,
    factory(origin, options) {
      const pool = openPool(origin, options)
      pools.push(pool)
      return pool
    },
  })
  return { dispatcher, queued: () => pools.reduce((sum, pool) => sum + pool.stats.queued, 0) }
}

/** User and password leave the URL here: it is the part that errors may show. */
function toProxy(proxy: Secret): { readonly uri: string; readonly token?: string } {
  const url = new URL(proxy.reveal())
  const token = basicOf(url)
  return { uri: url.origin, ...(token !== null && { token }) }
}

function openPool(origin: string | URL, options: object): Pool {
  return new Pool(origin, {
    ...options,
    connections: MAX_CONNECTIONS,
    pipelining: 1,
    allowH2: false,
    headersTimeout: 0,
    bodyTimeout: IDLE_BODY_TIMEOUT_MS,
  })
}
