import Provider, { type KoaContextWithOIDC } from 'oidc-provider'

const NAME = 'notedGrant'

/** Notes which grant the request under way is about: where the library refuses, it does not say. */
export function noteGrant(grantId: string): void {
  const { ctx } = Provider
  if (ctx !== undefined) ctx.state[NAME] = grantId
}

/** The id of the grant whose code or refresh token the request has brought; `null` without one. */
export function notedGrant(ctx: KoaContextWithOIDC): string | null {
  const noted: unknown = ctx.state[NAME]
  return typeof noted === 'string' ? noted : null
}
