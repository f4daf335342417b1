import type { Logger } from 'pino'
import { AppError, publicError } from '../errors.ts'
import type { Middleware } from './context.ts'
import { reportError } from './report-error.ts'

/** Turns whatever was thrown into an answer; nothing but `publicError` decides what a client sees. */
export function errorBoundary({ log }: { readonly log: Logger }): Middleware {
  return async function errorBoundary(ctx, next) {
    try {
      await next()
      if (ctx.status === 404 && ctx.body === undefined) throw new AppError('not_found')
      // 501 is what the router says of a method that it has never heard of.
      const isOther = ctx.status === 405 || ctx.status === 501
      if (isOther && ctx.body === undefined) throw new AppError('method_not_allowed')
    } catch (error) {
      const { code, status, message } = publicError(error)
      const { requestId } = ctx.state
      reportError(log, requestId, error)
      ctx.status = status
      ctx.body = { error: code, message, requestId }
    }
  }
}
