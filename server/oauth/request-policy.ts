import { errors, type KoaContextWithOIDC } from 'oidc-provider'
import type { Realm } from '../realm.ts'

/**
 * Fits an authorization request to this server. Clients that ask for no scope of ours, or for none,
 * are offered all of them: the person chooses.
 *
 * @throws {errors.InvalidRequest} for a response mode that is not offered
 */
export function applyRequestPolicy(ctx: KoaContextWithOIDC, scopes: readonly string[]): void {
  const { params } = ctx.oidc
  if (params === undefined) return
  Reflect.deleteProperty(params, 'sluice_policy')
  const mode = params['response_mode']
  if (mode !== undefined && mode !== 'query') {
    // The refusal itself goes by query, not by a page with a form that sends itself.
    Reflect.deleteProperty(params, 'response_mode')
    throw new errors.InvalidRequest('response_mode must be query')
  }
  const asked = typeof params['scope'] === 'string' ? params['scope'].split(' ') : []
  const known = scopes.filter((scope) => asked.includes(scope))
  params['scope'] = (known.length > 0 ? known : scopes).join(' ')
}

/** The one resource of a realm, as clients may spell it. */
export type ResourceNames = {
  readonly realm: Realm
  /** Beside its own name, for example with a slash at the end. */
  readonly resourceAliases: readonly string[]
}

/** Whether a `resource` value means the realm's own. */
export function isResource({ realm, resourceAliases }: ResourceNames, value: unknown): boolean {
  return [realm.resource, ...resourceAliases].some((name) => name === value)
}

/**
 * Fits a token request to what was granted (RFC 8707, section 2.2). The library compares resources
 * as texts; a client may spell its own in two ways.
 *
 * @throws {errors.InvalidTarget} for another resource, before anything is spent
 */
export function checkRequestedResource(
  { oidc: { params } }: KoaContextWithOIDC,
  granted: unknown,
  names: ResourceNames,
): void {
  const asked = params?.['resource']
  if (params === undefined || asked === undefined || asked === '') return
  const spellings = [granted].flat()
  const isGranted = [asked]
    .flat()
    .every((each) => spellings.includes(each) || isResource(names, each))
  const spelling = spellings.find((each) => isResource(names, each))
  if (!isGranted || typeof spelling !== 'string') throw new errors.InvalidTarget()
  params['resource'] = spelling
}
