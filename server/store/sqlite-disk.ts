import { AppError } from '../errors.ts'
import { toSqliteCode } from '../sqlite-busy.ts'

const SQLITE_IOERR = 10
const SQLITE_FULL = 13

/**
 * Tells callers to come back where the disk took nothing: that is nobody's mistake, and what was
 * begun has been undone.
 *
 * @returns any other error as it is
 */
export function toStoreFailure(error: unknown): unknown {
  const code = toSqliteCode(error)
  if (code !== SQLITE_FULL && code !== SQLITE_IOERR) return error
  const detail = error instanceof Error ? error.message : String(error)
  return new AppError('store_unavailable', { detail, cause: error })
}
