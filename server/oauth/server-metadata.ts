import type { ParameterizedContext } from 'koa'
import { isRecord } from '../json.ts'
import { GRANT_TYPES } from './grant-types.ts'
import { ROUTES } from './routes.ts'

/** OpenID Connect's own members: this server signs nobody in to another site. */
const OPENID_ONLY = [
  'acr_values_supported',
  'claims_parameter_supported',
  'claims_supported',
  'claim_types_supported',
  'id_token_signing_alg_values_supported',
  'request_parameter_supported',
  'request_uri_parameter_supported',
  'require_request_uri_registration',
  'subject_types_supported',
]

/** Fits the discovery document (RFC 8414, section 2) to what this server does. */
export function trimMetadata(
  ctx: Pick<ParameterizedContext, 'path' | 'body'>,
  scopes: readonly string[],
): void {
  if (!isRecord(ctx.body)) return
  const metadata: Record<string, unknown> = { ...ctx.body }
  const isOauth = ctx.path === ROUTES.metadata
  for (const name of isOauth ? OPENID_ONLY : []) Reflect.deleteProperty(metadata, name)
  ctx.body = {
    ...metadata,
    scopes_supported: scopes,
    grant_types_supported: GRANT_TYPES,
    response_modes_supported: ['query'],
    code_challenge_methods_supported: ['S256'],
    revocation_endpoint_auth_methods_supported: metadata['token_endpoint_auth_methods_supported'],
  }
}
