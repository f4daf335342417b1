import { describeContext } from '../../intents/context-words.ts'
import type { Intent, IntentStep, IntentValue } from '../../intents/contract.ts'
import { isPointer } from '../../intents/resolve-value.ts'
import { pointerSteps } from '../../json.ts'

/**
 * Says in words which tools answer an intent, in which order, and what each is called with.
 *
 * @param values what the person gave
 * @param spell writes a tool's name
 */
export function describeSteps(
  intent: Intent,
  values: ReadonlyMap<string, unknown>,
  spell: (tool: string) => string,
): string {
  const { steps, result } = intent
  const lines = steps.map(
    (step, index) => `${index + 1}. ${describeStep(step, { intent, values, spell })}`,
  )
  const note = result.note === undefined ? [] : [result.note]
  return [
    'Call these tools in this order, and answer from what they give:',
    ...lines,
    ...note,
  ].join('\n')
}

type Words = {
  readonly intent: Intent
  readonly values: ReadonlyMap<string, unknown>
  readonly spell: (tool: string) => string
}

function describeStep(step: IntentStep, words: Words): string {
  const { tool, forEach, pages } = step
  const given = Object.entries(step.arguments).flatMap(([name, value]) => {
    const text = describeValue(value, words)
    return text === null ? [] : [`${name} = ${text}`]
  })
  const list = given.length === 0 ? 'without arguments' : `with ${given.join(', ')}`
  const each =
    forEach === undefined
      ? ''
      : `, once for each of ${describePointer(forEach.in, words) ?? 'none'} (the first ${forEach.max})`
  const reading = pages === 1 ? '' : `, reading ${pages} pages at most`
  return `${words.spell(tool)} ${list}${each}${reading}`
}

/** `null` for what was not given and has no default. */
function describeValue(value: IntentValue, words: Words): string | null {
  return isPointer(value) ? describePointer(value.pointer, words) : JSON.stringify(value)
}

function describePointer(pointer: string, words: Words): string | null {
  const [root = '', name = '', ...rest] = pointerSteps(pointer)
  if (root === 'arguments') return describeArgument(name, words)
  if (root === 'context') return describeContext(name)
  if (root === 'item') return name === '' ? 'each' : `${[name, ...rest].join('.')} of each`
  const index = words.intent.steps.findIndex((step) => step.name === name)
  const place = rest.length === 0 ? 'the answer' : rest.join('.')
  return `${place} of step ${index + 1}`
}

function describeArgument(name: string, words: Words): string | null {
  const given = words.values.get(name)
  if (given !== undefined) return JSON.stringify(given)
  const standard = words.intent.arguments[name]?.default
  return standard === undefined ? null : describeValue(standard, words)
}
