/** A moment as pages show it: `iso` for `<time datetime>`, `text` for people, in UTC. */
export type Moment = { readonly iso: string; readonly text: string }

const FORMAT = new Intl.DateTimeFormat('en', {
  ...{ year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' },
  ...{ hourCycle: 'h23', timeZone: 'UTC', timeZoneName: 'short' },
})

/** @param at epoch milliseconds */
export function toMoment(at: number): Moment {
  const date = new Date(at)
  return { iso: date.toISOString(), text: FORMAT.format(date) }
}

const EXACT = new Intl.DateTimeFormat('en', {
  ...{ year: 'numeric', month: 'short', day: 'numeric' },
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  ...{ hourCycle: 'h23', timeZone: 'UTC', timeZoneName: 'short' },
})

/** The same to the second. @param at epoch milliseconds */
export function toExactMoment(at: number): Moment {
  const date = new Date(at)
  return { iso: date.toISOString(), text: EXACT.format(date) }
}

/** When something was last used, for people. @param at epoch milliseconds */
export function toUseText(at: number | null): string {
  return at === null ? 'never' : toMoment(at).text
}
