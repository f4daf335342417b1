import type { AuditLog } from '../audit/audit-log.ts'
import type { AuditType } from '../audit/event.ts'
import { publicError } from '../errors.ts'
import { addressOf } from '../http/client-address.ts'
import type { Middleware } from '../http/context.ts'

const TOO_MANY_REQUESTS = 429

/**
 * Puts on record that an address has tried too often; whatever else comes of a request is on record
 * where it is decided.
 *
 * @param type what the address was after
 */
export function recordLimited(audit: AuditLog, type: AuditType): Middleware {
  return async function recordLimited(ctx, next) {
    let status = 0
    try {
      await next()
      status = ctx.status
    } catch (error) {
      status = publicError(error).status
      throw error
    } finally {
      if (status === TOO_MANY_REQUESTS) {
        audit.record({
          type,
          outcome: 'failure',
          httpStatus: status,
          address: addressOf(ctx),
          requestId: ctx.state.requestId,
          reason: 'too_many_attempts',
        })
      }
    }
  }
}
