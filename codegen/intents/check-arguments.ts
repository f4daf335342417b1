import type { IntentArgument } from '../../server/intents/contract.ts'
import { toJson } from '../json.ts'
import { compileJudge } from '../schema/judge.ts'
import type { IntentCheck, Scope } from './intent-check.ts'
import { resolvePointer } from './intent-check.ts'
import { pointerOf } from './intent-value.ts'
import { mayBe, typesOfTarget } from './target.ts'

/** Checks what an intent says of its arguments. */
export function checkArguments(check: IntentCheck, scope: Scope): void {
  for (const [name, argument] of Object.entries(check.entry.arguments)) {
    checkLimits(check, name, argument)
    checkDefault(check, name, argument, scope)
    for (const [index, example] of (argument.examples ?? []).entries()) {
      const reason = judge(argument, example)
      if (reason === null) continue
      const what = `${JSON.stringify(example)} is no value for ${JSON.stringify(name)}: ${reason}`
      check.report(['arguments', name, 'examples', String(index)], what)
    }
  }
}

/** Reports every argument that nothing is done with; to be asked once all is checked. */
export function checkUse({ entry, used, report }: IntentCheck): void {
  for (const name of Object.keys(entry.arguments)) {
    if (used.has(`/arguments/${name}`)) continue
    const hint = `use it by { pointer: /arguments/${name} }, or remove it`
    report(['arguments', name], 'nothing is done with this argument', hint, 'key')
  }
  for (const [index, { name }] of entry.steps.entries()) {
    if (used.has(`/steps/${name}`)) continue
    const hint = `use it by a pointer such as /steps/${name}, or remove the step`
    report(
      ['steps', String(index)],
      `nothing is done with the answer of ${JSON.stringify(name)}`,
      hint,
    )
  }
}

function checkLimits({ report }: IntentCheck, name: string, argument: IntentArgument): void {
  const { type, enum: values, minimum, maximum } = argument
  const path = ['arguments', name]
  const isNumber = type === 'integer' || type === 'number'
  if (values !== undefined && type !== 'string') {
    report([...path, 'enum'], 'only a text has a list of values', 'say type: string', 'key')
  }
  if (!isNumber && minimum !== undefined) {
    report([...path, 'minimum'], 'only a number has a least value', null, 'key')
  }
  if (!isNumber && maximum !== undefined) {
    report([...path, 'maximum'], 'only a number has a largest value', null, 'key')
  }
  if (minimum !== undefined && maximum !== undefined && minimum > maximum) {
    report([...path, 'minimum'], `is above the maximum, ${maximum}`)
  }
  if (argument.optional && argument.default !== undefined) {
    report([...path, 'optional'], 'what has a default is optional already', 'remove it', 'key')
  }
}

/** A default that is known only at the moment of the call comes from the context. */
function checkDefault(
  check: IntentCheck,
  name: string,
  argument: IntentArgument,
  scope: Scope,
): void {
  const { default: fallback } = argument
  if (fallback === undefined) return
  const path = ['arguments', name, 'default']
  const pointer = pointerOf(fallback)
  if (pointer === null) {
    const reason = judge(argument, fallback)
    if (reason === null) return
    const what = `${JSON.stringify(fallback)} is no value for ${JSON.stringify(name)}: ${reason}`
    return check.report(path, what)
  }
  if (!pointer.startsWith('/context/')) {
    const hint = 'a default is a value, or a pointer such as /context/monthStart'
    return check.report(path, `${JSON.stringify(pointer)} is no default`, hint)
  }
  const target = resolvePointer(check, scope, pointer, path)
  if (target === null || mayBe(typesOfTarget(target), [toType(argument)])) return
  check.report(path, `${JSON.stringify(pointer)} is a text, and ${JSON.stringify(name)} is none`)
}

function judge(argument: IntentArgument, value: unknown): string | null {
  const { type, enum: values, minimum, maximum } = argument
  return compileJudge({
    type: toType(argument),
    ...(type === 'date' && { format: 'date' }),
    ...(values !== undefined && { enum: values }),
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
  })(toJson(value))
}

function toType({ type }: IntentArgument): string {
  return type === 'date' ? 'string' : type
}
