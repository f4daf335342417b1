import { toolCall, writeRequest, type Era, type Wish } from '../load/messages.ts'
import { toRequest } from '../load/shot.ts'
import type { NodeProgram } from '../services/node-program.ts'
import type { Case } from './cases.ts'

/** A server whose calls are measured. */
export type Subject = {
  readonly name: string
  readonly program: NodeProgram
  readonly headers: Readonly<Record<string, string>>
  /** What it calls the tools. */
  readonly toolNames: Readonly<Record<Case['tool'], string>>
  /** Whether it takes part in a case. */
  readonly takes: (each: Case) => boolean
  /** Whether it shows the columns of a tool that has some; others pass everything on. */
  readonly projects: boolean
  /** Whether it is somebody else's, and may fail. */
  readonly isPeer: boolean
  /** The calls that it was sent. */
  readonly sent: Tally
}

/** The names that the allow-list gives them. */
export const OWN_NAMES = {
  'invoices.get': 'invoices.get',
  'invoices.list': 'invoices.list',
} as const

/** What requests for the list of tools are counted as. */
export const LIST = 'tools/list'

/** Counts what was sent to a subject, by tool. */
export type Tally = Map<string, number>

/** Counts calls of a tool. */
export function note({ sent }: Pick<Subject, 'sent'>, tool: string, calls: number): void {
  sent.set(tool, (sent.get(tool) ?? 0) + calls)
}

/** What clients of each era say beside what the era itself needs. */
const CLIENT_HEADERS: Readonly<Record<Era, Readonly<Record<string, string>>>> = {
  legacy: { 'mcp-protocol-version': '2025-06-18' },
  modern: {},
}
const ACCEPT = { accept: 'application/json, text/event-stream' }

/** All ids that follow have as many digits. */
export const FIRST_ID = 1_000

/** Writes the bytes that a call takes to a subject. @param id that no other call has meanwhile */
export function writeCall(subject: Subject, { era, tool, argsOf }: Case, id = FIRST_ID): Buffer {
  return write(subject, era, id, toolCall(subject.toolNames[tool], argsOf(id)))
}

/** Writes the bytes that ask a subject for its tools. @param id that no other request has meanwhile */
export function writeList(subject: Subject, era: Era, id = FIRST_ID): Buffer {
  return write(subject, era, id, { method: LIST, params: {} })
}

function write({ headers }: Subject, era: Era, id: number, wish: Wish): Buffer {
  const written = writeRequest(era, id, wish)
  return toRequest(
    { ...ACCEPT, ...CLIENT_HEADERS[era], ...headers, ...written.headers },
    written.body,
  )
}
