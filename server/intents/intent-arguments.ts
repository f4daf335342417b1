import { isRecord } from '../json.ts'
import { CONTEXT_NAMES, type Intent, type IntentArgument } from './contract.ts'
import { isPointer, resolveValue } from './resolve-value.ts'

/** Values by name. */
type Values = Readonly<Record<string, unknown>>

/** What a caller gave, with the defaults of what they did not give. */
export function fillArguments(intent: Intent, given: Values, context: Values): Values {
  const scope = { arguments: {}, context, steps: {} }
  const filled = Object.entries(intent.arguments).flatMap(
    ([name, argument]): [string, unknown][] => {
      const value = given[name] ?? defaultOf(argument, scope)
      return value === undefined || value === null ? [] : [[name, value]]
    },
  )
  return Object.fromEntries<unknown>(filled)
}

/**
 * Lists what an intent has to know of the moment and the organization; of the defaults, only of those
 * that are used.
 */
export function listContextNames(intent: Intent, given: Values): readonly string[] {
  const { arguments: own, ...rest } = intent
  const silent = Object.entries(own).filter(([name]) => given[name] === undefined)
  const used = listPointers([silent, rest])
  return CONTEXT_NAMES.filter((name) => used.has(`/context/${name}`))
}

function defaultOf(
  { default: fallback }: IntentArgument,
  scope: Parameters<typeof resolveValue>[1],
): unknown {
  return fallback === undefined ? undefined : resolveValue(fallback, scope)
}

function listPointers(value: unknown): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (each: unknown): void => {
    if (Array.isArray(each)) each.forEach(visit)
    else if (isRecord(each)) {
      if (isPointer(each)) found.add(each.pointer)
      else Object.values(each).forEach(visit)
    }
  }
  visit(value)
  return found
}
