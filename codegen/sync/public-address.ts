import { lookup } from 'node:dns'
import { BlockList, isIP, isIPv6, type LookupFunction } from 'node:net'

/**
 * Everything that is not the public internet: the special-purpose registries of IANA (RFC 6890), and
 * the IPv6 ranges that carry an IPv4 address inside, which would lead around the first list.
 */
const SPECIAL: readonly (readonly [address: string, prefix: number, type: 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.31.196.0', 24, 'ipv4'],
  ['192.52.193.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['192.175.48.0', 24, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  // Only 2000::/3 is handed out; what follows is carved out of it again.
  ['::', 3, 'ipv6'],
  ['4000::', 2, 'ipv6'],
  ['8000::', 1, 'ipv6'],
  ['2001::', 23, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['2620:4f:8000::', 48, 'ipv6'],
  ['3fff::', 20, 'ipv6'],
]

/** One list for each family: Node takes an IPv4 address for a mapped one, which `::/3` has inside. */
const special = { ipv4: new BlockList(), ipv6: new BlockList() }
for (const [address, prefix, type] of SPECIAL) special[type].addSubnet(address, prefix, type)

/** Answers whether an IP address is one of the public internet; anything but an address is not. */
export function isPublicAddress(address: string): boolean {
  const [plain = ''] = address.replace(/^\[|\]$/g, '').split('%')
  if (isIP(plain) === 0) return false
  const type = isIPv6(plain) ? 'ipv6' : 'ipv4'
  return !special[type].check(plain, type)
}

/** A name or an address leads to a network that is not everybody's. */
export class NotPublicError extends Error {
  override readonly name = 'NotPublicError'
}

/**
 * Resolves a host name for a connection, and refuses if any of its addresses is not allowed. The
 * connection goes to the address that was judged, so a name cannot change in between.
 */
export function createGuardedLookup(
  isAllowed: (address: string) => boolean,
  resolve: LookupFunction = lookup,
): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      if (error !== null) return callback(error, [])
      const addresses =
        typeof found === 'string' ? [{ address: found, family: isIP(found) }] : found
      const isFine = addresses.every(({ address }) => isAllowed(address))
      const [first] = addresses
      if (!isFine || first === undefined) return callback(new NotPublicError(hostname), [])
      if (options.all === true) return callback(null, addresses)
      callback(null, first.address, first.family)
    })
  }
}
