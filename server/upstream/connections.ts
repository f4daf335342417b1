import { Pool, ProxyAgent, type Dispatcher } from 'undici'
import { basicOf } from '../basic-credentials.ts'
import type { Secret } from '../secret.ts'
import type { Network } from './network.ts'

/** Requests to one origin at a time; over HTTP/1.1, each has a connection to itself. */
export const MAX_CONNECTIONS = 64
const CONNECT_TIMEOUT_MS = 10_000
/** Where the upstream says nothing: less than servers commonly wait, so that none closes under a request. */
const IDLE_MS = 4_000
/** Whatever the upstream says of its patience. */
const MAX_IDLE_MS = 60_000
/** Then another connection is made, which asks DNS anew: as many as nginx allows by itself. */
const MAX_REQUESTS = 1_000
/** The same for HTTP/2, where no call that is given up closes the connection to a peer that died without a word. */
const MAX_HTTP2_AGE_MS = 15_000
/** A deadline of the call itself comes from the caller; this only ends answers that stand still. */
const IDLE_BODY_TIMEOUT_MS = 60_000

/** Opens the connections to one origin: each is made when a request needs it, and kept for the next ones. */
export function openConnections(origin: string, network: Network): Dispatcher {
  const { http2 } = network
  const { ca, certificate } = network.tls
  const trust = ca === null ? {} : { ca: [...ca] }
  const own = certificate === null ? {} : { cert: certificate.cert, key: certificate.key.reveal() }
  const proxy = network.proxyFor(origin)
  if (proxy === null) {
    const connect = { timeout: CONNECT_TIMEOUT_MS, ...trust, ...own }
    return openPool(origin, { connect }, http2)
  }
  return openThroughProxy(proxy, { trust, own, http2 })
}

/**
 * `https` goes through a tunnel (RFC 9110, section 9.3.6), in which the proxy sees the host and no
 * more; `http` is asked of the proxy by its whole URL, as not every proxy opens tunnels to port 80.
 * The proxy is shown no certificate of ours.
 */
function openThroughProxy(
  proxy: Secret,
  tls: { readonly trust: object; readonly own: object; readonly http2: boolean },
): Dispatcher {
  return new ProxyAgent({
    ...toProxy(proxy),
    proxyTls: { timeout: CONNECT_TIMEOUT_MS, allowH2: false, ...tls.trust },
    requestTls: { timeout: CONNECT_TIMEOUT_MS, ...tls.trust, ...tls.own },
    allowH2: tls.http2,
    factory: (origin, options) => openPool(origin, options, tls.http2),
  })
}

/** User and password leave the URL here: it is the part that errors may show. */
function toProxy(proxy: Secret): { readonly uri: string; readonly token?: string } {
  const url = new URL(proxy.reveal())
  const token = basicOf(url)
  return { uri: url.origin, ...(token !== null && { token }) }
}

function openPool(origin: string | URL, options: object, http2: boolean): Pool {
  return new Pool(origin, {
    ...options,
    connections: MAX_CONNECTIONS,
    pipelining: 1,
    maxRequestsPerClient: MAX_REQUESTS,
    keepAliveTimeout: IDLE_MS,
    keepAliveMaxTimeout: MAX_IDLE_MS,
    allowH2: http2,
    h2Options: { maxConcurrentStreams: MAX_CONNECTIONS },
    // It is looked at for every connection at every request, which would cost HTTP/1.1 with its many.
    clientTtl: http2 ? MAX_HTTP2_AGE_MS : null,
    headersTimeout: 0,
    bodyTimeout: IDLE_BODY_TIMEOUT_MS,
  })
}
