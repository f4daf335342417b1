import type { Context } from '../http/context.ts'
import { SECURITY_HEADERS } from './security-headers.ts'

/** Answers with a page for people, and with the headers that keep it to them. */
export function sendPage(
  ctx: Pick<Context, 'set' | 'status' | 'type' | 'body'>,
  status: number,
  html: string,
): void {
  ctx.set(SECURITY_HEADERS)
  ctx.status = status
  ctx.type = 'html'
  ctx.body = html
}
