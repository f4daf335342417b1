import { CONTEXT_NAMES } from './contract.ts'

const WORDS: Readonly<Record<(typeof CONTEXT_NAMES)[number], string>> = {
  today: 'today',
  monthStart: 'the first day of this month',
  quarterStart: 'the first day of this quarter',
  yearStart: 'the first day of this year',
  monthEnd: 'the last day of this month',
  in30Days: 'the day in 30 days',
  baseCurrency: "the organization's base currency",
}

/** Says what is at `/context/NAME`, for a model; a name that is none of them stays as it is. */
export function describeContext(name: string): string {
  const known = CONTEXT_NAMES.find((each) => each === name)
  return known === undefined ? name : WORDS[known]
}
