import type { Context } from '../http/context.ts'
import { SECURITY_HEADERS } from './security-headers.ts'

/**
 * Answers with a page for people, and with the headers that keep it to them.
 *
 * @param headers those of sign-in and consent by default
 */
export function sendPage(
  ctx: Pick<Context, 'set' | 'status' | 'type' | 'body'>,
  status: number,
  html: string,
  headers: Readonly<Record<string, string>> = SECURITY_HEADERS,
): void {
  ctx.set(headers)
  ctx.status = status
  ctx.type = 'html'
  ctx.body = html
}
