import {
  enumOf,
  followPointer,
  isListShape,
  itemsOf,
  stepInto,
  type Shape,
} from '../answer/answer.ts'
import type { Bundle } from '../document/bundle.ts'
import type { Json } from '../json.ts'
import { toPointer, type Path } from '../json-pointer.ts'
import { typesOf } from '../schema/schema-dialect.ts'

/** What a pointer leads to: something that the document describes, or something made of it. */
export type Target =
  | { readonly kind: 'shape'; readonly shape: Shape }
  | { readonly kind: 'record'; readonly members: ReadonlyMap<string, Target> }
  | { readonly kind: 'list'; readonly items: Target }
  | { readonly kind: 'scalar'; readonly types: readonly string[] }
  /** Nobody says what is there. */
  | { readonly kind: 'anything' }

/** Where a pointer leads, or the first step that leads nowhere. */
export type Followed =
  | { readonly target: Target }
  | { readonly target: null; readonly step: string; readonly known: readonly string[] }

/** Where nothing is described, anything may be. */
export const ANYTHING: Target = { kind: 'anything' }

/** Makes a target of a shape; of one that is not described, anything. */
export function toTarget(shape: Shape | null): Target {
  return shape === null || shape.length === 0 ? ANYTHING : { kind: 'shape', shape }
}

/** Makes a record of its members. */
export function toRecord(members: Iterable<readonly [string, Target]>): Target {
  return { kind: 'record', members: new Map(members) }
}

/** Follows a pointer step by step; an item of a list is named by its index. */
export function follow(bundle: Bundle, from: Target, path: Path): Followed {
  let target = from
  for (const step of path) {
    const next = stepTo(bundle, target, step)
    if (next.target === null) return next
    target = next.target
  }
  return { target }
}

function stepTo(bundle: Bundle, from: Target, step: string): Followed {
  switch (from.kind) {
    case 'anything':
      return { target: ANYTHING }
    case 'scalar':
      return { target: null, step, known: [] }
    case 'record': {
      const found = from.members.get(step)
      return found === undefined
        ? { target: null, step, known: [...from.members.keys()] }
        : { target: found }
    }
    case 'list':
      return /^\d+$/.test(step) ? { target: from.items } : { target: null, step, known: [] }
    case 'shape': {
      const next = followPointer(bundle, from.shape, toPointer([step]))
      if (next.found === 'anything') return { target: ANYTHING }
      if (next.found === 'shape') return { target: toTarget(next.shape) }
      return { target: null, step, known: next.known }
    }
  }
}

/** The items of a list; `null` where it is none for certain. */
export function itemOf(bundle: Bundle, target: Target): Target | null {
  if (target.kind === 'anything') return ANYTHING
  if (target.kind === 'list') return target.items
  if (target.kind !== 'shape') return null
  if (isListShape(target.shape)) return toTarget(itemsOf(bundle, target.shape))
  return typesOfTarget(target).length === 0 && isOpen(bundle, target.shape) ? ANYTHING : null
}

/** A place of which the document says nothing may hold a list as well. */
function isOpen(bundle: Bundle, shape: Shape): boolean {
  return stepInto(bundle, shape, 'any').found === 'anything'
}

/** The JSON types that may be there, `null` aside; empty where nobody says. */
export function typesOfTarget(target: Target): readonly string[] {
  switch (target.kind) {
    case 'anything':
      return []
    case 'scalar':
      return target.types
    case 'record':
      return ['object']
    case 'list':
      return ['array']
    case 'shape':
      return [...new Set(target.shape.flatMap(({ node }) => typesOf(node)))].filter(
        (type) => type !== 'null',
      )
  }
}

/** The values that an enum allows there; `null` where anything may stand. */
export function valuesOf(target: Target): readonly Json[] | null {
  return target.kind === 'shape' ? enumOf(target.shape) : null
}

/** Answers whether one of some types may be one of others; a whole number is a number. */
export function mayBe(types: readonly string[], wanted: readonly string[]): boolean {
  if (types.length === 0 || wanted.length === 0) return true
  const isNumber = (type: string) => type === 'integer' || type === 'number'
  return types.some((type) => wanted.includes(type) || (isNumber(type) && wanted.some(isNumber)))
}
