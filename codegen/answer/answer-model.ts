import {
  findItems,
  followColumn,
  followPointer,
  isListShape,
  itemsOf,
  type Shape,
} from './answer.ts'
import type { AllowList } from '../allow-list/allow-list.ts'
import type { Bundle } from '../document/bundle.ts'
import type { AnswerModel, ParameterModel } from '../model.ts'
import { didYouMean } from '../nearest.ts'
import { findPaging, listFilters } from './paging.ts'
import type { Findings } from '../problem.ts'
import type { SelectedTool } from '../allow-list/select.ts'

type Context = {
  readonly bundle: Bundle
  readonly allowList: AllowList
  readonly findings: Findings
}

/** Finds the list in a tool's answer and what reads on in it, and checks that its columns exist. */
export function buildAnswer(
  tool: SelectedTool,
  shape: Shape | null,
  parameters: readonly ParameterModel[],
  context: Context,
): AnswerModel {
  const items = chooseItems(tool, shape, context)
  const columns = tool.entry.columns ?? null
  if (columns !== null) checkColumns(tool, columns, items, shape, context)
  return { items, columns, paging: findPaging(parameters), filters: listFilters(parameters) }
}

function chooseItems(
  { name, entry, operation }: SelectedTool,
  shape: Shape | null,
  { bundle, allowList, findings }: Context,
): string | null {
  if (entry.items === undefined) {
    // A path that ends in an id names one record, whatever lists that record has.
    return shape === null || operation.path.endsWith('}') ? null : findItems(bundle, shape)
  }
  if (entry.items === null || shape === null) return entry.items
  const step = followPointer(bundle, shape, entry.items)
  const place = allowList.place(['tools', name, 'items'])
  if (step.found === 'nothing') {
    const last = entry.items.split('/').at(-1) ?? ''
    const what = `the answer has nothing at ${JSON.stringify(entry.items)}`
    findings.problem(place, what, didYouMean(last, step.known))
  } else if (step.found === 'shape' && !isListShape(step.shape)) {
    findings.problem(place, `what the answer has at ${JSON.stringify(entry.items)} is no list`)
  }
  return entry.items
}

function checkColumns(
  { name }: SelectedTool,
  columns: readonly string[],
  items: string | null,
  shape: Shape | null,
  { bundle, allowList, findings }: Context,
): void {
  const path = ['tools', name, 'columns']
  if (shape === null) {
    const what = 'the operation describes no JSON answer that columns could be taken from'
    return findings.problem(allowList.place(path, 'key'), what)
  }
  const record = items === null ? shape : recordAt(bundle, shape, items)
  if (record === null) return // a wrong "items" is reported where it stands
  for (const [index, column] of columns.entries()) {
    const place = allowList.place([...path, String(index)])
    if (columns.indexOf(column) !== index) {
      findings.problem(place, `the column ${JSON.stringify(column)} is named twice`)
      continue
    }
    const missing = followColumn(bundle, record, column)
    if (missing === null) continue
    const { step, known } = missing
    const detail = step === column ? '' : `: there is no ${JSON.stringify(step)}`
    const hint =
      didYouMean(step, known) ?? (known.length === 0 ? null : `there are ${known.join(', ')}`)
    findings.problem(place, `the answer has no ${JSON.stringify(column)}${detail}`, hint)
  }
}

function recordAt(bundle: Bundle, shape: Shape, items: string): Shape | null {
  const step = followPointer(bundle, shape, items)
  return step.found === 'shape' ? itemsOf(bundle, step.shape) : null
}
