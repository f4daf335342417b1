import type { Operation } from '../../server/intents/contract.ts'
import { isList, type Json } from '../json.ts'
import { findField, type ReduceCheck } from './reduce-check.ts'
import { resolvePointer, suggest } from './intent-check.ts'
import { literalOf, pointerOf } from './intent-value.ts'
import { mayBe, typesOfTarget, valuesOf, type Target } from './target.ts'

const CONDITIONS = ['is', 'not', 'from', 'to'] as const

/** Checks that the field is there, and that a condition can hold of it. */
export function checkWhere(at: ReduceCheck, where: Operation<'where'>): void {
  const { check, scope, path } = at
  const field = findField(at, where.field, ['where', 'field'])
  const asked = CONDITIONS.filter((condition) => where[condition] !== undefined)
  if (asked.length === 0 && where.present === undefined) {
    check.report([...path, 'where'], 'asks nothing', 'say one of is, not, from, to, present')
  }
  for (const condition of asked) {
    const value = where[condition]
    if (value === undefined) continue
    const below = [...path, 'where', condition]
    const pointer = pointerOf(value)
    if (pointer === null) {
      if (field !== null) checkLiteral(at, field, literalOf(value), condition)
      continue
    }
    const target = resolvePointer(check, scope, pointer, below)
    if (target === null || field === null) continue
    if (!mayBe(typesOfTarget(target), typesOfTarget(field))) {
      const types = typesOfTarget(field).join(' or ')
      const what = `${JSON.stringify(pointer)} can never be what ${JSON.stringify(where.field)} is, of type ${types}`
      check.report(below, what)
    }
  }
}

/** A value that a field never has was probably meant to be another. */
function checkLiteral(
  { check, path }: ReduceCheck,
  field: Target,
  literal: Json,
  condition: (typeof CONDITIONS)[number],
): void {
  const below = [...path, 'where', condition]
  const isSame = condition === 'is' || condition === 'not'
  if (isList(literal) && !isSame) return check.report(below, 'a list is no bound')
  for (const value of isList(literal) ? literal : [literal]) {
    if (value === null) continue
    const known = isSame ? valuesOf(field) : null
    if (known !== null && !known.includes(value)) {
      const what = `the field is never ${JSON.stringify(value)}`
      check.report(below, what, suggest(toWord(value), known.map(toWord)))
    } else if (!mayBe([typeof value], typesOfTarget(field))) {
      const types = typesOfTarget(field).join(' or ')
      check.report(below, `${JSON.stringify(value)} is compared with a field of type ${types}`)
    }
  }
}

function toWord(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
