import type { Random } from '../../demo/seed/random.ts'
import type { OrganizationRecords } from '../../test/support/organization-records.ts'
import type { Caller } from '../callers/people.ts'
import {
  expectBatch,
  expectRpc,
  expectStatus,
  isError,
  isRefusalOf,
  isResultWith,
  isToolAnswer,
  type Judge,
  type RpcJudge,
} from './expectations.ts'
import { toolCall, writeBatch, writeRequest, type Era, type Wish } from '../load/messages.ts'
import type { References } from './references.ts'

/** One HTTP request, and what has to come back. */
export type Question = {
  readonly kind: string
  readonly body: string
  /** Beside those that say who is calling. */
  readonly headers: Readonly<Record<string, string>>
  /** JSON-RPC messages in it; what is none counts as one. */
  readonly messages: number
  readonly sender: 'caller' | 'nobody' | 'impostor'
  /** The client leaves after so long; `null` waits. */
  readonly leavesAfterMs: number | null
  readonly judge: Judge
}

/** What questions are drawn from. */
export type Source = {
  readonly random: Random
  readonly caller: Caller
  /** Of the caller's organization. */
  readonly own: OrganizationRecords
  /** Of the organization that nothing may be shown of. */
  readonly other: OrganizationRecords
  readonly references: References
  /** Of the request; ids of messages are made from it. */
  readonly requestId: string
}

const LISTS = ['invoices.list', 'counterparties.list', 'contracts.list', 'projects.list'] as const
/** Who may not read bank accounts. */
const FORBIDDEN = 'acme:member@acme.example'
const IDS = 20
const MAX_LEAVE_MS = 12

/** Draws a question by its kind. */
type Draw = (source: Source, id: string, era: Era) => Pick<Question, 'judge'> & Partial<Question>

/** The mixture: of a hundred questions, so many are of this kind. */
const KINDS: readonly (readonly [share: number, kind: string, draw: Draw])[] = [
  [27, 'list', (source, id, era) => askTool(source, id, era, drawList(source.random, 25))],
  [14, 'get', (source, id, era) => askTool(source, id, era, drawGet(source))],
  [4, 'bank accounts', drawBankAccounts],
  [6, 'large list', (source, id, era) => askTool(source, id, era, drawList(source.random, 100))],
  [11, 'tools', (source, id, era) => askResult(source, id, era, wish('tools/list'), 'tools')],
  [4, 'initialize', drawInitialize],
  [2, 'initialized', drawInitialized],
  [4, 'discover', drawDiscover],
  [6, 'batch', drawBatch],
  [6, 'bad arguments', drawBadArguments],
  [3, 'unknown tool', (_source, id, era) => askError(id, era, toolCall('invoices.burn'), -32_602)],
  [2, 'unknown method', drawUnknownMethod],
  [3, 'not found', drawNotFound],
  [1, 'no JSON', () => ({ body: '{"jsonrpc":', judge: expectRpc(null, isError(-32_700), 400) })],
  [1, 'nobody', (_source, id, era) => askInVain(id, era, 'nobody')],
  [1, 'impostor', (_source, id, era) => askInVain(id, era, 'impostor')],
  [5, 'client leaves', drawLeaving],
]
const SHARES = KINDS.reduce((sum, [share]) => sum + share, 0)

/** Draws the next question of a caller. */
export function drawQuestion(source: Source): Question {
  const { random, requestId } = source
  const era = random.pick(['legacy', 'modern'] as const)
  let left = random.integer(1, SHARES)
  const found = KINDS.find(([share]) => (left -= share) <= 0)
  if (found === undefined) throw new Error('no kind of question')
  const [, kind, draw] = found
  const drawn = draw(source, `${requestId}.0`, era)
  return {
    ...{ kind, body: '', headers: {}, messages: 1, sender: 'caller', leavesAfterMs: null },
    ...drawn,
  }
}

function askTool(source: Source, id: string, era: Era, call: Wish) {
  return { ...writeRequest(era, id, call), judge: expectRpc(id, likeBefore(source, call)) }
}

/** The same text as before; the first time, one with nothing of the other organization in it. */
function likeBefore({ caller, references, other }: Source, call: Wish): RpcJudge {
  const question = JSON.stringify([caller.who, call])
  return isToolAnswer((text) =>
    references.check(question, text, (first) => {
      const foreign = other.findIn(first)
      if (foreign !== null) return `shows ${foreign} of the other organization`
      return /"(?:data|id)":/.test(first) ? null : 'neither a list nor a record'
    }),
  )
}

function askResult(source: Source, id: string, era: Era, asked: Wish, member: string) {
  const question = JSON.stringify([source.caller.who, era, asked])
  const judge = isResultWith(member, (json) => source.references.check(question, json, () => null))
  return { ...writeRequest(era, id, asked), judge: expectRpc(id, judge) }
}

function askError(id: string, era: Era, asked: Wish, code: number, upstreamStatus?: number) {
  return { ...writeRequest(era, id, asked), judge: expectRpc(id, isError(code, upstreamStatus)) }
}

function askInVain(id: string, era: Era, sender: Question['sender']) {
  return { ...writeRequest(era, id, wish('tools/list')), sender, judge: expectStatus(401) }
}

function wish(method: string, params: Readonly<Record<string, unknown>> = {}): Wish {
  return { method, params }
}

function drawList(random: Random, pageSize: number): Wish {
  const tool = random.pick(LISTS)
  return toolCall(tool, { page: random.integer(1, 2), pageSize })
}

function drawGet({ random, own }: Source): Wish {
  const [tool, argument, prefix] = random.pick([
    ['invoices.get', 'invoiceId', 'inv_'],
    ['contracts.get', 'contractId', 'ctr_'],
  ] as const)
  return toolCall(tool, { [argument]: random.pick((own.ids.get(prefix) ?? []).slice(0, IDS)) })
}

function drawBankAccounts(source: Source, id: string, era: Era) {
  const call = toolCall('bankAccounts.list')
  if (source.caller.who === FORBIDDEN) return askError(id, era, call, -32_000, 403)
  return askTool(source, id, era, call)
}

function drawInitialize(source: Source, id: string) {
  const client = { capabilities: {}, clientInfo: { name: 'soak', version: '1' } }
  const asked = wish('initialize', { protocolVersion: '2025-11-25', ...client })
  return askResult(source, id, 'legacy', asked, 'protocolVersion')
}

function drawInitialized() {
  const body = JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' })
  return { body, judge: expectStatus(202) }
}

function drawDiscover(source: Source, id: string) {
  return askResult(source, id, 'modern', wish('server/discover'), 'supportedVersions')
}

function drawBatch(source: Source) {
  const { random, requestId } = source
  const calls = [drawList(random, 5), drawGet(source), toolCall('taxGroups.list')]
  const requests = calls.map((call, index) => ({ ...call, id: `${requestId}.${index}` }))
  const judges = new Map(requests.map(({ id, ...call }) => [id, likeBefore(source, call)]))
  return { ...writeBatch(requests), messages: requests.length, judge: expectBatch(judges) }
}

function drawBadArguments({ random }: Source, id: string, era: Era) {
  const [tool, argument, value] = random.pick([
    ['invoices.list', 'pageSize', 1_000],
    ['invoices.list', 'issuedFrom', 'yesterday'],
    ['invoices.get', 'invoiceId', ''],
    ['contracts.list', 'nothing', true],
  ] as const)
  const call = toolCall(tool, { [argument]: value })
  return { ...writeRequest(era, id, call), judge: expectRpc(id, isRefusalOf(argument)) }
}

function drawUnknownMethod(_source: Source, id: string, era: Era) {
  const status = era === 'modern' ? 404 : 200
  const written = writeRequest(era, id, wish('tools/burn'))
  return { ...written, judge: expectRpc(id, isError(-32_601), status) }
}

function drawNotFound(_source: Source, id: string, era: Era) {
  return askError(id, era, toolCall('invoices.get', { invoiceId: 'inv_none' }), -32_000, 404)
}

/** Some leave before their request has arrived, and some after their answer has. */
function drawLeaving(source: Source, id: string, era: Era) {
  const leavesAfterMs = source.random.integer(0, MAX_LEAVE_MS)
  return { ...askTool(source, id, era, drawList(source.random, 100)), leavesAfterMs }
}
