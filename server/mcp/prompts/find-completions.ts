/** MCP, "Completion": an answer has at most so many. */
const MAX_VALUES = 100

/** What could be typed on, and how much of it there is. */
export type Completions = {
  readonly values: string[]
  readonly total: number
  readonly hasMore: boolean
}

/** Finds values that begin with what was typed, and behind them those that have it inside; case is nothing. */
export function findCompletions(values: readonly string[], typed: string): Completions {
  const part = typed.toLowerCase()
  const places = values.map((value) => value.toLowerCase().indexOf(part))
  const found = [
    ...values.filter((_value, index) => places[index] === 0),
    ...values.filter((_value, index) => (places[index] ?? -1) > 0),
  ]
  return {
    values: found.slice(0, MAX_VALUES),
    total: found.length,
    hasMore: found.length > MAX_VALUES,
  }
}
