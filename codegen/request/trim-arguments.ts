import { toInputSchema } from './input-root.ts'
import type { Json, JsonObject } from '../json.ts'
import type { ParameterModel } from '../model.ts'
import { byteLength } from '../tool/texts.ts'
import {
  cutDescription,
  cutNestedDescriptions,
  dropExamples,
  dropLongEnums,
  measureDepth,
  trimBelow,
} from '../schema/trim-schema.ts'

/** Descriptions inside arguments are cut to this before they go. */
const SHORT_NESTED_BYTES = 120
/** Descriptions of arguments are cut to these, one after the other. */
const SHORT_BYTES = [200, 80]
/** Longer lists of values go, when nothing else has helped. */
const MANY_VALUES = 20

/** One way to make an argument smaller, and what it costs. */
type Step = {
  readonly what: string
  readonly applies: (parameter: ParameterModel) => boolean
  readonly trim: (schema: JsonObject) => JsonObject
}

/** Arguments that are small enough, or as small as they get, and what was left out of them. */
export type Trimmed = {
  readonly parameters: readonly ParameterModel[]
  readonly bytes: number
  /** In words, each once. */
  readonly leftOut: readonly string[]
}

/**
 * Makes the schemas of arguments fit into a number of bytes: the cheapest loss first, and of each kind
 * the largest argument first, one at a time. What is required of the caller comes last.
 */
export function trimArguments(
  parameters: readonly ParameterModel[],
  defaults: ReadonlyMap<string, Json>,
  maxBytes: number,
): Trimmed {
  const measure = (each: readonly ParameterModel[]) =>
    byteLength(JSON.stringify(toInputSchema(each, defaults)))
  let current = parameters
  let bytes = measure(current)
  const leftOut = new Set<string>()
  for (const { what, applies, trim } of listSteps(parameters, defaults)) {
    for (const { key } of bySize(current.filter(applies))) {
      if (bytes <= maxBytes) return { parameters: current, bytes, leftOut: [...leftOut] }
      const trimmed = current.map((parameter) =>
        parameter.key === key ? { ...parameter, schema: trim(parameter.schema) } : parameter,
      )
      const size = measure(trimmed)
      if (size >= bytes) continue
      current = trimmed
      bytes = size
      leftOut.add(what)
    }
  }
  return { parameters: current, bytes, leftOut: [...leftOut] }
}

function listSteps(
  parameters: readonly ParameterModel[],
  defaults: ReadonlyMap<string, Json>,
): readonly Step[] {
  const isAny = () => true
  const isOptional = ({ key, required }: ParameterModel) => !required || defaults.has(key)
  const depth = Math.max(0, ...parameters.map(({ schema }) => measureDepth(schema)))
  const levels = Array.from({ length: depth }, (_, index) => depth - index)
  const deep = (applies: Step['applies'], depths: readonly number[]): readonly Step[] =>
    depths.map((level) => ({
      what: 'what is deep inside arguments',
      applies,
      trim: (schema) => trimBelow(schema, level),
    }))
  const nested = [SHORT_NESTED_BYTES, 0].map((bytes) => ({
    what: 'descriptions inside arguments',
    applies: isAny,
    trim: (schema: JsonObject) => cutNestedDescriptions(schema, bytes),
  }))
  const own = SHORT_BYTES.map((bytes) => ({
    what: 'ends of descriptions',
    applies: isOptional,
    trim: (schema: JsonObject) => cutDescription(schema, bytes),
  }))
  return [
    ...nested,
    { what: 'examples', applies: isAny, trim: dropExamples },
    ...deep(isOptional, levels),
    ...own,
    ...deep(isOptional, [0]),
    {
      what: 'long lists of values',
      applies: isOptional,
      trim: (schema) => dropLongEnums(schema, MANY_VALUES),
    },
    ...deep(isAny, levels),
  ]
}

function bySize(parameters: readonly ParameterModel[]): readonly ParameterModel[] {
  const sizes = new Map(
    parameters.map(({ key, schema }) => [key, byteLength(JSON.stringify(schema))]),
  )
  const sizeOf = ({ key }: ParameterModel) => sizes.get(key) ?? 0
  return parameters.toSorted((left, right) => sizeOf(right) - sizeOf(left))
}
