import { isIPv6 } from 'node:net'

/**
 * What counts as one address. One subscriber has 2^64 addresses of IPv6 (RFC 6177): they count as
 * one. Some proxies name the port, too, which is another one for every connection.
 *
 * @param peer as `ctx.ip` has it: the peer's, or what `TRUST_PROXY` believes of `X-Forwarded-For`
 */
export function toNetwork(peer: string): string {
  const [, bracketed, plain] = /^(?:\[(.+)\]|([\d.]+))(?::\d+)?$/.exec(peer) ?? []
  const address = bracketed ?? plain ?? peer
  if (!isIPv6(address) || address.includes('.')) return address
  const [head = '', tail] = address.toLowerCase().split('%')[0]?.split('::') ?? []
  const before = head.split(':').filter((group) => group !== '')
  const after = (tail ?? '').split(':').filter((group) => group !== '')
  const gap = Array.from({ length: 8 - before.length - after.length }, () => '0')
  const groups = tail === undefined ? before : [...before, ...gap, ...after]
  return groups
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':')
}
