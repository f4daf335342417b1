import { setTimeout as sleep } from 'node:timers/promises'
import { isRecord } from '../../server/json.ts'
import type { Random } from '../../demo/seed/random.ts'
import { otherThan, type Organization } from '../../test/support/callers.ts'
import type { OrganizationRecords } from '../../test/support/organization-records.ts'
import type { Ledger, Outcome } from '../ledger/ledger.ts'
import type { Caller } from '../callers/people.ts'

const TOOLS = ['invoices.list', 'taxGroups.list', 'projects.list', 'counterparties.list'] as const
/** Longer than anything may take: the proxy gives up earlier. */
const PATIENCE_MS = 40_000

/** What the calls need to know. */
export type CallOptions = {
  readonly origin: string
  readonly ledger: Ledger
  readonly records: Readonly<Record<Organization, OrganizationRecords>>
  /** Whether calls of an organization may be refused because it is switched off. */
  readonly mayBeOff: (organization: Organization, sentAt: number, endedAt: number) => boolean
}

type Question = { readonly kind: string; readonly methods: readonly Method[] }
type Method = { readonly method: string; readonly tool: string | null; readonly isBad: boolean }

/** Sends calls of one caller after another until it is told to stop. */
export async function callAround(
  options: CallOptions,
  load: {
    readonly callers: readonly Caller[]
    readonly random: Random
    readonly pauseMs: number
    readonly signal: AbortSignal
  },
): Promise<void> {
  const { callers, random, pauseMs, signal } = load
  while (!signal.aborted) {
    const caller = callers[random.integer(0, callers.length - 1)]
    if (caller !== undefined) await ask(options, caller, drawQuestion(random))
    await sleep(random.integer(0, 2 * pauseMs))
  }
}

/** Calls one tool once, for those who look at a single answer. */
export async function callOnce(options: CallOptions, caller: Caller): Promise<Outcome> {
  return ask(options, caller, { kind: 'call', methods: [toolCall('taxGroups.list')] })
}

function drawQuestion(random: Random): Question {
  const tool = TOOLS[random.integer(0, TOOLS.length - 1)] ?? 'invoices.list'
  const kind = random.integer(0, 9)
  if (kind < 6) return { kind: 'call', methods: [toolCall(tool)] }
  if (kind < 7)
    return { kind: 'list', methods: [{ method: 'tools/list', tool: null, isBad: false }] }
  if (kind < 8) return { kind: 'error', methods: [{ ...toolCall('invoices.burn'), isBad: true }] }
  return { kind: 'batch', methods: [toolCall(tool), toolCall('costGroups.list'), toolCall(tool)] }
}

function toolCall(tool: string): Method {
  return { method: 'tools/call', tool, isBad: false }
}

async function ask(options: CallOptions, caller: Caller, question: Question): Promise<Outcome> {
  const { ledger, origin } = options
  const requestId = ledger.nextId()
  const messages = question.methods.map(({ method, tool }, index) => ({
    jsonrpc: '2.0',
    id: `${requestId}.${index}`,
    method,
    params: tool === null ? {} : { name: tool, arguments: {} },
  }))
  const body = messages.length === 1 ? messages[0] : messages
  const sentAt = Date.now()
  const answer = await fetch(`${origin}/mcp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-request-id': requestId, ...caller.headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
    .then(async (response) => ({ status: response.status, text: await response.text() }))
    .catch((error: unknown) => ({ status: 0, text: String(error) }))
  const endedAt = Date.now()
  const judged = judge(options, caller, question, { ...answer, requestId, sentAt, endedAt })
  const { kind } = question
  const { who } = caller
  ledger.note({ kind, who, requestId, sentAt, endedAt, messages: messages.length, ...judged })
  return judged.outcome
}

type Judged = { readonly outcome: Outcome; readonly detail: string }

function judge(
  { records, mayBeOff }: CallOptions,
  { organization }: Caller,
  { methods }: Question,
  answer: {
    readonly status: number
    readonly text: string
    readonly requestId: string
    readonly sentAt: number
    readonly endedAt: number
  },
): Judged {
  const { status, text, requestId, sentAt, endedAt } = answer
  const detail = `${status} ${text.slice(0, 200)}`
  if (status === 0 || status === 502 || (status === 504 && text.startsWith('<'))) {
    return { outcome: 'no answer', detail }
  }
  const value = parse(text)
  if (status === 403 && isRecord(value) && value['error'] === 'mcp_disabled') {
    const isFine = mayBeOff(organization, sentAt, endedAt)
    return { outcome: isFine ? 'switched off' : 'wrong', detail }
  }
  if (status === 503 && isRecord(value)) {
    return { outcome: value['error'] === 'overloaded' ? 'busy' : 'unavailable', detail }
  }
  if (status !== 200) return { outcome: 'wrong', detail }
  const list = Array.isArray(value) ? value : [value]
  if (list.some(isUnavailable)) return { outcome: 'unavailable', detail }
  if (list.length === methods.length && list.every(isRateLimited)) {
    return { outcome: 'rate limited', detail: '' }
  }
  // What tools are called and said to do is the same for all, examples included.
  const isData = methods.every(({ tool }) => tool !== null)
  const other = isData ? records[otherThan(organization)].findIn(text) : null
  if (other !== null) return { outcome: 'wrong', detail: `shows ${other} of the other` }
  const isRight =
    list.length === methods.length &&
    methods.every((method, index) => isAnswer(list, `${requestId}.${index}`, method))
  return isRight ? { outcome: 'right', detail: '' } : { outcome: 'wrong', detail }
}

function isAnswer(answers: readonly unknown[], id: string, { tool, isBad }: Method): boolean {
  const answer = answers.find((each) => isRecord(each) && each['id'] === id)
  if (!isRecord(answer)) return false
  if (isBad) return isRecord(answer['error']) && answer['error']['code'] === -32_602
  if (!isRecord(answer['result'])) return false
  if (tool === null) return Array.isArray(answer['result']['tools'])
  const { content, isError }: Readonly<Record<string, unknown>> = answer['result']
  const list: readonly unknown[] = Array.isArray(content) ? content : []
  const [first] = list
  return isError !== true && isRecord(first) && /"data":\s*\[\s*\{/.test(String(first['text']))
}

/** The database or the upstream went away in the middle of a call. */
function isUnavailable(value: unknown): boolean {
  if (!isRecord(value) || !isRecord(value['error'])) return false
  const { data } = { data: null, ...value['error'] }
  return value['error']['code'] === -32_000 && isRecord(data) && data['status'] === 503
}

function isRateLimited(value: unknown): boolean {
  if (!isRecord(value) || !isRecord(value['error'])) return false
  const { data } = { data: null, ...value['error'] }
  return isRecord(data) && data['status'] === 429 && Number(data['retryAfter']) > 0
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return null
  }
}
