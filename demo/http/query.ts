import { z } from 'zod'
import { country, counterpartyId, currency, day, id, searchText } from './fields.ts'
import { badRequest } from './problem.ts'
import { toFieldErrors } from './field-errors.ts'

/** The values of each parameter as they stand in the URL, in order and still encoded. */
const rawValues = z.array(z.string())

const single = rawValues
  .length(1, 'must be given once')
  .transform(([value = '']) => decodeValue(value))

/** `?name=value`, read by the given schema. */
export function scalar<Schema extends z.ZodType<unknown, string>>(schema: Schema) {
  return single.pipe(schema)
}

/** `?name=a&name=b` (form, explode). */
export function repeated<Item extends z.ZodType<unknown, string>>(item: Item, maxItems: number) {
  return rawValues
    .transform((values) => values.map(decodeValue))
    .refine((values) => new Set(values).size === values.length, 'must not repeat a value')
    .pipe(z.array(item).max(maxItems))
}

/** `?name=a,b` (form, no explode); a comma inside a value is sent as `%2C`. */
export function commaSeparated<Item extends z.ZodType<unknown, string>>(
  item: Item,
  maxItems: number,
) {
  return rawValues
    .length(1, 'must be given once, as one comma-separated list')
    .transform(([value = '']) => value.split(',').map(decodeValue))
    .pipe(z.array(item).min(1).max(maxItems))
}

/** A whole number within limits. */
export function integer(min: number, max: number) {
  return scalar(z.string().regex(/^-?[0-9]{1,15}$/, 'must be a whole number'))
    .transform(Number)
    .pipe(z.number().min(min).max(max))
}

/** The parameters that many lists share. */
export const queryField = {
  amount: scalar(z.string().regex(/^[0-9]{1,12}(\.[0-9]{1,6})?$/, 'must be a number of at least 0'))
    .transform(Number)
    .optional(),
  boolean: scalar(z.enum(['true', 'false']))
    .transform((value) => value === 'true')
    .optional(),
  country: scalar(country).optional(),
  counterpartyId: scalar(counterpartyId).optional(),
  currency: scalar(currency).optional(),
  day: scalar(day).optional(),
  id: scalar(id).optional(),
  q: scalar(searchText).optional(),
}

/** The parameters of every list with pages. */
export const pageFields = {
  page: integer(1, 100_000).default(1),
  pageSize: integer(1, 100).default(20),
}

/** For operations without query parameters: any parameter is refused. */
export const noQuery = z.strictObject({})

/**
 * Reads a query string by its schema; parameters that the schema does not know are refused.
 *
 * @throws {ProblemError} 400 that names every parameter that is wrong
 */
export function parseQuery<Query>(queryString: string, schema: z.ZodType<Query>): Query {
  const parsed = schema.safeParse(collectValues(queryString))
  if (!parsed.success) throw badRequest(toFieldErrors(parsed.error, 'query'))
  return parsed.data
}

function collectValues(queryString: string): Record<string, string[]> {
  const values = new Map<string, string[]>()
  for (const pair of queryString.split('&')) {
    if (pair === '') continue
    const [name = '', ...rest] = pair.split('=')
    const value = rest.join('=')
    if (!isDecodable(name) || !isDecodable(value)) {
      throw badRequest([{ in: 'query', name, message: 'is not validly percent-encoded' }])
    }
    const key = decodeValue(name)
    values.set(key, [...(values.get(key) ?? []), value])
  }
  return Object.fromEntries(values)
}

function isDecodable(raw: string): boolean {
  try {
    decodeValue(raw)
    return true
  } catch {
    return false
  }
}

function decodeValue(raw: string): string {
  return decodeURIComponent(raw.replaceAll('+', ' '))
}
