import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '../../demo/seed/random.ts'
import { bearer, connect } from '../../test/support/oauth-client.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Connection } from '../callers/people.ts'
import { judge, postForm } from './refresh-chains.ts'

/** Endings of grants reach every instance within this time. */
const EFFECT_MS = 2_000
const RETRY_MS = 200

/** A connection that its client has ended, and when it was told so. */
export type Ended = Connection & { readonly revokedAt: number }

/**
 * Registers a client, connects it, and ends it again, until told to stop; each ended connection is
 * tried again and must stay ended.
 *
 * @returns those whose end was answered
 */
export async function connectAndRevoke(
  options: { readonly origin: string; readonly ledger: Ledger },
  load: { readonly random: Random; readonly pauseMs: number; readonly signal: AbortSignal },
): Promise<readonly Ended[]> {
  const { origin, ledger } = options
  const { random, pauseMs, signal } = load
  const ended: Ended[] = []
  while (!signal.aborted) {
    await sleep(random.integer(0, 2 * pauseMs))
    const connection = await open(origin, ledger)
    if (connection === null) continue
    const revokedAt = await revoke(options, connection)
    ended.push({ ...connection, revokedAt })
    const one = ended[random.integer(0, ended.length - 1)]
    if (one !== undefined) await tryEnded(options, one)
  }
  return ended
}

/** Uses what an ended connection had; both of its tokens must be refused. */
export async function tryEnded(
  { origin, ledger }: { readonly origin: string; readonly ledger: Ledger },
  { client, tokens, revokedAt }: Ended,
): Promise<void> {
  const sentAt = Date.now()
  if (sentAt < revokedAt + EFFECT_MS) return
  const requestId = ledger.nextId()
  const answer = await postForm(origin, '/oauth/token', requestId, {
    grant_type: 'refresh_token',
    client_id: client.client_id,
    refresh_token: tokens.refresh_token,
  })
  const call = await fetch(`${origin}/mcp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...bearer(tokens.access_token) },
    body: '{"jsonrpc":"2.0","id":1,"method":"tools/list"}',
  })
    .then(async (response) => ({ status: response.status, text: await response.text() }))
    .catch((error: unknown) => ({ status: 0, text: String(error) }))
  const lives = [answer.status, call.status].includes(200)
  const isRefused = answer.status === 400 && call.status === 401
  const entry = { kind: 'use after its end', who: client.client_id, requestId, messages: 1 }
  const outcome = lives ? 'wrong' : isRefused ? 'right' : 'no answer'
  const detail = `${answer.status} ${answer.text.slice(0, 80)}, ${call.status}`
  ledger.note({ ...entry, sentAt, endedAt: Date.now(), outcome, detail })
}

/** A person whose sign-in is disturbed begins again; nothing is owed until the client has tokens. */
async function open(origin: string, ledger: Ledger): Promise<Connection | null> {
  const sentAt = Date.now()
  const connection = await connect(origin).catch((error: unknown) => String(error))
  const isOpen = typeof connection !== 'string'
  ledger.note({
    ...{ kind: 'connect', who: '', requestId: ledger.nextId(), messages: 0, sentAt },
    endedAt: Date.now(),
    outcome: isOpen ? 'right' : 'no answer',
    detail: isOpen ? '' : connection.slice(0, 200),
  })
  return isOpen ? connection : null
}

/** Asks until it is answered. */
async function revoke(
  { origin, ledger }: { readonly origin: string; readonly ledger: Ledger },
  { client, tokens }: Connection,
): Promise<number> {
  for (;;) {
    const requestId = ledger.nextId()
    const sentAt = Date.now()
    const answer = await postForm(origin, '/oauth/revoke', requestId, {
      client_id: client.client_id,
      token: tokens.refresh_token,
    })
    const { outcome, detail } = judge(answer)
    const entry = { kind: 'revoke', who: client.client_id, requestId, messages: 1 }
    ledger.note({ ...entry, sentAt, endedAt: Date.now(), outcome, detail })
    if (outcome === 'right') return Date.now()
    await sleep(RETRY_MS)
  }
}
