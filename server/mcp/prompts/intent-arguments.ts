import { z } from 'zod'
import type { IntentArgument } from '../../intents/contract.ts'
import { oneOf, type ArgumentRule, type PromptArgument } from './prompt.ts'

/** An argument of an intent, as a prompt takes it: as text. */
export function toPromptArgument(name: string, argument: IntentArgument): PromptArgument {
  const { description, type, optional } = argument
  const values = argument.enum ?? (type === 'boolean' ? ['true', 'false'] : null)
  return {
    ...{ name, description, values },
    required: argument.default === undefined && !optional,
    rule: values === null ? ruleOf(argument) : oneOf(values),
  }
}

/** The value that a text stands for; it fits the argument's rule. */
export function toValue({ type }: IntentArgument, text: string): string | number | boolean {
  switch (type) {
    case 'boolean':
      return text === 'true'
    case 'integer':
    case 'number':
      return Number(text)
    case 'string':
    case 'date':
      return text
  }
}

const day = z.iso.date()
const isDay = (text: string) => day.safeParse(text).success

function ruleOf({ type, minimum, maximum }: IntentArgument): ArgumentRule | null {
  if (type === 'date') return { words: 'a day as YYYY-MM-DD', isGood: isDay }
  if (type !== 'integer' && type !== 'number') return null
  const pattern = type === 'integer' ? /^-?\d{1,15}$/ : /^-?\d{1,15}(?:\.\d{1,15})?$/
  const noun = type === 'integer' ? 'a whole number' : 'a number'
  const limits = [
    ...(minimum === undefined ? [] : [`at least ${minimum}`]),
    ...(maximum === undefined ? [] : [`at most ${maximum}`]),
  ]
  return {
    words: [noun, ...limits].join(', '),
    isGood: (text) =>
      pattern.test(text) &&
      Number(text) >= (minimum ?? -Infinity) &&
      Number(text) <= (maximum ?? Infinity),
  }
}
