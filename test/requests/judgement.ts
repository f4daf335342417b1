/** What the judges said of one connector, or of several. */
export type Judgement = {
  readonly tools: number
  readonly calls: number
  /** Calls that no request was made of, by reason: it would have been another request than the operation's. */
  readonly refused: Readonly<Record<string, number>>
  /** Calls that a judge had a say in, by judge. */
  readonly judged: Readonly<Record<string, number>>
  /** Calls that a judge could not judge, by reason. */
  readonly excluded: Readonly<Record<string, number>>
  /** Calls whose wire no judge could judge: only the tables of wires do. */
  readonly unjudged: number
  /** What was found wrong: the tool, the judge, the difference, the arguments. */
  readonly failures: readonly string[]
}

/** A judgement that is being made. */
export type Tally = {
  tools: number
  calls: number
  unjudged: number
  readonly refused: Record<string, number>
  readonly judged: Record<string, number>
  readonly excluded: Record<string, number>
  readonly failures: string[]
}

/** Begins with nothing. */
export function createTally(): Tally {
  return { tools: 0, calls: 0, unjudged: 0, refused: {}, judged: {}, excluded: {}, failures: [] }
}

/** Counts one more, or some. */
export function count(counts: Record<string, number>, name: string, more = 1): void {
  counts[name] = (counts[name] ?? 0) + more
}

/** Adds up what was found in several connectors. */
export function addJudgements(judgements: readonly Judgement[]): Judgement {
  const sum = createTally()
  for (const one of judgements) {
    sum.tools += one.tools
    sum.calls += one.calls
    sum.unjudged += one.unjudged
    for (const key of ['refused', 'judged', 'excluded'] as const) {
      for (const [name, more] of Object.entries(one[key])) count(sum[key], name, more)
    }
    sum.failures.push(...one.failures)
  }
  return sum
}

/** The share of the sent calls that no independent implementation could judge, 0 to 1. */
export function unjudgedShare({ calls, refused, unjudged }: Judgement): number {
  return unjudged / Math.max(1, calls - total(refused))
}

/** Says everything in one line. */
export function describeJudgement(judgement: Judgement): string {
  const { tools, calls, judged, excluded, refused, unjudged } = judgement
  return [
    `${tools} tools, ${calls} calls, ${total(refused)} of them refused (${listCounts(refused)})`,
    `judged by ${listCounts(judged)}`,
    `excluded: ${listCounts(excluded)}`,
    `by nobody: ${unjudged} (${(100 * unjudgedShare(judgement)).toFixed(1)} %)`,
  ].join('; ')
}

function listCounts(counts: Readonly<Record<string, number>>): string {
  const entries = Object.entries(counts).sort(([, left], [, right]) => right - left)
  return entries.map(([name, times]) => `${name} ${times}`).join(', ') || 'none'
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, times) => sum + times, 0)
}
