/** https://www.sqlite.org/rescode.html: the low byte of a result is its primary code. */
const SQLITE_BUSY = 5

/** Answers whether a statement of `node:sqlite` found the database locked by another one. */
export function isSqliteBusy(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'errcode' in error &&
    typeof error.errcode === 'number' &&
    (error.errcode & 0xff) === SQLITE_BUSY
  )
}
