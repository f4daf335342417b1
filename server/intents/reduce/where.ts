import type { Operation } from '../contract.ts'
import { resolveValue, type Scope } from '../resolve-value.ts'
import { compareWithBound, keyOf } from './compare.ts'
import { fieldOf, type Row } from './row.ts'

type Test = (value: unknown) => boolean

/**
 * Keeps the rows of which all of it holds. A condition whose pointer leads nowhere is none: that is
 * how an argument that was not given narrows nothing.
 */
export function where(
  rows: readonly Row[],
  operation: Operation<'where'>,
  scope: Scope,
): readonly Row[] {
  const { field, present } = operation
  const given = (condition: 'is' | 'not' | 'from' | 'to') => {
    const value = operation[condition]
    return value === undefined ? undefined : resolveValue(value, scope)
  }
  const [is, not, from, to] = [given('is'), given('not'), given('from'), given('to')]
  const tests: readonly Test[] = [
    ...(is === undefined ? [] : [isOneOf(is)]),
    ...(not === undefined ? [] : [isNoneOf(not)]),
    ...(from === undefined ? [] : [isAtLeast(from)]),
    ...(to === undefined ? [] : [isAtMost(to)]),
    ...(present === undefined ? [] : [(value: unknown) => (value !== null) === present]),
  ]
  return rows.filter((row) => tests.every((test) => test(fieldOf(row, field))))
}

/** A list stands for any of its values. */
function isOneOf(wanted: unknown): Test {
  const keys = new Set((Array.isArray(wanted) ? wanted : [wanted]).map(keyOf))
  return (value) => keys.has(keyOf(value))
}

function isNoneOf(unwanted: unknown): Test {
  const test = isOneOf(unwanted)
  return (value) => !test(value)
}

function isAtLeast(bound: unknown): Test {
  return (value) => (compareWithBound(value, bound) ?? -1) >= 0
}

function isAtMost(bound: unknown): Test {
  return (value) => (compareWithBound(value, bound) ?? 1) <= 0
}
