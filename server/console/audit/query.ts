import { z } from 'zod'
import type { AuditFilter } from '../../store/audit-search.ts'
import { TYPE_CHOICES } from './type-texts.ts'

const DAY_MS = 86_400_000

/** The times that can be chosen, beside days of one's own. */
export const TIMES = [
  ['hour', 'Last hour', DAY_MS / 24],
  ['day', 'Last 24 hours', DAY_MS],
  ['week', 'Last 7 days', 7 * DAY_MS],
  ['month', 'Last 30 days', 30 * DAY_MS],
] as const

/** No id that is on record is longer. */
const MAX_ID_CHARS = 2_048

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine((text) => toDay(text) !== null)
const id = z.string().min(1).max(MAX_ID_CHARS)

/** What the form asks for; `null` where it does not ask. */
export type AuditQuery = {
  readonly when: (typeof TIMES)[number][0] | null
  /** Days in UTC, the last one included; `when` goes before them. */
  readonly from: string | null
  readonly to: string | null
  readonly member: string | null
  readonly client: string | null
  readonly tool: string | null
  readonly outcome: 'success' | 'failure' | null
  readonly type: string | null
}

/** Reads what is asked for; what no form of ours would ask is as good as not asked. */
export function readQuery(given: URLSearchParams): AuditQuery {
  const read = <Value>(schema: z.ZodType<Value>, name: string) =>
    schema.safeParse(given.get(name)).data ?? null
  return {
    when: TIMES.find(([name]) => name === given.get('when'))?.[0] ?? null,
    from: read(day, 'from'),
    to: read(day, 'to'),
    member: read(id, 'member'),
    client: read(id, 'client'),
    tool: read(id, 'tool'),
    outcome: read(z.enum(['success', 'failure']), 'outcome'),
    type: TYPE_CHOICES.find(([type]) => type === given.get('type'))?.[0] ?? null,
  }
}

/** Says what is wrong with the days that were asked for; `null` for nothing. */
export function findProblem(given: URLSearchParams, { from, to }: AuditQuery): string | null {
  const isWrong = (name: string, read: string | null) => (given.get(name) ?? '') !== '' && !read
  if (isWrong('from', from) || isWrong('to', to)) {
    return 'Enter days as in 2026-03-31.'
  }
  if (from !== null && to !== null && from > to) {
    return 'The first day is after the last one. Exchange them.'
  }
  return null
}

/** @param now milliseconds since the epoch */
export function toFilter(query: AuditQuery, organizationId: string, now: number): AuditFilter {
  const { when, from, to, member, client, tool, outcome, type } = query
  const lastMs = TIMES.find(([name]) => name === when)?.[2] ?? null
  const since = lastMs === null ? toDay(from) : now - lastMs
  const lastDay = lastMs === null ? toDay(to) : null
  return {
    organizationId,
    ...(since !== null && { since }),
    ...(lastDay !== null && { until: lastDay + DAY_MS }),
    ...(member !== null && { memberId: member }),
    ...(client !== null && { clientId: client }),
    ...(tool !== null && { tool }),
    ...(outcome !== null && { outcome }),
    ...(type !== null && { types: [type] }),
  }
}

/** What is asked for, as the fields of a form. */
export function toFields(query: AuditQuery): URLSearchParams {
  return new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  )
}

/** 30 February is the second of March to `Date`. */
function toDay(text: string | null): number | null {
  const at = text === null ? Number.NaN : Date.parse(`${text}T00:00:00Z`)
  if (Number.isNaN(at)) return null
  return new Date(at).toISOString().slice(0, 10) === text ? at : null
}
