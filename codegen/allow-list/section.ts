import type { z } from 'zod'
import { isObject, without, type Json } from '../json.ts'
import { valueAt, type Path } from '../json-pointer.ts'
import { didYouMean } from '../nearest.ts'
import type { Findings, Place } from '../problem.ts'
import { knownKeysAt } from './known-keys.ts'
import { unfoldIssue } from './unfold-issue.ts'

/** One mapping of a file that a person wrote, and where to report what is wrong with it. */
export type SectionInput<Section extends z.ZodObject> = {
  readonly schema: Section
  readonly value: Json
  readonly path: Path
  readonly place: (path: Path, on: 'key' | 'value') => Place
  readonly findings: Findings
}

/**
 * Parses one mapping against its schema and reports every mistake in it. Unknown keys are
 * reported and then ignored, so that what hangs on the rest can still be checked.
 */
export function parseSection<Section extends z.ZodObject>(
  input: SectionInput<Section>,
): z.output<Section> | null {
  const { schema, value, path, place, findings } = input
  if (!isObject(value)) {
    findings.problem(place(path, 'value'), 'must be a mapping')
    return null
  }
  const first = schema.safeParse(value)
  if (first.success) return first.data
  const knownKeys = Object.keys(schema.shape)
  const found = first.error.issues.flatMap(unfoldIssue)
  const unknownKeys = found.flatMap((issue) =>
    issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : [],
  )
  for (const key of unknownKeys) reportUnknownKey(input, key, [], knownKeys)
  const issues = found.filter(
    (issue) => issue.code !== 'unrecognized_keys' || issue.path.length > 0,
  )
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') reportIssue(input, issue)
    else {
      const known = knownKeysAt(schema, issue.path)
      for (const key of issue.keys) reportUnknownKey(input, key, issue.path.map(String), known)
    }
  }
  if (issues.length > 0) return null
  const second = schema.safeParse(without(value, unknownKeys))
  return second.success ? second.data : null
}

function reportUnknownKey(
  { path, place, findings }: Pick<SectionInput<z.ZodObject>, 'path' | 'place' | 'findings'>,
  key: string,
  below: Path,
  known: readonly string[],
): void {
  const hint = didYouMean(key, known) ?? `known keys are ${known.join(', ')}`
  findings.problem(
    place([...path, ...below, key], 'key'),
    `unknown key ${JSON.stringify(key)}`,
    known.length === 0 ? null : hint,
  )
}

function reportIssue(
  { value, path, place, findings }: SectionInput<z.ZodObject>,
  issue: z.core.$ZodIssue,
): void {
  const steps = issue.path.map(String)
  const found = valueAt(value, steps)
  if (found === undefined) {
    const what = `${JSON.stringify(steps.at(-1) ?? '')} is missing`
    return findings.problem(place([...path, ...steps.slice(0, -1)], 'key'), what)
  }
  const hint =
    issue.code === 'invalid_value' && typeof found === 'string'
      ? didYouMean(found, issue.values.map(String))
      : null
  findings.problem(place([...path, ...steps], 'value'), describeIssue(issue), hint)
}

function describeIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') {
    return `must be ${TYPE_NAMES.get(issue.expected) ?? issue.expected}`
  }
  if (issue.code === 'invalid_value') {
    return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`
  }
  if (issue.code === 'too_small' && NUMBERS.has(issue.origin))
    return `must be at least ${issue.minimum}`
  if (issue.code === 'too_big' && NUMBERS.has(issue.origin))
    return `must be at most ${issue.maximum}`
  if (issue.code === 'invalid_key') return `the name ${issue.issues[0]?.message ?? 'is wrong'}`
  return issue.code === 'too_small' ? 'must not be empty' : issue.message
}

const NUMBERS: ReadonlySet<string> = new Set(['number', 'int'])

const TYPE_NAMES: ReadonlyMap<string, string> = new Map([
  ['string', 'a text'],
  ['boolean', 'true or false'],
  ['array', 'a list'],
  ['record', 'a mapping'],
  ['object', 'a mapping'],
])
