import type { DatabaseSync } from 'node:sqlite'
import type { Context } from 'koa'
import { text } from '../database/row.ts'
import { findMemberByEmail, findMemberById } from '../records/members.ts'
import type { Member } from '../records/members.ts'
import { ProblemError, unauthorized } from './problem.ts'
import { hashSecret, isSecret } from './secrets.ts'
import type { Sessions } from './sessions.ts'

/** Who calls, and what they may not change about it. */
export type Identity = {
  readonly member: Member
  readonly credential:
    | { readonly kind: 'session'; readonly sessionId: string }
    | { readonly kind: 'apiKey'; readonly organizationId: string }
}

/** Tells who calls, or fails with 401 or 403. */
export type Authenticate = (ctx: Context) => Identity

/** A hash that no secret has, so that an unknown key costs as much time as a wrong secret. */
const NO_HASH = '0'.repeat(64)

/** Creates the check of bearer tokens and of API credentials; a bearer token goes first. */
export function createAuthentication(database: DatabaseSync, sessions: Sessions): Authenticate {
  return function authenticate(ctx) {
    if (ctx.get('Authorization') !== '') return authenticateSession(ctx, database, sessions)
    if (ctx.get('X-Api-Key') !== '') return authenticateApiKey(ctx, database)
    throw unauthorized('Sign in, or send API credentials.')
  }
}

function authenticateSession(ctx: Context, database: DatabaseSync, sessions: Sessions): Identity {
  const [, token] = /^Bearer ([A-Za-z0-9._~+/-]+=*)$/i.exec(ctx.get('Authorization')) ?? []
  const session = token === undefined ? null : sessions.find(token)
  const member = session === null ? null : findMemberById(database, session.memberId)
  if (session === null || member === null) {
    throw unauthorized('The session is unknown or has expired.')
  }
  return { member, credential: { kind: 'session', sessionId: session.sessionId } }
}

function authenticateApiKey(ctx: Context, database: DatabaseSync): Identity {
  const row = database
    .prepare('SELECT secret_hash, organization_id FROM api_credentials WHERE key_hash = ?')
    .get(hashSecret(ctx.get('X-Api-Key')))
  const isRight = isSecret(
    ctx.get('X-Api-Secret'),
    row === undefined ? NO_HASH : text(row, 'secret_hash'),
  )
  const email = ctx.get('X-User-Email')
  if (row === undefined || !isRight || email === '') {
    throw unauthorized('The API credentials are not complete or not right.')
  }
  const organizationId = text(row, 'organization_id')
  const member = findMemberByEmail(database, email)
  if (member === null || !isMemberOf(database, member.id, organizationId)) {
    throw new ProblemError(
      403,
      'The user named in "X-User-Email" is no member of this organization.',
    )
  }
  return { member, credential: { kind: 'apiKey', organizationId } }
}

function isMemberOf(database: DatabaseSync, memberId: string, organizationId: string): boolean {
  const row = database
    .prepare('SELECT 1 FROM memberships WHERE member_id = ? AND organization_id = ?')
    .get(memberId, organizationId)
  return row !== undefined
}
