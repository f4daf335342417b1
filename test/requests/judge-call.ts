import { isDeepStrictEqual } from 'node:util'
import { isList, isObject, objectAt, type Json, type JsonObject } from '../../codegen/json.ts'
import type { Tool } from '../../server/mcp/tool.ts'
import type { RecordedRequest } from '../support/recording-upstream.ts'
import { enforcerJudge } from './enforcer-judge.ts'
import { harJudge } from './har-judge.ts'
import { findBlindness, type Judge } from './judge.ts'
import type { JudgedOperation, JudgedParameter, Meant, SentValue } from './judged-operation.ts'
import { count, type Tally } from './judgement.ts'
import type { RecordedCall } from './record-call.ts'
import { schemaJudge } from './schema-judge.ts'
import { swaggerClientJudge } from './swagger-client-judge.ts'

const JUDGES = [swaggerClientJudge, harJudge, enforcerJudge, schemaJudge] as const

/** Credentials are the connector's own, wherever the document puts them. */
const CREDENTIAL = /token|api_?key|secret/i

/** One call, and what it was made of. */
export type CallToJudge = {
  readonly operation: JudgedOperation
  /** The tool accepts more than the document's schemas, for a known reason. */
  readonly isWidened: boolean
  readonly tool: Tool
  readonly args: JsonObject
  readonly call: Extract<RecordedCall, { kind: 'sent' }>
  readonly baseUrl: string
}

/** Has every judge look at one call; `fail` is told who found what. */
export async function judgeCall(
  { operation, isWidened, tool, args, call, baseUrl }: CallToJudge,
  tally: Tally,
  fail: (judge: string, what: string) => void,
): Promise<void> {
  const { values, strangers } = findParameters(operation, call.values)
  for (const stranger of strangers) fail('the document', `knows no ${stranger}`)
  for (const { in: place, name } of listMissing(operation, values)) {
    fail('the document', `demands the ${place} parameter ${name}`)
  }
  for (const key of listLost(args, values, call.body)) fail('the arguments', `${key} was not sent`)
  const meant = {
    operation,
    given: values,
    values: values.flatMap(keepGiven),
    body: call.body,
    isWidened: isWidened || JSON.stringify(tool.inputSchema).includes('not described here'),
  }
  const judges = JUDGES.filter((judge) => {
    const reason = findBlindness(judge, meant)
    count(reason === null ? tally.judged : tally.excluded, reason ?? judge.name)
    return reason === null
  })
  if (!judges.some((judge) => judge !== schemaJudge)) tally.unjudged += 1
  for (const judge of judges) {
    const difference = await hear(judge, meant, call.request, baseUrl)
    if (difference !== null) fail(judge.name, difference)
  }
}

function findParameters(
  operation: JudgedOperation,
  given: Readonly<Record<string, JsonObject>>,
): { readonly values: readonly SentValue[]; readonly strangers: readonly string[] } {
  const values: SentValue[] = []
  const strangers: string[] = []
  for (const [place, named] of Object.entries(given)) {
    for (const [name, value] of Object.entries(named)) {
      const parameter = operation.parameters.find((each) => each.in === place && each.name === name)
      if (parameter === undefined) strangers.push(`${place} parameter ${name}`)
      else values.push({ parameter, value })
    }
  }
  return { values, strangers }
}

/** What the document demands of a caller, and did not get. */
function listMissing(
  operation: JudgedOperation,
  values: readonly SentValue[],
): readonly JudgedParameter[] {
  return operation.parameters.filter(
    (parameter) =>
      parameter.node['required'] === true &&
      ['path', 'query'].includes(parameter.in) &&
      !(parameter.in === 'query' && CREDENTIAL.test(parameter.name)) &&
      !values.some((sent) => sent.parameter === parameter),
  )
}

/** Every argument has its place in the request, as it was given. */
function listLost(
  args: JsonObject,
  values: readonly SentValue[],
  body: Json | undefined,
): readonly string[] {
  const rest = [
    ...values.map(({ value }) => value),
    ...(body === undefined ? [] : [body, ...Object.values(objectAt(body))]),
  ]
  return Object.entries(args).flatMap(([key, value]) => {
    const index = rest.findIndex((each) => isDeepStrictEqual(each, value))
    if (index === -1) return [key]
    rest.splice(index, 1)
    return []
  })
}

/** What RFC 6570, section 2.3, calls undefined is not sent: `null`, and what has no members. */
function keepGiven({ parameter, value }: SentValue): readonly SentValue[] {
  if ('content' in parameter.node) return [{ parameter, value }]
  const given = isList(value)
    ? value.filter((item) => item !== null)
    : isObject(value)
      ? Object.fromEntries(Object.entries(value).filter(([, item]) => item !== null))
      : value
  const isEmpty = given === null || (typeof given === 'object' && Object.keys(given).length === 0)
  return isEmpty ? [] : [{ parameter, value: given }]
}

/** A judge that throws has found something, too. */
async function hear(
  judge: Judge,
  meant: Meant,
  request: RecordedRequest,
  baseUrl: string,
): Promise<string | null> {
  try {
    return await judge.judge(meant, request, baseUrl)
  } catch (error) {
    return String(error)
  }
}
