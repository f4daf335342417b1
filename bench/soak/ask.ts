import type { Dispatcher } from 'undici'
import { request } from 'undici'
import type { Caller } from '../callers/people.ts'
import type { Ledger, Outcome } from '../ledger/ledger.ts'
import type { Answer } from './expectations.ts'
import type { Question } from './questions.ts'

/** Longer than anything may take. */
const PATIENCE_MS = 30_000

/** Asks one question and notes how it ended. */
export async function ask(
  options: {
    readonly origin: string
    readonly dispatcher: Dispatcher
    readonly ledger: Ledger
    readonly requestId: string
  },
  caller: Caller,
  question: Question,
): Promise<void> {
  const { ledger, requestId } = options
  const { kind, messages, leavesAfterMs } = question
  const sentAt = Date.now()
  const answer = await send(options, caller, question)
  const entry = { kind, who: caller.who, requestId, messages, sentAt, endedAt: Date.now() }
  if (answer === null && leavesAfterMs !== null) {
    ledger.note({ ...entry, outcome: 'no answer', detail: '' })
    return
  }
  const complaint = answer === null ? 'no answer' : question.judge(answer)
  const outcome: Outcome = complaint === null ? 'right' : 'wrong'
  const shown = answer === null ? '' : ` ${answer.status} ${answer.text.slice(0, 200)}`
  ledger.note({ ...entry, outcome, detail: complaint === null ? '' : complaint + shown })
}

/** Gives the answer; `null` where none came, or the client did not wait for it. */
async function send(
  options: {
    readonly origin: string
    readonly dispatcher: Dispatcher
    readonly requestId: string
  },
  caller: Caller,
  { body, headers, sender, leavesAfterMs }: Question,
): Promise<Answer | null> {
  const { origin, dispatcher, requestId } = options
  try {
    const answer = await request(`${origin}/mcp`, {
      dispatcher,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-request-id': requestId,
        ...headers,
        ...headersOf(sender, caller),
      },
      body,
      signal: AbortSignal.timeout(leavesAfterMs ?? PATIENCE_MS),
    })
    return { status: answer.statusCode, text: await answer.body.text() }
  } catch {
    return null
  }
}

function headersOf(sender: Question['sender'], caller: Caller): Readonly<Record<string, string>> {
  if (sender === 'caller') return caller.headers
  return sender === 'nobody' ? {} : { authorization: 'Bearer eyJhbGciOiJFUzI1NiJ9.e30.AAAA' }
}
