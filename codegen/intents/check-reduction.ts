import type { IntentEntry, Operation, ReduceOperation } from '../../server/intents/contract.ts'
import { parsePointer, type Path } from '../json-pointer.ts'
import { checkWhere } from './check-where.ts'
import { findField, type ReduceCheck } from './reduce-check.ts'
import { resolvePointer, suggest, type IntentCheck, type Scope } from './intent-check.ts'
import { literalOf, pointerOf } from './intent-value.ts'
import { ANYTHING, follow, itemOf, mayBe, toRecord, typesOfTarget, type Target } from './target.ts'

/** What `pick` is written as. */
type Pick = Operation<'pick'>
type Members = readonly (readonly [string, Target])[]

/** A number, or one that is written as a text. */
const NUMERIC = ['number', 'integer', 'string']
const NUMBER: Target = { kind: 'scalar', types: ['number'] }
const INTEGER: Target = { kind: 'scalar', types: ['integer'] }
const TEXT: Target = { kind: 'scalar', types: ['string'] }

/** Checks what is done with the rows, one operation after the other. */
export function checkReduction(check: IntentCheck, scope: Scope, { rows, reduce }: Result): void {
  const path = ['result', 'rows']
  if (!rows.startsWith('/steps/')) {
    const what = `${JSON.stringify(rows)} leads to no answer of a step`
    return check.report(path, what, 'write it as /steps/NAME, with the way to its list')
  }
  const found = resolvePointer(check, scope, rows, path)
  reduce.reduce<Target>(
    (row, operation, index) =>
      checkOperation({ check, scope, row, path: ['result', 'reduce', String(index)] }, operation),
    found === null ? ANYTHING : toRow(check, found),
  )
}

type Result = IntentEntry['result']

/** A list gives its items; what is no object becomes the field `value`. */
function toRow({ bundle }: IntentCheck, rows: Target): Target {
  const row = itemOf(bundle, rows) ?? rows
  const types = typesOfTarget(row)
  return types.length === 0 || types.includes('object') ? row : toRecord([['value', row]])
}

/** Gives what the rows are after it. */
function checkOperation(at: ReduceCheck, operation: ReduceOperation): Target {
  if ('pick' in operation) return toRecord(pickAll(at, at.row, operation.pick, 'pick'))
  if ('expand' in operation) return checkExpand(at, operation.expand)
  if ('join' in operation) return checkJoin(at, operation.join)
  if ('days' in operation) return checkDays(at, operation.days)
  if ('band' in operation) return checkBand(at, operation.band)
  if ('group' in operation) return checkGroup(at, operation.group)
  if ('where' in operation) checkWhere(at, operation.where)
  else if ('sort' in operation) {
    for (const [index, { by }] of operation.sort.entries()) {
      findField(at, by, ['sort', String(index), 'by'])
    }
  } else checkTop(at, operation.top)
  return at.row
}

/** Follows each pointer of a pick; what leads nowhere is reported, and then anything. */
function pickAll(at: ReduceCheck, from: Target, pick: Pick, ...below: Path): Members {
  const { check, path } = at
  return Object.entries(pick).map(([name, pointer]) => {
    const found = follow(check.bundle, from, parsePointer(pointer))
    if (found.target !== null) return [name, found.target]
    const what = `${JSON.stringify(pointer)} leads nowhere in a row: there is no ${JSON.stringify(found.step)}`
    check.report([...path, ...below, name], what, suggest(found.step, found.known))
    return [name, ANYTHING]
  })
}

function checkExpand(at: ReduceCheck, { in: pointer, keep, pick }: Operation<'expand'>): Target {
  const { check, path, row } = at
  const below = [...path, 'expand', 'in']
  const found = follow(check.bundle, row, parsePointer(pointer))
  if (found.target === null) {
    const what = `${JSON.stringify(pointer)} leads nowhere in a row: there is no ${JSON.stringify(found.step)}`
    check.report(below, what, suggest(found.step, found.known))
  }
  const item = found.target === null ? ANYTHING : itemOf(check.bundle, found.target)
  if (item === null) check.report(below, `${JSON.stringify(pointer)} leads to no list`)
  const kept = pickAll(at, row, keep, 'expand', 'keep')
  const picked = pickAll(at, item ?? ANYTHING, pick, 'expand', 'pick')
  return joinMembers(at, kept, picked, ['expand', 'pick'])
}

function checkJoin(at: ReduceCheck, { rows, on, pick }: Operation<'join'>): Target {
  const { check, scope, path } = at
  const found = resolvePointer(check, scope, rows, [...path, 'join', 'rows'])
  const other = found === null ? ANYTHING : toRow(check, found)
  findField(at, on.field, ['join', 'on', 'field'])
  pickAll(at, other, { pointer: on.pointer }, 'join', 'on')
  return addFields(at, pickAll(at, other, pick, 'join', 'pick'), ['join', 'pick'])
}

function checkDays(at: ReduceCheck, { from, to, as }: Operation<'days'>): Target {
  const { check, scope, path } = at
  const field = findField(at, from, ['days', 'from'])
  if (field !== null) expectTypes(at, field, ['string'], from, ['days', 'from'])
  const pointer = pointerOf(to)
  const below = [...path, 'days', 'to']
  if (pointer !== null) resolvePointer(check, scope, pointer, below)
  else if (typeof literalOf(to) !== 'string') check.report(below, 'is no day')
  return addFields(at, [[as, INTEGER]], ['days', 'as'])
}

function checkBand(at: ReduceCheck, { of, as, bands }: Operation<'band'>): Target {
  const { check, path } = at
  const field = findField(at, of, ['band', 'of'])
  if (field !== null) expectTypes(at, field, NUMERIC, of, ['band', 'of'])
  for (const [index, { upTo }] of bands.entries()) {
    const below = [...path, 'band', 'bands', String(index)]
    const before = bands[index - 1]?.upTo
    const isLast = index === bands.length - 1
    if (isLast && upTo !== undefined) {
      check.report(
        below,
        'the last band takes the rest, and has no "upTo"',
        'add a band without it',
      )
    } else if (!isLast && upTo === undefined) {
      check.report(
        below,
        'only the last band is without "upTo"',
        'no band behind it would be reached',
      )
    } else if (upTo !== undefined && before !== undefined && upTo <= before) {
      check.report(below, `"upTo" is not above the one before, ${before}`)
    }
  }
  return addFields(at, [[as, TEXT]], ['band', 'as'])
}

function checkGroup(at: ReduceCheck, group: Operation<'group'>): Target {
  const { check, path } = at
  const { by, sum, min, max, count } = group
  const keys = by.map((name, index): readonly [string, Target] => [
    name,
    findField(at, name, ['group', 'by', String(index)]) ?? ANYTHING,
  ])
  const added = Object.entries(sum).map(([name, field]): readonly [string, Target] => {
    const below = ['group', 'sum', name]
    const found = findField(at, field, below)
    if (found !== null) expectTypes(at, found, NUMERIC, field, below)
    return [name, NUMBER]
  })
  const outermost = [['min', min] as const, ['max', max] as const].flatMap(([kind, fields]) =>
    Object.entries(fields).map(([name, field]): readonly [string, Target] => [
      name,
      findField(at, field, ['group', kind, name]) ?? ANYTHING,
    ]),
  )
  const counted: Members = count === undefined ? [] : [[count, INTEGER]]
  const all = [...keys, ...added, ...outermost, ...counted]
  if (all.length === 0) check.report([...path, 'group'], 'makes rows of nothing')
  const names = all.map(([name]) => name)
  for (const name of new Set(names.filter((each, index) => names.indexOf(each) !== index))) {
    check.report([...path, 'group'], `makes the field ${JSON.stringify(name)} twice`)
  }
  return toRecord(all)
}

function checkTop(at: ReduceCheck, { count, per }: Operation<'top'>): void {
  const { check, scope, path } = at
  const below = [...path, 'top', 'count']
  const pointer = pointerOf(count)
  if (pointer === null) {
    const number = literalOf(count)
    const isCount = typeof number === 'number' && Number.isSafeInteger(number) && number > 0
    if (!isCount) check.report(below, 'must be a whole number above 0, or a pointer to one')
  } else {
    const target = resolvePointer(check, scope, pointer, below)
    if (target !== null && !typesOfTarget(target).includes('integer')) {
      check.report(below, `${JSON.stringify(pointer)} is no whole number`, 'say type: integer')
    }
  }
  for (const [index, name] of per.entries()) findField(at, name, ['top', 'per', String(index)])
}

function expectTypes(
  { check, path }: ReduceCheck,
  target: Target,
  wanted: readonly string[],
  name: string,
  below: Path,
): void {
  const types = typesOfTarget(target)
  if (mayBe(types, wanted)) return
  const what = `the field ${JSON.stringify(name)} is of type ${types.join(' or ')}`
  check.report(
    [...path, ...below],
    what,
    wanted === NUMERIC ? 'a number is needed here' : 'a day is needed here',
  )
}

function addFields(at: ReduceCheck, added: Members, below: Path): Target {
  const { row } = at
  if (row.kind !== 'record') return row.kind === 'anything' ? ANYTHING : openWith(at, added)
  return joinMembers(at, [...row.members], added, below)
}

/** What the document describes has fields beside those that were added: pick what is needed first. */
function openWith({ check, path }: ReduceCheck, added: Members): Target {
  const names = added.map(([name]) => JSON.stringify(name)).join(', ')
  check.report(path, `adds ${names} to rows as the upstream sent them`, 'pick what is needed first')
  return ANYTHING
}

function joinMembers(at: ReduceCheck, before: Members, added: Members, below: Path): Target {
  const { check, path } = at
  const known = new Set(before.map(([name]) => name))
  for (const [name] of added) {
    if (!known.has(name)) continue
    check.report([...path, ...below], `the rows have a field ${JSON.stringify(name)} already`)
  }
  return toRecord([...before, ...added])
}
