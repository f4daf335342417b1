import { z } from 'zod'
import { describeContext } from '../../intents/context-words.ts'
import type { Intent, IntentArgument } from '../../intents/contract.ts'
import { isPointer } from '../../intents/resolve-value.ts'
import { format } from '../argument-checks.ts'

/** Of a text that a caller gives. */
const MAX_CHARS = 200

/** The arguments of an intent as a schema: what is described here is what clients are shown. */
export function toIntentInput({ arguments: own }: Pick<Intent, 'arguments'>): z.ZodObject {
  return z.strictObject(
    Object.fromEntries(Object.entries(own).map(([name, each]) => [name, toArgument(each)])),
  )
}

function toArgument(argument: IntentArgument): z.ZodType {
  const { default: fallback, optional, examples } = argument
  const meta = {
    description: describe(argument),
    ...(argument.type === 'date' && { format: 'date' }),
    ...(fallback !== undefined && !isPointer(fallback) && { default: fallback }),
    ...(examples !== undefined && { examples }),
  }
  const schema = toSchema(argument).meta(meta)
  return optional || fallback !== undefined ? schema.optional() : schema
}

/** Today is another day tomorrow: a default that a pointer gives is told in words. */
function describe({ description, default: fallback }: IntentArgument): string {
  if (!isPointer(fallback)) return description
  const name = fallback.pointer.replace('/context/', '')
  return `${description} Without it: ${describeContext(name)}.`
}

function toSchema({ type, enum: values, minimum, maximum }: IntentArgument): z.ZodType {
  switch (type) {
    case 'boolean':
      return z.boolean()
    case 'date':
      return z.string().check(format('date'))
    case 'integer':
      return bound(z.int(), minimum, maximum)
    case 'number':
      return bound(z.number(), minimum, maximum)
    case 'string':
      return values === undefined ? z.string().min(1).max(MAX_CHARS) : z.enum(values)
  }
}

function bound(
  number: z.ZodNumber,
  minimum: number | undefined,
  maximum: number | undefined,
): z.ZodNumber {
  const low = minimum === undefined ? number : number.min(minimum)
  return maximum === undefined ? low : low.max(maximum)
}
