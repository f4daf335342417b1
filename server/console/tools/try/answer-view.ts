import { isRecord } from '../../../json.ts'
import type { ConsoleAnswer } from '../../../mcp/console-call.ts'
import { parseLossless } from '../../../mcp/lossless-json.ts'

/** A page stays light, whatever a tool answers. */
const MAX_SHOWN_CHARS = 20_000

/** An answer as the page shows it. */
export type AnswerView = {
  readonly badge: { readonly text: string; readonly tone: 'good' | 'bad' }
  /** What it comes to, in one sentence. */
  readonly text: string
  /** JSON or text, in the order of the answer. */
  readonly blocks: readonly { readonly text: string }[]
  /** What is not shown. */
  readonly notes: readonly string[]
}

/** Reads what a client would get. */
export function toAnswerView({ status, body }: ConsoleAnswer): AnswerView {
  const answer = parseLossless(body)
  const { result, error } = isRecord(answer) ? answer : {}
  if (isRecord(result)) return toResultView(result)
  if (isRecord(error)) return toErrorView(error)
  return show({
    badge: { text: 'Refused', tone: 'bad' },
    text: `The call was refused with the HTTP status ${status}.`,
    blocks: [toPretty(answer)],
  })
}

/** A call that was not made; it stands where its answer would, for a page that asks for that alone. */
export function toNotSent(problem: string): AnswerView {
  return { badge: { text: 'Not called', tone: 'bad' }, text: problem, blocks: [], notes: [] }
}

function toResultView({ content, isError }: Readonly<Record<string, unknown>>): AnswerView {
  const blocks = Array.isArray(content) ? content.map(toBlock) : []
  if (isError === true) {
    const text = 'The arguments were refused. A model is told the same and can correct itself.'
    return show({ badge: { text: 'Wrong arguments', tone: 'bad' }, text, blocks })
  }
  const text = 'This is what the model is given.'
  return show({ badge: { text: 'Answered', tone: 'good' }, text, blocks })
}

function toErrorView({ code, message, data }: Readonly<Record<string, unknown>>): AnswerView {
  const status = isRecord(data) ? data['status'] : undefined
  const told = typeof status === 'number' ? ` with data.status ${status}` : ''
  return show({
    badge: { text: 'Failed', tone: 'bad' },
    text: `${String(message)}: JSON-RPC error ${String(code)}${told}.`,
    blocks: data === undefined ? [] : [toPretty(data)],
  })
}

/** A file is not shown: what stands beside it says what it is. */
function toBlock(part: unknown): string {
  if (!isRecord(part)) return toPretty(part)
  if (part['type'] === 'text' && typeof part['text'] === 'string') return toPrettyText(part['text'])
  return `[${String(part['type'])}]`
}

function toPrettyText(text: string): string {
  try {
    return toPretty(parseLossless(text))
  } catch (error) {
    if (error instanceof SyntaxError) return text
    throw error
  }
}

function toPretty(value: unknown): string {
  return JSON.stringify(value, null, 2)
}

function show(view: Omit<AnswerView, 'blocks' | 'notes'> & { readonly blocks: readonly string[] }) {
  const { blocks, ...rest } = view
  const length = blocks.reduce((sum, block) => sum + block.length, 0)
  let left = MAX_SHOWN_CHARS
  const shown = blocks.flatMap((block) => {
    const text = block.slice(0, left).toWellFormed()
    left -= text.length
    return text === '' ? [] : [{ text }]
  })
  const hidden = length - MAX_SHOWN_CHARS
  const notes = hidden > 0 ? [`${hidden} more characters are not shown here.`] : []
  return { ...rest, blocks: shown, notes }
}
