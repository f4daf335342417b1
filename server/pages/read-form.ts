import getRawBody from 'raw-body'
import { AppError } from '../errors.ts'
import type { Context } from '../http/context.ts'

/** A sign-in or consent form has some hundred bytes; a person in many organizations has more. */
const MAX_BYTES = 64 * 1024

/**
 * Reads a form that a page of ours sent back.
 *
 * @throws {AppError} for what no page of ours sends
 */
export async function readForm(ctx: Context): Promise<URLSearchParams> {
  if (!ctx.is('application/x-www-form-urlencoded')) {
    throw new AppError('unsupported_form')
  }
  try {
    const length = ctx.get('content-length') || null
    return new URLSearchParams(
      (await getRawBody(ctx.req, { length, limit: MAX_BYTES })).toString('utf8'),
    )
  } catch (error) {
    throw new AppError('body_too_large', { cause: error })
  }
}
