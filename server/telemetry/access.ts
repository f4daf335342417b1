import { createHash, timingSafeEqual } from 'node:crypto'
import { BlockList, isIP, isIPv6 } from 'node:net'
import type { Context } from '../http/context.ts'
import type { Secret } from '../secret.ts'

/** This machine and private networks (RFC 1122, RFC 1918, RFC 3927, RFC 4193, RFC 4291). */
const PRIVATE = [
  ['127.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['::1', 128, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
] as const

/** What proxies say about whom they speak for; with any of them, the address is not the caller's. */
const FORWARDING = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via']

/** Tells who may see figures: `unproven` could, with a token. */
export type FiguresAccess = (ctx: Context) => 'allowed' | 'unproven' | 'refused'

/**
 * With a token, whoever sends it; without one, this machine and private networks, if they ask
 * themselves. `TRUST_PROXY` plays no part: a header that anybody can write opens nothing here.
 *
 * @param token `METRICS_TOKEN`; `null` where there is none
 */
export function createFiguresAccess(token: Secret | null): FiguresAccess {
  if (token === null) {
    return (ctx) => {
      const isForwarded = FORWARDING.some((name) => ctx.req.headers[name] !== undefined)
      return !isForwarded && isPrivate(ctx.req.socket.remoteAddress) ? 'allowed' : 'refused'
    }
  }
  const expected = digest(token.reveal())
  return (ctx) => {
    const sent = /^bearer +([^ ]+) *$/i.exec(ctx.get('authorization'))?.[1]
    const isRight = sent !== undefined && timingSafeEqual(digest(sent), expected)
    return isRight ? 'allowed' : 'unproven'
  }
}

/** Both are of one length then, and how much of a guess is right shows nowhere. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

const networks = new BlockList()
for (const [address, prefix, type] of PRIVATE) networks.addSubnet(address, prefix, type)

/** An IPv4 address may come as IPv6 (`::ffff:10.0.0.1`), where the server listens on both. */
function isPrivate(address: string | undefined): boolean {
  if (address === undefined || isIP(address) === 0) return false
  const plain = address.replace(/^::ffff:(?=[\d.]+$)/i, '')
  return networks.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4')
}
