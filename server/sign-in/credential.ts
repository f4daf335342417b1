import { z } from 'zod'
import { Secret } from '../secret.ts'

/**
 * What the upstream accepts as one member, as it is sealed in a grant. Nothing of the MCP client's
 * own token is in it.
 */
export const upstreamCredentialSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('bearer'),
    token: z.string().min(1),
    /** `null` where the upstream has no way to renew the token. */
    refreshToken: z.string().min(1).nullable(),
  }),
  z.strictObject({ kind: z.literal('headers'), headers: z.record(z.string(), z.string()) }),
])

/** One member's credential in the clear: it lives no longer than the request that needs it. */
export type UpstreamCredential = Readonly<z.output<typeof upstreamCredentialSchema>>

/** The request headers that carry it. */
export function toHeaders(credential: UpstreamCredential): Readonly<Record<string, Secret>> {
  if (credential.kind === 'bearer') {
    return { authorization: new Secret(`Bearer ${credential.token}`) }
  }
  const entries = Object.entries(credential.headers)
  return Object.fromEntries(entries.map(([name, value]) => [name, new Secret(value)]))
}

/** @throws {Error} for anything but the JSON text of a credential; the message quotes nothing */
export function parseCredential(json: string): UpstreamCredential {
  const parsed = upstreamCredentialSchema.safeParse(JSON.parse(json))
  if (!parsed.success) throw new Error('a stored credential has another shape')
  return parsed.data
}
