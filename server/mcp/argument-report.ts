import type { z } from 'zod'
import { shorten } from '../json.ts'
import type { Json, JsonObject, Tool } from './tool.ts'

const MAX_SHOWN_CHARS = 80
const MAX_PROBLEMS = 20

/** A tool whose arguments are judged. */
type Described = Pick<Tool, 'name' | 'inputSchema'>

/**
 * Says which arguments are wrong, why, and what is allowed, for a model to correct itself.
 *
 * @param issues what the tool's schema found
 */
export function describeIssues(tool: Described, issues: readonly z.core.$ZodIssue[]): string {
  const shown = issues
    .slice(0, MAX_PROBLEMS)
    .flatMap((issue) => describeIssue(tool, issue))
    .slice(0, MAX_PROBLEMS)
  return [
    `Invalid arguments for ${tool.name}:`,
    ...shown.map((line) => `- ${line}`),
    ...(shown.length === MAX_PROBLEMS ? ['- … and perhaps more'] : []),
  ].join('\n')
}

function describeIssue(tool: Described, issue: z.core.$ZodIssue): readonly string[] {
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(propertiesOf(schemaAt(tool.inputSchema, issue.path)))
    const allowed =
      known.length === 0 ? 'no arguments are allowed here' : `allowed: ${known.join(', ')}`
    return issue.keys.map(
      (key) => `${quotePath([...issue.path, key])}: unknown argument; ${allowed}`,
    )
  }
  const schema = schemaAt(tool.inputSchema, issue.path)
  const missing =
    issue.code === 'invalid_type' && issue.input === undefined && issue.path.length > 0
  const problem = missing ? 'is required' : issue.message
  return [`${quotePath(issue.path)}: ${problem}${describeAllowed(schema)}`]
}

function quotePath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'arguments'
  const text = path.map(String).join('.')
  return JSON.stringify(shorten(text, MAX_SHOWN_CHARS))
}

/** The constraints of a schema in the words of JSON Schema, because that is what the model was given. */
function describeAllowed(schema: JsonObject): string {
  const told = ['type', 'enum', 'const', 'format', 'pattern', 'minimum', 'maximum']
    .concat(['exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minLength', 'maxLength'])
    .concat(['minItems', 'maxItems', 'uniqueItems'])
    .filter((keyword) => schema[keyword] !== undefined)
    .map((keyword) => `${keyword} ${JSON.stringify(schema[keyword])}`)
  return told.length === 0 ? '' : ` (allowed: ${told.join(', ')})`
}

function schemaAt(root: JsonObject, path: readonly PropertyKey[]): JsonObject {
  return path.reduce<JsonObject>((schema, key) => {
    const items = schema['items']
    const child = typeof key === 'number' ? items : propertiesOf(schema)[String(key)]
    return isObject(child) ? follow(root, child) : {}
  }, root)
}

/** What leads back to itself stands in the root's `$defs`. */
function follow(root: JsonObject, schema: JsonObject): JsonObject {
  const { $ref } = schema
  const { $defs } = root
  const name = typeof $ref === 'string' ? $ref.replace('#/$defs/', '') : ''
  const target = isObject($defs) ? $defs[name] : undefined
  return isObject(target) ? target : schema
}

function propertiesOf(schema: JsonObject): JsonObject {
  const properties = schema['properties']
  return isObject(properties) ? properties : {}
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
