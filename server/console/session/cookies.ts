import type { Context } from '../../http/context.ts'

/**
 * The console's cookies. The prefix has a browser take them only from this very host, over https (or
 * from its own machine), for every path (RFC 6265bis, section 4.1.3.2): no other host of the domain
 * can set or see them.
 */
export const COOKIES = {
  session: '__Host-sluice-console',
  signIn: '__Host-sluice-sign-in',
} as const

type CookieName = (typeof COOKIES)[keyof typeof COOKIES]

/** `Lax`, as people come back from an identity provider of another site by a link. */
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Lax'

/** @returns `null` where the browser sent none */
export function readCookie(ctx: Context, name: CookieName): string | null {
  return ctx.cookies.get(name) ?? null
}

/** Sets a cookie that ends with the browser's own session. Koa's own way refuses `Secure` over http. */
export function setCookie(ctx: Context, name: CookieName, value: string): void {
  ctx.append('Set-Cookie', `${name}=${value}; ${ATTRIBUTES}`)
}

/** Has the browser forget a cookie. */
export function clearCookie(ctx: Context, name: CookieName): void {
  ctx.append('Set-Cookie', `${name}=; ${ATTRIBUTES}; Expires=Thu, 01 Jan 1970 00:00:00 GMT`)
}
