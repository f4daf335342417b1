import type { Secret } from '../secret.ts'

/** Who is calling, proven: one member in one organization, and what the upstream accepts from them. */
export type Identity = {
  readonly member: { readonly id: string; readonly email: string; readonly name: string }
  readonly organization: { readonly id: string; readonly name: string; readonly role: string }
  /** How they proved it. */
  readonly kind: 'api-credentials'
  /** The headers that the upstream accepts as this member; nothing of the client's own token is in it. */
  readonly credential: Readonly<Record<string, Secret>>
}
