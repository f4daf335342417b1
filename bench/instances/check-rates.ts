import type { Stretch } from './disturbances.ts'
import type { Entry } from '../ledger/ledger.ts'
import type { Life } from './servers.ts'

const WINDOW_MS = 60_000

/** The fullest window of one member. */
export type RateFigure = {
  readonly who: string
  readonly most: number
  readonly allowed: number
}

/**
 * Counts what each member was let do in every window of a minute. A message surely counts in a window
 * that holds the whole time from its sending to its answer, so no innocent window is accused.
 *
 * While Redis is away each instance counts for itself, and one that is killed forgets: each life of
 * an instance that touches a window with such a time in it may let the whole limit through.
 */
export function checkRates(options: {
  readonly entries: readonly Entry[]
  readonly limit: number
  readonly lives: readonly Life[]
  readonly withoutRedis: readonly Stretch[]
}): readonly RateFigure[] {
  const { entries, limit, lives, withoutRedis } = options
  const counted = entries.filter(
    ({ outcome, kind }) => outcome === 'right' && ['call', 'list', 'batch', 'error'].includes(kind),
  )
  const members = Map.groupBy(counted, ({ who }) => who)
  const touches = (from: number, stretch: { readonly from: number; readonly until: number }) =>
    stretch.from < from + WINDOW_MS && stretch.until > from

  return [...members].flatMap(([who, own]) => {
    const windows = own.map(({ sentAt: from }) => {
      const inside = own.filter(
        ({ sentAt, endedAt }) => sentAt >= from && endedAt <= from + WINDOW_MS,
      )
      const most = inside.reduce((sum, { messages }) => sum + messages, 0)
      const isShared = !withoutRedis.some((each) => touches(from, each))
      const factor = isShared ? 1 : lives.filter((life) => touches(from, life)).length
      return { who, most, allowed: factor * limit }
    })
    // The one that is nearest to its bound, or furthest beyond it.
    const [fullest] = windows.toSorted(
      (left, right) => right.most / right.allowed - left.most / left.allowed,
    )
    return fullest === undefined ? [] : [fullest]
  })
}
