import type { Secret } from '../secret.ts'
import { isExcepted, parseNoProxy } from './no-proxy.ts'
import { isLoopbackHost } from '../loopback.ts'

/** What a TLS connection to the upstream needs beside Node's defaults. */
export type TlsFiles = {
  /** Certificates (PEM) of every authority that is trusted; `null` leaves Node's own. */
  readonly ca: readonly string[] | null
  /** What the connector shows of itself (PEM); `null` for nothing. */
  readonly certificate: { readonly cert: string; readonly key: Secret } | null
}

/** The way to other hosts. */
export type Network = {
  /** The proxy's URL for an origin, which may hold a user and a password; `null` goes straight there. */
  readonly proxyFor: (origin: string) => Secret | null
  readonly tls: TlsFiles
  /** Whether HTTP/2 is spoken with who offers it over TLS (RFC 9113, section 3.2). */
  readonly http2: boolean
}

/** Straight to every host, as Node does it. */
export const DIRECT: Network = {
  proxyFor: () => null,
  tls: { ca: null, certificate: null },
  http2: false,
}

/**
 * Says which proxy stands before which host, by the rules that curl and its like have: `https` goes
 * through the one, `http` through the other, and neither stands in for the other. What is on this
 * machine is never asked for by a proxy.
 */
export function createProxyRule(proxies: {
  readonly httpProxy: Secret | null
  readonly httpsProxy: Secret | null
  /** Hosts that are reached without a proxy, by comma; empty for none. */
  readonly noProxy: string
}): Network['proxyFor'] {
  const exceptions = parseNoProxy(proxies.noProxy)
  return (origin) => {
    const url = new URL(origin)
    const proxy = url.protocol === 'https:' ? proxies.httpsProxy : proxies.httpProxy
    if (proxy === null || isLoopbackHost(url.hostname)) return null
    return isExcepted(url, exceptions) ? null : proxy
  }
}
