import { isRecord } from '../../server/json.ts'

/** An HTTP answer, read whole. */
export type Answer = { readonly status: number; readonly text: string }

/** Says what is wrong with an answer; `null` where nothing is. */
export type Judge = (answer: Answer) => string | null

/** Says what is wrong with a JSON-RPC answer whose HTTP status and id are right. */
export type RpcJudge = (answer: Readonly<Record<string, unknown>>) => string | null

/** Expects one JSON-RPC answer. */
export function expectRpc(id: string | null, judge: RpcJudge, status = 200): Judge {
  return (answer) => {
    if (answer.status !== status) return `HTTP ${answer.status}, not ${status}`
    return judgeOne(parse(answer.text), id, judge)
  }
}

/** Expects an answer for each request of a batch, in any order. */
export function expectBatch(judges: ReadonlyMap<string, RpcJudge>): Judge {
  return ({ status, text }) => {
    const answers = parse(text)
    if (status !== 200 || !Array.isArray(answers)) return `HTTP ${status}, or no batch`
    if (answers.length !== judges.size)
      return `${answers.length} answers to ${judges.size} requests`
    const list: readonly unknown[] = answers
    for (const [id, judge] of judges) {
      const own = list.find((each) => isRecord(each) && each['id'] === id)
      const complaint = judgeOne(own, id, judge)
      if (complaint !== null) return complaint
    }
    return null
  }
}

/** Expects an HTTP status and nothing of the body. */
export function expectStatus(status: number): Judge {
  return (answer) => (answer.status === status ? null : `HTTP ${answer.status}, not ${status}`)
}

/** Expects an error with a code, and with the upstream's status where it comes from there. */
export function isError(code: number, upstreamStatus: number | null = null): RpcJudge {
  return ({ error }) => {
    if (!isRecord(error) || error['code'] !== code) return `no error ${code}`
    const { data } = error
    const isTold = upstreamStatus === null || (isRecord(data) && data['status'] === upstreamStatus)
    return isTold ? null : `not the upstream's status ${upstreamStatus}`
  }
}

/** Expects that a tool refuses its arguments, and names one. */
export function isRefusalOf(argument: string): RpcJudge {
  return ({ result }) => {
    const isNamed = isRecord(result) && textOf(result)?.includes(`"${argument}"`) === true
    return isNamed && result['isError'] === true ? null : `no refusal of "${argument}"`
  }
}

/** Expects a tool's answer, and hands on its text. */
export function isToolAnswer(judgeText: (text: string) => string | null): RpcJudge {
  return ({ result }) => {
    const text = isRecord(result) && result['isError'] !== true ? textOf(result) : null
    return text === null ? "no tool's answer" : judgeText(text)
  }
}

/** Expects a result that has a member, and hands on the result's JSON. */
export function isResultWith(member: string, judgeJson: (json: string) => string | null): RpcJudge {
  return ({ result }) =>
    isRecord(result) && member in result
      ? judgeJson(JSON.stringify(result))
      : `no result with "${member}"`
}

function judgeOne(answer: unknown, id: string | null, judge: RpcJudge): string | null {
  if (!isRecord(answer)) return 'no JSON-RPC answer'
  return answer['id'] === id ? judge(answer) : `the answer to ${JSON.stringify(answer['id'])}`
}

function textOf(result: Readonly<Record<string, unknown>>): string | null {
  const { content } = result
  const list: readonly unknown[] = Array.isArray(content) ? content : []
  const [first] = list
  return isRecord(first) && typeof first['text'] === 'string' ? first['text'] : null
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return null
  }
}
