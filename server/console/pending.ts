import { z } from 'zod'
import type { Seal } from '../seal.ts'

/** What a member has asked for that their credential of this moment is needed for. */
export const pendingSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('create-key'),
    organizationId: z.string(),
    name: z.string(),
    scopes: z.array(z.string()),
    /** Epoch milliseconds; `null` for a key that does not expire. */
    expiresAt: z.number().nullable(),
  }),
])

/** It waits, sealed, in the member's session until they have proven who they are. */
export type Pending = Readonly<z.output<typeof pendingSchema>>

/** Whoever was asked and went away has changed their mind. */
const WAITS_MS = 15 * 60_000

const waitingSchema = z.strictObject({ until: z.number(), pending: pendingSchema })

/**
 * Seals what waits, for one session: it opens in no other, and for a quarter of an hour.
 *
 * @param now milliseconds since the epoch
 */
export function sealPending(
  seal: Seal,
  { id }: { readonly id: string },
  pending: Pending,
  now: number,
): string {
  return seal.close(JSON.stringify({ until: now + WAITS_MS, pending }), toContext(id))
}

/**
 * Reads what waits in a session.
 *
 * @param now milliseconds since the epoch
 * @returns `null` where nothing does, or no longer
 */
export function openPending(
  seal: Seal,
  session: { readonly id: string; readonly pending: string | null },
  now: number,
): Pending | null {
  if (session.pending === null) return null
  const opened: unknown = JSON.parse(seal.open(session.pending, toContext(session.id)))
  const { until, pending } = waitingSchema.parse(opened)
  return until > now ? pending : null
}

function toContext(id: string): string {
  return `pending:${id}`
}
