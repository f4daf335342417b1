import { z } from 'zod'

/** The keys that a mapping inside of a section may have; none where the place is no mapping. */
export function knownKeysAt(schema: unknown, path: readonly PropertyKey[]): readonly string[] {
  const found = unwrap(path.reduce<unknown>(stepInto, schema))
  return found instanceof z.ZodObject ? Object.keys(found.shape) : []
}

function stepInto(schema: unknown, key: PropertyKey): unknown {
  const inner = unwrap(schema)
  if (inner instanceof z.ZodObject) return Reflect.get(inner.shape, key)
  if (inner instanceof z.ZodArray) return inner.element
  if (inner instanceof z.ZodRecord) return inner.valueType
  if (!(inner instanceof z.ZodUnion)) return undefined
  // Of several forms, the one that has this key was meant.
  return inner.options
    .map((option: unknown) => stepInto(option, key))
    .find((found) => found !== undefined)
}

function unwrap(schema: unknown): unknown {
  const isWrapped = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
  return isWrapped ? unwrap(schema.unwrap()) : schema
}
