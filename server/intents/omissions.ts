import type { StepName } from './step-error.ts'

/** What an answer leaves out, and why. */
export type Omission = {
  /** `null` where it is the answer itself that is too long. */
  readonly step: string | null
  /** A bound of the intent (`pages`, `items`), of the call (`reads`) or of the answer (`size`). */
  readonly reason: 'pages' | 'items' | 'reads' | 'size'
  readonly shown: number
  /** `null` where nobody knows how many there are. */
  readonly total: number | null
  /** The same for a model to read. */
  readonly meaning: string
}

/** Collects what was left out. */
export type Omissions = {
  readonly add: (
    step: StepName,
    reason: Omission['reason'],
    shown: number,
    total: number | null,
  ) => void
  readonly list: () => readonly Omission[]
}

/** Starts with nothing left out. What a step leaves out several times for one reason is added up. */
export function createOmissions(): Omissions {
  type Count = {
    readonly step: StepName
    readonly reason: Omission['reason']
    readonly shown: number
    readonly total: number | null
  }
  const counts = new Map<string, Count>()
  return {
    add(step, reason, shown, total) {
      const key = `${step.step} ${reason}`
      const before = counts.get(key)
      const sum =
        before === undefined
          ? { shown, total }
          : {
              shown: before.shown + shown,
              total: before.total === null || total === null ? null : before.total + total,
            }
      counts.set(key, { step, reason, ...sum })
    },
    list: () =>
      [...counts.values()].map(({ step, reason, shown, total }) => ({
        ...{ step: step.step, reason, shown, total },
        meaning: describe(step, reason, shown, total),
      })),
  }
}

/** Says that an answer has not all of its rows. */
export function omitRows(shown: number, total: number): Omission {
  const meaning = `Only the first ${shown} of ${total} rows fit into one answer. Ask for fewer, or more narrowly.`
  return { step: null, reason: 'size', shown, total, meaning }
}

function describe(
  { tool }: StepName,
  reason: Omission['reason'],
  shown: number,
  total: number | null,
): string {
  const some = total === null ? `only ${shown}` : `only ${shown} of ${total}`
  const rest = 'The figures leave out the others: say so, and ask more narrowly for exact ones.'
  if (reason === 'items') return `${tool} was read for ${some} of the items found. ${rest}`
  const why = reason === 'reads' ? ', because one call makes no more reads' : ''
  return `${capitalise(some)} records of ${tool} were read${why}. ${rest}`
}

function capitalise(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
