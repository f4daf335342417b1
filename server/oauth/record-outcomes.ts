import type Provider from 'oidc-provider'
import type { errors, KoaContextWithOIDC } from 'oidc-provider'
import type { AuditLog } from '../audit/audit-log.ts'
import type { AuditFact } from '../audit/event.ts'
import { toOwner } from '../audit/record-grant-ends.ts'
import { parseClientName } from '../client-name.ts'
import { addressOf } from '../http/client-address.ts'
import type { GrantStore } from '../store/grants.ts'
import { REPEATED } from './adapter.ts'
import { notedGrant } from './noted-grant.ts'

/** What the library said about one request; its errors are codes of the OAuth specifications. */
type Outcome = {
  readonly isDone: boolean
  readonly error: string | null
  /** The second use of a code or refresh token that is refused without ending anything. */
  readonly isRepeated: boolean
  readonly revokedGrant: string | null
}

const NOTHING: Outcome = { isDone: false, error: null, isRepeated: false, revokedGrant: null }

/**
 * Puts on record what an authorization server does and refuses, before its answer is written. The
 * library tells of one request in several events, sometimes of the same refusal twice; here it is
 * one fact, with the organization of the grant that it was about.
 */
export function recordOutcomes(
  provider: Provider,
  options: { readonly audit: AuditLog; readonly grants: Pick<GrantStore, 'find'> },
): void {
  const { audit, grants } = options
  const outcomes = new WeakMap<KoaContextWithOIDC, Outcome>()
  const note = (ctx: KoaContextWithOIDC, part: Partial<Outcome>) =>
    outcomes.set(ctx, { ...NOTHING, ...outcomes.get(ctx), ...part })
  const noteError = (ctx: KoaContextWithOIDC, { error, error_detail: detail }: LibraryError) =>
    note(ctx, { error, isRepeated: detail === REPEATED })

  provider.on('grant.success', (ctx) => note(ctx, { isDone: true }))
  provider.on('registration_create.success', (ctx) => note(ctx, { isDone: true }))
  provider.on('grant.revoked', (ctx, grantId) => note(ctx, { revokedGrant: grantId }))
  provider.on('authorization.error', noteError)
  provider.on('grant.error', noteError)
  provider.on('registration_create.error', noteError)
  provider.on('revocation.error', noteError)
  provider.on('server_error', (ctx) => note(ctx, { error: 'server_error' }))

  async function ownerOf(grantId: string | null): Promise<Partial<AuditFact>> {
    // A record without its organization is better than none.
    const grant = grantId === null ? null : await grants.find(grantId).catch(() => null)
    if (grant !== null) return toOwner(grant)
    return grantId === null ? {} : { subject: `grant:${grantId}` }
  }

  provider.use(async function recordOutcome(ctx: KoaContextWithOIDC, next) {
    try {
      await next()
    } finally {
      const fact = 'oidc' in ctx ? toFact(ctx, outcomes.get(ctx) ?? NOTHING) : null
      if (fact !== null) {
        const owner = await ownerOf(notedGrant(ctx))
        audit.record({ ...owner, ...callerOf(ctx), httpStatus: ctx.status, ...fact })
      }
    }
  })
}

type LibraryError = Pick<errors.OIDCProviderError, 'error' | 'error_detail'>

function toFact(ctx: KoaContextWithOIDC, outcome: Outcome): AuditFact | null {
  const { isDone, error, isRepeated, revokedGrant } = outcome
  const failure = { outcome: 'failure', reason: isRepeated ? 'already_used' : error } as const
  switch (ctx.oidc.route) {
    case 'token':
      if (isDone) return { type: typeOfSuccess(ctx), outcome: 'success' }
      if (error === null) return null
      if (revokedGrant !== null) return { type: 'token.reused', ...failure }
      if (error === 'invalid_client') return { type: 'authentication.failed', ...failure }
      return { type: 'token.refused', ...failure }
    case 'revocation':
      if (revokedGrant !== null) return { type: 'token.revoked', outcome: 'success' }
      if (error === 'invalid_client') return { type: 'authentication.failed', ...failure }
      if (error !== null) return { type: 'token.revoked', ...failure }
      // The answer does not tell a client that the token is another one's (RFC 7009, section 2.2).
      if (notedGrant(ctx) === null) return null
      return { type: 'token.revoked', outcome: 'failure', reason: 'client_mismatch' }
    case 'registration':
      if (isDone) return { type: 'client.registered', outcome: 'success', ...newClient(ctx) }
      return error === null ? null : { type: 'client.registered', ...failure, credential: null }
    case 'authorization':
      return error === null ? null : { type: 'authorization.denied', ...failure, credential: null }
    case 'resume':
      // The person has refused, which is on record already.
      if (error === null || error === 'access_denied') return null
      return { type: 'authorization.denied', ...failure, credential: null }
    default:
      return null
  }
}

function typeOfSuccess({ oidc }: KoaContextWithOIDC): 'token.issued' | 'token.refreshed' {
  return oidc.params?.['grant_type'] === 'refresh_token' ? 'token.refreshed' : 'token.issued'
}

function newClient({ oidc }: KoaContextWithOIDC): Partial<AuditFact> {
  return { credential: null, subject: `client:${oidc.client?.clientId ?? ''}` }
}

function callerOf(ctx: KoaContextWithOIDC): Partial<AuditFact> {
  const { client } = ctx.oidc
  return {
    ...requestOf(ctx),
    ...(client !== undefined && {
      clientId: client.clientId,
      clientName: parseClientName(client.clientName),
    }),
    credential: 'client',
  }
}

/** Where a request to the authorization server has come from; `endpoint.ts` has given it its id. */
export function requestOf(ctx: KoaContextWithOIDC): Partial<AuditFact> {
  return { address: addressOf(ctx), requestId: String(ctx.req.headers['x-request-id'] ?? '') }
}
