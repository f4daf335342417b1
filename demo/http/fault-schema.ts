import { z } from 'zod'

/** Which requests a fault hits: a prefix of the documented path, and how often. */
const common = {
  path: z.string().startsWith('/').max(200).optional(),
  times: z.int().min(1).max(1_000_000).optional(),
}

/** Seconds or a date; not checked further, because clients must survive nonsense too. */
const retryAfter = z.union([
  z.int().min(0),
  z
    .string()
    .max(100)
    .regex(/^[\x20-\x7e]*$/, 'must be printable ASCII'),
])

/** A location that a header can carry. */
const location = z
  .string()
  .min(1)
  .max(2_000)
  .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII')

const fault = z.discriminatedUnion('kind', [
  z.strictObject({
    ...common,
    kind: z.literal('delay'),
    delayMs: z.int().min(0).max(600_000).default(1_000),
  }),
  z.strictObject({ ...common, kind: z.literal('reset') }),
  z.strictObject({ ...common, kind: z.literal('reset-mid-body') }),
  z.strictObject({
    ...common,
    kind: z.literal('status'),
    status: z.int().min(400).max(599).default(503),
    retryAfter: retryAfter.optional(),
  }),
  z.strictObject({ ...common, kind: z.literal('html-500') }),
  z.strictObject({ ...common, kind: z.literal('broken-json') }),
  z.strictObject({ ...common, kind: z.literal('endless-body') }),
  z.strictObject({
    ...common,
    kind: z.literal('redirect'),
    status: z.union([301, 302, 303, 307, 308].map((code) => z.literal(code))).default(302),
    location: location.default('https://elsewhere.example/'),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('rate-limit'),
    retryAfter: retryAfter.default(1),
  }),
])

/** One fault, as it is set through `PUT /_faults`. */
export type Fault = z.infer<typeof fault>

/** What `PUT /_faults` takes: one fault or a list, which replaces those set before. */
export const faultsInput = z.preprocess(toList, z.array(fault).max(50))

function toList(input: unknown): unknown[] {
  if (!Array.isArray(input)) return [input]
  const list: unknown[] = input
  return list
}
