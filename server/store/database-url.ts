import { StoreError } from './store-error.ts'

/** Where the database is. */
export type DatabaseLocation =
  | { readonly kind: 'sqlite'; readonly path: string; readonly place: string }
  | { readonly kind: 'postgres'; readonly url: string; readonly place: string }

/**
 * Reads a database's URL; `place` names it in messages, without password and options.
 *
 * @param text `sqlite:` and a path (`sqlite:./data/sluice.db`, `sqlite::memory:`), or `postgres://…`
 * @throws {StoreError} `unusable`; the text is not repeated, as it may hold a password
 */
export function parseDatabaseUrl(text: string): DatabaseLocation {
  const url = URL.parse(text)
  if (url?.protocol === 'sqlite:') {
    const path = text.slice('sqlite:'.length)
    // "sqlite://data/x" looks like the folder "data" and would be the folder "/data".
    if (path === '' || /^\/\/(?!\/)/.test(path)) throw unusable('a path after "sqlite:"')
    return { kind: 'sqlite', path, place: text }
  }
  if (url?.protocol === 'postgres:' || url?.protocol === 'postgresql:') {
    if (url.pathname.length < 2) throw unusable('the name of a database after the host')
    return { kind: 'postgres', url: text, place: `postgres://${url.host}${url.pathname}` }
  }
  throw unusable('"sqlite:PATH" or "postgres://USER:PASSWORD@HOST:PORT/DATABASE"')
}

function unusable(expected: string): StoreError {
  return new StoreError(
    'unusable',
    `"DATABASE_URL" must have ${expected}, for example sqlite:./data/sluice.db or postgres://sluice@localhost:5432/sluice`,
  )
}
