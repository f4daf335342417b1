import { BlockList, isIP } from 'node:net'

/** One entry of `NO_PROXY`. */
export type ProxyException =
  | { readonly kind: 'all'; readonly port: number | null }
  /** The host itself, unless `isBelowOnly`, and every host below it. */
  | {
      readonly kind: 'host'
      readonly host: string
      readonly isBelowOnly: boolean
      readonly port: number | null
    }
  | { readonly kind: 'addresses'; readonly addresses: BlockList }

/**
 * Parses `NO_PROXY`: names and addresses by comma or space, each with a port if it is to count for
 * that port only; `example.com` and `.example.com` for a host with all below it, `*.example.com` for
 * those below it, `10.0.0.0/8` for a range, `*` for everything. Whatever is none of these names no
 * host, and so excepts none.
 */
export function parseNoProxy(text: string): readonly ProxyException[] {
  return text
    .split(/[,\s]+/)
    .filter((entry) => entry !== '')
    .map((entry) => parseRange(entry) ?? parseHost(entry.toLowerCase()))
}

/** Answers whether a URL's host is reached without a proxy. */
export function isExcepted(url: URL, exceptions: readonly ProxyException[]): boolean {
  const host = toHost(url.hostname)
  const port = url.port === '' ? DEFAULT_PORTS[url.protocol] : Number(url.port)
  return exceptions.some((exception) => {
    if (exception.kind === 'addresses') {
      const version = isIP(host)
      return version !== 0 && exception.addresses.check(host, `ipv${version === 4 ? 4 : 6}`)
    }
    if (exception.port !== null && exception.port !== port) return false
    if (exception.kind === 'all') return true
    return (
      host.endsWith(`.${exception.host}`) || (!exception.isBelowOnly && host === exception.host)
    )
  })
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 }

function parseRange(entry: string): ProxyException | null {
  const [, address = '', bits = ''] = /^\[?([0-9a-f.:]+)\]?\/(\d{1,3})$/i.exec(entry) ?? []
  const version = isIP(address)
  if (version === 0 || Number(bits) > (version === 4 ? 32 : 128)) return null
  const addresses = new BlockList()
  addresses.addSubnet(address, Number(bits), version === 4 ? 'ipv4' : 'ipv6')
  return { kind: 'addresses', addresses }
}

function parseHost(entry: string): ProxyException {
  const { name, port } = splitPort(entry)
  if (name === '*') return { kind: 'all', port }
  const isBelowOnly = name.startsWith('*.')
  const host = toHost(name.replace(/^\*?\./, ''))
  return { kind: 'host', host, isBelowOnly, port }
}

/** An IPv6 address has colons of its own: only in brackets can it have a port (RFC 3986, section 3.2.2). */
function splitPort(entry: string): { readonly name: string; readonly port: number | null } {
  const [, name, port] = /^(\[[^\]]*\]|[^:]*):(\d{1,5})$/.exec(entry) ?? []
  if (name === undefined || port === undefined) return { name: entry, port: null }
  return { name, port: Number(port) }
}

/** Without the brackets of an IPv6 address, and without the dot that only says that a name is whole. */
function toHost(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '')
}
