import { z } from 'zod'
import type { Seal } from '../seal.ts'

/** What a member has asked for that their credential of this moment is needed for. */
export const pendingSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('create-key'),
    organizationId: z.string(),
    name: z.string(),
    scopes: z.array(z.string()),
    /** `null` for a key that does not expire. */
    lifetimeMs: z.number().nullable(),
  }),
])

/** It waits, sealed, in the member's session until they have proven who they are. */
export type Pending = Readonly<z.output<typeof pendingSchema>>

/** Seals what waits, for one session: it opens in no other. */
export function sealPending(seal: Seal, { id }: { readonly id: string }, pending: Pending): string {
  return seal.close(JSON.stringify(pending), toContext(id))
}

/** Reads what waits in a session; `null` where nothing does. */
export function openPending(
  seal: Seal,
  { id, pending }: { readonly id: string; readonly pending: string | null },
): Pending | null {
  return pending === null
    ? null
    : pendingSchema.parse(JSON.parse(seal.open(pending, toContext(id))))
}

function toContext(id: string): string {
  return `pending:${id}`
}
