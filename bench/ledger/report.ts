import type { Entry } from './ledger.ts'

/** One thing that had to hold, and whether it did. */
export type Verdict = {
  readonly what: string
  readonly figure: string
  /** What speaks against it; nothing where it holds. */
  readonly violations: readonly string[]
}

const SHOWN = 8
/** Two that begin alike are one kind of failure. */
const ALIKE_CHARS = 40

/** Renders how requests ended, by kind, with how long the right answers took. */
export function renderOutcomes(entries: readonly Entry[]): string {
  const kinds = [...Map.groupBy(entries, ({ kind }) => kind)].toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  )
  const lines = kinds.map(([kind, own]) => {
    const outcomes = [...Map.groupBy(own, ({ outcome }) => outcome)]
    const counts = outcomes.map(([outcome, list]) => `${outcome} ${list.length}`).join(', ')
    const times = own
      .filter(({ outcome }) => outcome === 'right')
      .map(({ sentAt, endedAt }) => endedAt - sentAt)
    const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentile(times, share))
    return `  ${kind.padEnd(18)} ${String(own.length).padStart(6)}   p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms   ${counts}`
  })
  return lines.join('\n')
}

/** Renders the verdicts, with the first things that speak against each. */
export function renderVerdicts(verdicts: readonly Verdict[]): string {
  return verdicts
    .flatMap(({ what, figure, violations }) => [
      `${violations.length === 0 ? 'holds ' : 'BROKEN'}  ${what}: ${figure}`,
      ...[...Map.groupBy(violations, (each) => each.slice(0, ALIKE_CHARS)).values()]
        .slice(0, SHOWN)
        .map((alike) => `${String(alike.length).padStart(6)} ×  ${alike[0] ?? ''}`),
    ])
    .join('\n')
}

/** A value that so great a share is not above; `-` where there is none. */
export function percentile(values: readonly number[], share: number): string {
  const sorted = values.toSorted((left, right) => left - right)
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
  return value === undefined ? '-' : value.toFixed(0)
}
