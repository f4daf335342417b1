import { isIPv4 } from 'node:net'

/** Tells whether an address or a URL's host name means this machine only (RFC 6761, section 6.3). */
export function isLoopbackHost(host: string): boolean {
  return ['localhost', '::1', '[::1]'].includes(host) || (isIPv4(host) && host.startsWith('127.'))
}
