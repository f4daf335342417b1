/** https://www.sqlite.org/rescode.html: the low byte of a result is its primary code. */
const SQLITE_BUSY = 5

/** Answers whether a statement of `node:sqlite` found the database locked by another one. */
export function isSqliteBusy(error: unknown): boolean {
  return toSqliteCode(error) === SQLITE_BUSY
}

/** The primary code of what a statement of `node:sqlite` failed with; `null` for any other error. */
export function toSqliteCode(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return null
  return typeof error.errcode === 'number' ? error.errcode & 0xff : null
}
