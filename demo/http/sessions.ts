import { randomUUID } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { number, text } from '../database/row.ts'
import { createToken, hashSecret } from './secrets.ts'

/** The tokens of a session; they are shown once and kept as hashes. */
export type SessionTokens = {
  readonly token: string
  readonly refreshToken: string
  /** When `token` ends, as an ISO 8601 time. */
  readonly expiresAt: string
}

/** An open session and whose it is. */
export type OpenSession = { readonly sessionId: string; readonly memberId: string }

/** Password sessions: short-lived access tokens, and refresh tokens that work once. */
export type Sessions = {
  open(memberId: string): SessionTokens
  /** The session of an access token; `null` if unknown or expired. */
  find(token: string): OpenSession | null
  /** Uses up a refresh token and returns its successors; `null` if unknown, used or expired. */
  refresh(
    refreshToken: string,
  ): { readonly memberId: string; readonly tokens: SessionTokens } | null
  close(sessionId: string): void
}

/** How long tokens live, and what time it is. */
export type SessionOptions = {
  readonly database: DatabaseSync
  readonly now: () => number
  readonly tokenTtlSeconds: number
  readonly refreshTtlSeconds: number
}

/** Creates the sessions over the demo's own tables. */
export function createSessions(options: SessionOptions): Sessions {
  const { database, now, tokenTtlSeconds, refreshTtlSeconds } = options
  const insertSession = database.prepare('INSERT INTO sessions (id, member_id) VALUES (?, ?)')
  const deleteSession = database.prepare('DELETE FROM sessions WHERE id = ?')
  const insertToken = database.prepare(
    'INSERT INTO session_tokens (hash, session_id, kind, expires_at) VALUES (?, ?, ?, ?)',
  )
  const selectToken = database.prepare(
    `SELECT t.expires_at, s.id AS session_id, s.member_id
     FROM session_tokens t JOIN sessions s ON s.id = t.session_id WHERE t.hash = ? AND t.kind = ?`,
  )
  const deleteToken = database.prepare('DELETE FROM session_tokens WHERE hash = ?')

  function issueTokens(sessionId: string): SessionTokens {
    const token = createToken('fls_')
    const refreshToken = createToken('flr_')
    const expiresAt = now() + tokenTtlSeconds * 1_000
    const refreshEnd = now() + refreshTtlSeconds * 1_000
    insertToken.run(hashSecret(token), sessionId, 'access', expiresAt)
    insertToken.run(hashSecret(refreshToken), sessionId, 'refresh', refreshEnd)
    return { token, refreshToken, expiresAt: new Date(expiresAt).toISOString() }
  }

  function findToken(token: string, kind: 'access' | 'refresh'): OpenSession | null {
    const row = selectToken.get(hashSecret(token), kind)
    if (row === undefined || number(row, 'expires_at') <= now()) return null
    return { sessionId: text(row, 'session_id'), memberId: text(row, 'member_id') }
  }

  return {
    open(memberId) {
      const sessionId = randomUUID()
      insertSession.run(sessionId, memberId)
      return issueTokens(sessionId)
    },
    find: (token) => findToken(token, 'access'),
    refresh(refreshToken) {
      const session = findToken(refreshToken, 'refresh')
      if (session === null) return null
      deleteToken.run(hashSecret(refreshToken))
      return { memberId: session.memberId, tokens: issueTokens(session.sessionId) }
    },
    close(sessionId) {
      deleteSession.run(sessionId)
    },
  }
}
