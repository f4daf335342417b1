import { isJsonContentType } from '@modelcontextprotocol/server'
import getRawBody from 'raw-body'
import { AppError } from '../errors.ts'
import type { Middleware } from './context.ts'

/** Reads a JSON body's bytes into the state; it is parsed only after the caller is known. */
export function jsonBody({ maxBytes }: { readonly maxBytes: number }): Middleware {
  return async function jsonBody(ctx, next) {
    const encoding = ctx.get('content-encoding')
    const plain = encoding === '' || encoding.toLowerCase() === 'identity'
    if (!plain || !isJsonContentType(ctx.get('content-type'))) {
      throw new AppError('unsupported_media_type')
    }
    try {
      ctx.state.body = await getRawBody(ctx.req, {
        length: ctx.get('content-length') || null,
        limit: maxBytes,
      })
    } catch (error) {
      throw translate(error, maxBytes)
    }
    await next()
  }
}

function translate(error: unknown, maxBytes: number): unknown {
  if (!(error instanceof Error) || !('type' in error)) return error
  if (error.type === 'entity.too.large') {
    return new AppError('body_too_large', { hint: `The limit is ${maxBytes} bytes.`, cause: error })
  }
  const isClients = error.type === 'request.aborted' || error.type === 'request.size.invalid'
  return isClients ? new AppError('body_incomplete', { cause: error }) : error
}
