import type { IntentStep } from '../../server/intents/contract.ts'
import { findAnswer } from '../answer/answer.ts'
import type { SelectedTool } from '../allow-list/select.ts'
import type { Json } from '../json.ts'
import type { Path } from '../json-pointer.ts'
import type { ParameterModel, ToolModel } from '../model.ts'
import { didYouMean } from '../nearest.ts'
import { compileJudge } from '../schema/judge.ts'
import { typesOf } from '../schema/schema-dialect.ts'
import { suggestKey } from '../tool/names.ts'
import { resolvePointer, type IntentCheck, type Scope } from './intent-check.ts'
import { literalOf, pointerOf } from './intent-value.ts'
import {
  ANYTHING,
  itemOf,
  mayBe,
  toRecord,
  toTarget,
  typesOfTarget,
  type Target,
} from './target.ts'

/** The tools that steps may call. */
export type StepTools = {
  readonly models: ReadonlyMap<string, ToolModel>
  readonly selected: ReadonlyMap<string, SelectedTool>
}

/** Checks the steps in their order; gives the scope that the result is made in. */
export function checkSteps(check: IntentCheck, scope: Scope, tools: StepTools): Scope {
  return check.entry.steps.reduce<Scope>((before, step, index) => {
    const path = ['steps', String(index)]
    if (before.steps.has(step.name)) {
      check.report([...path, 'name'], `there is another step ${JSON.stringify(step.name)}`)
    }
    const answer = checkStep(check, before, step, path, tools)
    return { ...before, steps: new Map([...before.steps, [step.name, answer]]) }
  }, scope)
}

function checkStep(
  check: IntentCheck,
  scope: Scope,
  step: IntentStep,
  path: Path,
  { models, selected }: StepTools,
): Target {
  const item = step.forEach === undefined ? undefined : checkForEach(check, scope, step, path)
  const model = models.get(step.tool)
  if (model === undefined) {
    const what = `there is no tool ${JSON.stringify(step.tool)}`
    check.report([...path, 'tool'], what, didYouMean(step.tool, models.keys()))
    return ANYTHING
  }
  checkValues(check, { ...scope, ...(item !== undefined && { item }) }, step, path, model)
  if (step.pages > 1 && (model.answer.items === null || model.answer.paging === null)) {
    const what = `${step.tool} has no pages that could be read one after the other`
    check.report([...path, 'pages'], what, 'remove "pages"')
  }
  const operation = selected.get(step.tool)?.operation
  const shape = operation === undefined ? null : findAnswer(check.bundle, operation)
  const answer = toTarget(shape)
  return item === undefined
    ? answer
    : {
        kind: 'list',
        items: toRecord([
          ['item', item],
          ['answer', answer],
        ]),
      }
}

function checkForEach(check: IntentCheck, scope: Scope, { forEach }: IntentStep, path: Path) {
  if (forEach === undefined) return ANYTHING
  const below = [...path, 'forEach', 'in']
  const list = resolvePointer(check, scope, forEach.in, below)
  if (list === null) return ANYTHING
  const item = itemOf(check.bundle, list)
  if (item === null) check.report(below, `${JSON.stringify(forEach.in)} leads to no list`)
  return item ?? ANYTHING
}

function checkValues(
  check: IntentCheck,
  scope: Scope,
  step: IntentStep,
  path: Path,
  { arguments: offered, defaults }: ToolModel,
): void {
  for (const [key, value] of Object.entries(step.arguments)) {
    const below = [...path, 'arguments', key]
    const pointer = pointerOf(value)
    const target = pointer === null ? null : resolvePointer(check, scope, pointer, below)
    const parameter = offered.find((each) => each.key === key)
    if (parameter === undefined) {
      const what = `${step.tool} has no argument ${JSON.stringify(key)}`
      check.report(below, what, suggestKey(key, offered), 'key')
    } else if (pointer === null) {
      const reason = judgeLiteral(parameter, literalOf(value))
      if (reason !== null) check.report(below, `is no value for ${JSON.stringify(key)}: ${reason}`)
    } else if (target !== null) {
      const [types, wanted] = [typesOfTarget(target), typesOf(parameter.schema)]
      if (!mayBe(types, wanted)) {
        const what = `${JSON.stringify(pointer)} is of type ${types.join(' or ')}, and ${JSON.stringify(key)} takes ${wanted.join(' or ')}`
        check.report(below, what)
      }
    }
  }
  for (const { key, required } of offered) {
    if (!required || defaults.has(key) || key in step.arguments) continue
    const what = `${step.tool} needs ${JSON.stringify(key)}`
    check.report(path, what, `give it under "arguments"`)
  }
}

function judgeLiteral({ schema }: ParameterModel, value: Json): string | null {
  try {
    return compileJudge(schema)(value)
  } catch {
    return null // the schema itself is reported with its tool
  }
}
