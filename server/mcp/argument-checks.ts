import type { z } from 'zod'
import { TEXT_FORMATS } from './text-formats.ts'

/**
 * Checks for generated code where zod judges in another way than JSON Schema: with them, it accepts
 * exactly the arguments that the schema in `tools/list` accepts.
 */
type Check<Value> = (payload: z.core.ParsePayload<Value>) => void

/** How far the quotient may be from a whole number: fractions such as 0.01 have no exact double. */
const MULTIPLE_PRECISION = 1e-9

/** A text of a format. */
export function format(name: keyof typeof TEXT_FORMATS): Check<string> {
  return ({ value: input, issues }) => {
    if (TEXT_FORMATS[name](input)) return
    issues.push({ code: 'invalid_format', format: name, input, continue: true })
  }
}

/** A text of so many characters: code points, not the code units that zod counts (RFC 8259, section 7). */
export function length(minimum: number, maximum = Infinity): Check<string> {
  return ({ value: input, issues }) => {
    // A character has two code units at most.
    if (input.length >= 2 * minimum && input.length <= maximum) return
    const count = Array.from(input).length
    const origin = 'string'
    if (count < minimum) issues.push({ code: 'too_small', origin, minimum, input, continue: true })
    if (count > maximum) issues.push({ code: 'too_big', origin, maximum, input, continue: true })
  }
}

/** A number that a step goes into. */
export function multipleOf(divisor: number): Check<number> {
  return ({ value: input, issues }) => {
    const quotient = input / divisor
    if (Math.abs(Math.round(quotient) - quotient) <= MULTIPLE_PRECISION) return
    issues.push({ code: 'not_multiple_of', divisor, input, continue: true })
  }
}

/** A list that holds nothing twice; the order of an object's members makes no difference. */
export function distinct(): Check<readonly unknown[]> {
  return ({ value: input, issues }) => {
    if (new Set(input.map(toCanonicalText)).size === input.length) return
    const message = 'must not hold the same value twice'
    issues.push({ code: 'custom', message, input, continue: true })
  }
}

/** What another schema accepts as well. */
export function also(other: z.ZodType): (value: unknown, context: z.core.$RefinementCtx) => void {
  return (value, context) => {
    for (const { message, path } of other.safeParse(value).error?.issues ?? []) {
      context.addIssue({ code: 'custom', message, path, input: value })
    }
  }
}

function toCanonicalText(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  )
}
