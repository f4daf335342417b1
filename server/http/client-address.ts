import { isIP, isIPv4, isIPv6 } from 'node:net'

/**
 * The address that a request came from, as `TRUST_PROXY` lets it be known: IPv4 in dots, also where
 * the socket speaks IPv6 (RFC 4291, section 2.5.5.2), and IPv6 in its shortest spelling.
 *
 * @returns `null` for what is no address: a proxy's header may hold anything
 */
export function addressOf({ ip }: { readonly ip: string }): string | null {
  if (isIPv4(ip)) return ip
  // Some proxies name the port, too.
  const [, bracketed, dotted] = /^(?:\[(.+)\]|([\d.]+))(?::\d+)?$/.exec(ip) ?? []
  const address = (bracketed ?? dotted ?? ip).split('%', 1)[0] ?? ''
  const [, mapped] = /^::ffff:([\d.]+)$/i.exec(address) ?? []
  if (isIP(mapped ?? address) === 0) return null
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address
  return URL.parse(`http://[${address}]`)?.hostname.slice(1, -1) ?? null
}
