import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { z } from 'zod'
import { isRecord } from '../../../server/json.ts'

const attribute = z.strictObject({
  type: z.string().optional(),
  object: z.string().optional(),
  array: z.boolean().optional(),
  required: z.boolean().optional(),
  enum: z.array(z.number()).optional(),
  profile: z.string().optional(),
})
const shape = z.object({
  attributes: z.record(z.string(), attribute),
  atLeastOne: z.array(z.string()).optional(),
})
type Attribute = z.output<typeof attribute>
type Shape = z.output<typeof shape>

const schema = z
  .object({
    version: z.string(),
    classes: z.record(z.string(), shape.extend({ uid: z.number(), category: z.number() })),
    objects: z.record(z.string(), shape),
  })
  .parse(JSON.parse(readFileSync(new URL('ocsf-1.8.0.json', import.meta.url), 'utf8')))

/** Lists what the schema of OCSF has against an event; empty for a valid one. */
export function checkOcsf(event: unknown): readonly string[] {
  if (!isRecord(event)) return ['no object']
  const found = Object.values(schema.classes).find(({ uid }) => uid === event['class_uid'])
  if (found === undefined) return ['class_uid: unknown']
  const { uid, category } = found
  const metadata = isRecord(event['metadata']) ? event['metadata'] : {}
  return [
    ...checkShape(event, found, '', profilesOf(metadata)),
    ...differs('category_uid', event['category_uid'], category),
    ...differs('type_uid', event['type_uid'], uid * 100 + Number(event['activity_id'])),
    ...differs('metadata.version', metadata['version'], schema.version),
  ]
}

function profilesOf({ profiles }: Readonly<Record<string, unknown>>): readonly unknown[] {
  return Array.isArray(profiles) ? profiles : []
}

function checkShape(
  value: unknown,
  { attributes, atLeastOne = [] }: Shape,
  path: string,
  profiles: readonly unknown[],
): readonly string[] {
  if (!isRecord(value)) return [`${path}: no object`]
  const known = Object.entries(attributes)
  return [
    ...Object.keys(value).flatMap((key) => (key in attributes ? [] : [`${path}${key}: unknown`])),
    ...known.flatMap(([key, { required }]) =>
      required === true && !(key in value) ? [`${path}${key}: required`] : [],
    ),
    ...known.flatMap(([key, each]) =>
      key in value ? checkAttribute(value[key], each, `${path}${key}`, profiles) : [],
    ),
    ...(atLeastOne.length === 0 || atLeastOne.some((key) => key in value)
      ? []
      : [`${path}: none of ${atLeastOne.join(', ')}`]),
  ]
}

function checkAttribute(
  value: unknown,
  attribute: Attribute,
  path: string,
  profiles: readonly unknown[],
): readonly string[] {
  const { type = '', object, array = false, profile } = attribute
  if (profile !== undefined && !profiles.includes(profile)) return [`${path}: no such profile`]
  if (array !== Array.isArray(value)) return [`${path}: a list, or not`]
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  return values.flatMap((each) => {
    if (object === undefined) return checkScalar(each, type, attribute.enum, path)
    const found = schema.objects[object]
    // Its contents are the sender's own.
    if (object === 'object') return isRecord(each) ? [] : [`${path}: no object`]
    if (found === undefined) return [`${path}: unknown object ${object}`]
    return checkShape(each, found, `${path}.`, profiles)
  })
}

function checkScalar(
  value: unknown,
  type: string,
  numbers: readonly number[] | undefined,
  path: string,
): readonly string[] {
  if (['integer_t', 'long_t', 'timestamp_t', 'port_t'].includes(type)) {
    if (!Number.isSafeInteger(value)) return [`${path}: no whole number`]
    const isOwn = ['category_uid', 'class_uid'].includes(path)
    const isListed = isOwn || (numbers?.some((each) => each === value) ?? true)
    return isListed ? [] : [`${path}: not listed`]
  }
  if (type === 'boolean_t') return typeof value === 'boolean' ? [] : [`${path}: no boolean`]
  if (typeof value !== 'string') return [`${path}: no text`]
  return type === 'ip_t' && isIP(value) === 0 ? [`${path}: no address`] : []
}

function differs(name: string, value: unknown, wanted: unknown): readonly string[] {
  return value === wanted ? [] : [`${name}: not ${String(wanted)}`]
}
