import { z } from 'zod'

/**
 * The contract of an intent: a named question that is answered with several reads. It is data, never
 * code; the generator checks it against the document, the server runs it as it stands.
 *
 * Every pointer (RFC 6901) of an intent leads into one value:
 *
 * - `/arguments/NAME`: what the caller gave, or the default;
 * - `/context/NAME`: what is known of the moment and the organization (`CONTEXT_NAMES`);
 * - `/steps/NAME/…`: the whole answer of an earlier step; of a step with `forEach`, a list of
 *   `{ item, answer }`, in the order of the items;
 * - `/item/…`: the item that a step with `forEach` runs for.
 *
 * The pointers of a reduction's steps lead into a row instead.
 */

/** What `/context/` has: days are `YYYY-MM-DD` where the organization is. */
export const CONTEXT_NAMES = [
  'today',
  'monthStart',
  'quarterStart',
  'yearStart',
  'monthEnd',
  'in30Days',
  'baseCurrency',
] as const

/** Reads that one call may make, all steps together; what is more is left out, and said to be. */
export const MAX_READS = 100
const MAX_STEPS = 10
const MAX_OPERATIONS = 20

const text = z.string().trim().min(1)
const name = z.string().regex(/^[a-z][a-zA-Z0-9]{0,39}$/, 'must be one camelCase word')
const pointer = z
  .string()
  .regex(/^(?:\/(?:[^~/]|~[01])*)*$/, 'must be a JSON Pointer such as "/steps/unpaid/data"')

/** A value as it stands, or what a pointer leads to; what leads nowhere is left out. */
const value = z.union([z.strictObject({ pointer }), z.json()])

const argument = z.strictObject({
  description: text,
  type: z.enum(['string', 'date', 'integer', 'number', 'boolean']),
  enum: z.array(z.string()).min(1).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  /** Without it, and without `optional`, the caller has to say. */
  default: value.optional(),
  optional: z.boolean().default(false),
  examples: z.array(z.json()).optional(),
})

const step = z.strictObject({
  name,
  /** A tool of the allow-list. */
  tool: text,
  arguments: z.record(z.string(), value).default({}),
  /** Runs the step once for each item of a list, the first `max` of it. */
  forEach: z.strictObject({ in: pointer, max: z.int().min(1).max(MAX_READS) }).optional(),
  /** Pages that are read of a list, at most: they come as one. */
  pages: z.int().min(1).max(MAX_READS).default(1),
})

const pick = z.record(name, pointer)

/** What can be done with rows, one after the other. */
const operation = z.union(
  [
    /** Makes a row of what pointers lead to in it. */
    z.strictObject({ pick }),
    /** Makes a row of each item of a list inside, with what is kept of the row around it. */
    z.strictObject({ expand: z.strictObject({ in: pointer, keep: pick.default({}), pick }) }),
    /** Keeps the rows of which all of it holds. */
    z.strictObject({
      where: z.strictObject({
        field: name,
        is: value.optional(),
        not: value.optional(),
        /** At least, and at most: numbers by size, texts and days by order. */
        from: value.optional(),
        to: value.optional(),
        present: z.boolean().optional(),
      }),
    }),
    /** Adds to each row what the first row of another list has for the same key. */
    z.strictObject({
      join: z.strictObject({
        rows: pointer,
        on: z.strictObject({ field: name, pointer }),
        pick,
        /** Whether a row without a partner stays. */
        keep: z.enum(['all', 'matched']).default('all'),
      }),
    }),
    /** Adds the whole days from one day to another. */
    z.strictObject({ days: z.strictObject({ from: name, to: value, as: name }) }),
    /** Adds the label of the first band that a number is not above; the last one takes the rest. */
    z.strictObject({
      band: z.strictObject({
        of: name,
        as: name,
        bands: z.array(z.strictObject({ upTo: z.number().optional(), label: text })).min(1),
      }),
    }),
    /**
     * Makes one row of all that are the same in some fields; without fields, one of all. What is made is
     * named first, then the field that it is made of.
     */
    z.strictObject({
      group: z.strictObject({
        by: z.array(name),
        sum: z.record(name, name).default({}),
        min: z.record(name, name).default({}),
        max: z.record(name, name).default({}),
        count: name.optional(),
      }),
    }),
    z.strictObject({
      sort: z
        .array(
          z.strictObject({
            by: name,
            order: z.enum(['ascending', 'descending']).default('ascending'),
          }),
        )
        .min(1),
    }),
    /** Keeps the first rows: of all, or of each that are the same in some fields. */
    z.strictObject({ top: z.strictObject({ count: value, per: z.array(name).default([]) }) }),
  ],
  'must be one of pick, expand, where, join, days, band, group, sort, top',
)

/** One intent, as the allow-list writes it. */
export const intentSchema = z.strictObject({
  title: text,
  description: text,
  /** How people ask for it. */
  utterances: z.array(text).min(1),
  arguments: z.record(name, argument).default({}),
  /** Whether it is offered as a tool, `insights.NAME`, beside the prompt. */
  tool: z.boolean().default(false),
  /** Whether that tool is listed where the catalogue is searched. */
  pinned: z.boolean().default(false),
  steps: z.array(step).min(1).max(MAX_STEPS),
  result: z.strictObject({
    /** A list, or one record. */
    rows: pointer,
    reduce: z.array(operation).max(MAX_OPERATIONS).default([]),
    /** What a reader has to know of the figures. */
    note: text.optional(),
  }),
})

/** One intent, complete with all defaults. */
export type IntentEntry = z.output<typeof intentSchema>
/** An intent by its name. */
export type Intent = { readonly name: string } & IntentEntry
/** What an intent can be asked with. */
export type IntentArgument = z.output<typeof argument>
/** One read, or one for each item of a list. */
export type IntentStep = z.output<typeof step>
/** A value as it stands, or what a pointer leads to. */
export type IntentValue = z.output<typeof value>
/** What is done with rows. */
export type ReduceOperation = z.output<typeof operation>

/** What one of a reduction's operations is told. */
export type Operation<Name extends string> =
  Extract<ReduceOperation, Readonly<Record<Name, unknown>>> extends infer Found
    ? Found extends Readonly<Record<Name, infer Told>>
      ? Told
      : never
    : never

/** The tool that an intent is offered as. */
export function toIntentTool(intentName: string): string {
  return `insights.${intentName}`
}
