import { readAccept } from '../answer/accept.ts'
import type { AllowList } from '../allow-list/allow-list.ts'
import { findAnswer, isListShape, type Shape } from '../answer/answer.ts'
import { buildAnswer } from '../answer/answer-model.ts'
import { buildExampleAnswer } from '../answer/example-answer.ts'
import { listArguments } from '../request/arguments.ts'
import type { Bundle } from '../document/bundle.ts'
import type { OperationEntry } from '../document/document.ts'
import { compileJudge } from '../schema/judge.ts'
import { toInputSchema } from '../request/input-root.ts'
import { writeInstructions, type AnswerKind } from './instructions.ts'
import { objectAt, stringsAt, type JsonObject } from '../json.ts'
import { valueAt } from '../json-pointer.ts'
import type { AnswerModel, OperationModel, ParameterModel, ToolModel } from '../model.ts'
import { toWords } from './names.ts'
import { buildOutputSchema } from '../answer/output-schema.ts'
import { toPlainText } from './plain-text.ts'
import { buildParameters } from '../request/parameters.ts'
import { keepFixedPairs, parsePathTemplate } from '../request/path-template.ts'
import type { Findings } from '../problem.ts'
import { toResourceUri } from '../resources/resource-uri.ts'
import type { RequestParts } from '../request/request-parts.ts'
import { shapeOf } from '../schema/schema-shape.ts'
import { findOddKeys, withSafeKeys } from '../request/safe-nested-keys.ts'
import { toReference, type SelectedTool } from '../allow-list/select.ts'
import { readOwnServer } from '../document/servers.ts'
import {
  byteLength,
  capitalise,
  cutText,
  joinTexts,
  MAX_DESCRIPTION_BYTES,
  MAX_TEXT_BYTES,
  toOneLine,
  toParagraphs,
  toSentence,
  toTitle,
} from './texts.ts'
import { fitIntoBudget } from '../request/tool-budget.ts'

const MAX_TITLE_BYTES = 120

/** What every tool of a connector is built from. */
export type ToolContext = {
  readonly bundle: Bundle
  readonly allowList: AllowList
  readonly findings: Findings
}

/** Resolves one tool completely; what is wrong with it is reported. */
export function buildTool(
  tool: SelectedTool,
  parts: RequestParts,
  context: ToolContext,
): ToolModel {
  const { bundle, allowList, findings } = context
  const { name, entry, operation } = tool
  const parameters = buildParameters(bundle, parts, findings)
  const wished = listArguments(tool, parameters, parts.body, allowList, findings)
  const chosen = { ...wished, arguments: wished.arguments.map(withSafeKeys) }
  warnOfOddKeys(tool, wished.arguments, context)
  const shape = findAnswer(bundle, operation)
  const answer = buildAnswer(tool, shape, chosen.arguments, context)
  const model = {
    name,
    parts: tool.parts,
    public: entry.public ?? false,
    pinned: entry.pinned ?? false,
    offer: entry.offer ?? ('tool' as const),
    uri: toResourceUri(tool, chosen.arguments, context),
    readOnly: entry.readOnly === undefined ? null : toOneLine(entry.readOnly),
    operation: toOperationModel(
      bundle,
      operation,
      chosen.sent.map(({ wire }) => wire),
      chosen.body === null ? null : (parts.body?.mediaType ?? null),
    ),
    ...chosen,
    outputSchema:
      allowList.connector?.structuredContent === true && shape !== null
        ? buildOutputSchema(bundle, shape, answer)
        : null,
    answer,
    exampleAnswer: buildExampleAnswer(bundle, operation, shape, answer),
  }
  const texts = writeTexts(tool, { ...model, answerKind: kindOf(shape, answer) }, context)
  const fitting = fitIntoBudget(tool, texts, chosen, context)
  const inputSchema = toInputSchema(fitting, chosen.defaults)
  checkInputSchema(tool, inputSchema, context)
  return { ...model, ...texts, arguments: fitting, inputSchema }
}

function kindOf(shape: Shape | null, { items }: AnswerModel): AnswerKind {
  if (items !== null || (shape !== null && isListShape(shape))) return 'list'
  return shape === null ? 'undescribed' : 'record'
}

/** An operation as it is compiled, with the parameters that can be sent. */
export function toOperationModel(
  bundle: Bundle,
  operation: OperationEntry,
  parameters: OperationModel['parameters'],
  body: OperationModel['body'] = null,
): OperationModel {
  const { operationId, method, path } = operation
  const pathNames = parameters.filter(({ in: where }) => where === 'path').map(({ name }) => name)
  const { template, query } = parsePathTemplate(path, pathNames)
  return {
    id: operationId ?? toReference(operation),
    method,
    path,
    template,
    query: keepFixedPairs(query, pathNames),
    server: readOwnServer(bundle, operation),
    accept: readAccept(bundle, operation),
    parameters,
    body,
  }
}

/** The caller can send them still, but only the description says so. */
function warnOfOddKeys(
  { name, operation }: SelectedTool,
  parameters: readonly ParameterModel[],
  { bundle, findings }: ToolContext,
): void {
  const odd = parameters.flatMap(({ schema }) => findOddKeys(schema))
  if (odd.length === 0) return
  const place = bundle.place(['paths', operation.path, operation.method.toLowerCase()])
  const words = odd.map((each) => JSON.stringify(each)).join(', ')
  const what = `members inside the arguments of ${name} have names that no client accepts: ${words}`
  findings.warning(place, `${what}; only the description names them`)
}

/** No client may be the first to find that a schema is none, or that nothing satisfies it. */
function checkInputSchema(
  { name, operation }: SelectedTool,
  inputSchema: JsonObject,
  { bundle, findings }: ToolContext,
): void {
  for (const key of stringsAt(inputSchema['required'])) {
    if (shapeOf(objectAt(objectAt(inputSchema['properties'])[key])).kind !== 'never') continue
    const place = bundle.place(['paths', operation.path, operation.method.toLowerCase()])
    const what = `nothing satisfies the schema of ${JSON.stringify(key)}, which ${name} requires`
    findings.problem(place, what, 'give it a value under "fixed", or take the tool out')
  }
  try {
    compileJudge(inputSchema)
  } catch (error) {
    const place = bundle.place(['paths', operation.path, operation.method.toLowerCase()])
    const reason = error instanceof Error ? error.message : String(error)
    findings.problem(place, `the arguments of ${name} have no valid schema: ${reason}`)
  }
}

type Texts = Pick<ToolModel, 'title' | 'description' | 'instructions'>

function writeTexts(
  { name, parts, entry, operation }: SelectedTool,
  model: Parameters<typeof writeInstructions>[0],
  { bundle, allowList, findings }: ToolContext,
): Texts {
  const node = objectAt(
    valueAt(bundle.document, ['paths', operation.path, operation.method.toLowerCase()]),
  )
  const summary = typeof node['summary'] === 'string' ? toPlainText(node['summary']) : ''
  const details = typeof node['description'] === 'string' ? toPlainText(node['description']) : ''
  const words = capitalise(toWords(`${parts.action} ${parts.namespace}`))
  const title =
    entry.title === undefined
      ? cutText(summary === '' ? words : toTitle(summary), MAX_TITLE_BYTES)
      : toOneLine(entry.title)
  const own = joinTexts(summary, details)
  const description =
    entry.description === undefined
      ? cutText(own === '' ? toSentence(title) : own, MAX_DESCRIPTION_BYTES)
      : toParagraphs(entry.description)
  const instructions =
    entry.instructions === undefined
      ? cutText(writeInstructions(model), MAX_TEXT_BYTES - byteLength(`${description}\n\n`))
      : toParagraphs(entry.instructions)
  const check = (key: 'title' | 'description' | 'instructions', text: string, limit: number) => {
    if (byteLength(text) <= limit) return
    const what = `has ${byteLength(text)} bytes; clients cut after ${limit}`
    findings.problem(allowList.place(['tools', name, key]), what)
  }
  check('title', title, MAX_TITLE_BYTES)
  check('description', description, MAX_DESCRIPTION_BYTES)
  check('instructions', instructions, MAX_TEXT_BYTES - byteLength(`${description}\n\n`))
  return { title, description, instructions }
}
