import { setTimeout as sleep } from 'node:timers/promises'
import { isRecord } from '../../server/json.ts'
import type { Random } from '../../demo/seed/random.ts'
import type { TestClient, Tokens } from '../../test/support/oauth-client.ts'
import type { Ledger, Outcome } from '../ledger/ledger.ts'
import type { Connection } from '../callers/people.ts'

const RETRY_MS = 200
/** A lost answer is certain to be lost after ten seconds (docs/architecture.md); the rest is patience. */
const PATIENCE_MS = 40_000

/** A connection whose client refreshes again and again, with all that it was ever answered. */
export type Chain = {
  readonly client: TestClient
  /** The last that was answered: all that the client has. */
  tokens: Tokens
  /** Answered refreshes. */
  refreshes: number
  /** Ended by a refusal, which no client deserves that keeps to what it was answered. */
  complaint: string | null
}

/** Makes the chain of a connection. */
export function createChain({ client, tokens }: Connection): Chain {
  return { client, tokens, refreshes: 0, complaint: null }
}

/** Refreshes until told to stop, and goes on with the same token where no answer came. */
export async function refreshOn(
  options: { readonly origin: string; readonly ledger: Ledger },
  chain: Chain,
  load: { readonly random: Random; readonly pauseMs: number; readonly signal: AbortSignal },
): Promise<void> {
  const { random, pauseMs, signal } = load
  while (!signal.aborted && chain.complaint === null) {
    const outcome = await refreshOnce(options, chain)
    await sleep(outcome === 'right' ? random.integer(0, 2 * pauseMs) : RETRY_MS)
  }
}

/** One refresh with the last answered token. */
export async function refreshOnce(
  options: { readonly origin: string; readonly ledger: Ledger },
  chain: Chain,
): Promise<Outcome> {
  const { ledger } = options
  const requestId = ledger.nextId()
  const sentAt = Date.now()
  const answer = await postForm(options.origin, '/oauth/token', requestId, {
    grant_type: 'refresh_token',
    client_id: chain.client.client_id,
    refresh_token: chain.tokens.refresh_token,
  })
  const { outcome, detail } = judge(answer)
  const entry = { kind: 'refresh', who: chain.client.client_id, requestId, messages: 1 }
  ledger.note({ ...entry, sentAt, endedAt: Date.now(), outcome, detail })
  if (outcome === 'right') {
    chain.tokens = toTokens(answer.value, chain.tokens)
    chain.refreshes += 1
  }
  if (outcome === 'wrong') chain.complaint = detail
  return outcome
}

/** What an endpoint of the authorization server answered; status 0 where nothing came. */
export type FormAnswer = {
  readonly status: number
  readonly value: Readonly<Record<string, unknown>>
  readonly text: string
}

/** Posts a form under a name of its own. */
export async function postForm(
  origin: string,
  path: string,
  requestId: string,
  fields: Readonly<Record<string, string>>,
): Promise<FormAnswer> {
  try {
    const response = await fetch(`${origin}${path}`, {
      method: 'POST',
      headers: { 'x-request-id': requestId },
      body: new URLSearchParams(fields),
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true
    const value: unknown = isJson ? JSON.parse(text) : {}
    return { status: response.status, value: isRecord(value) ? value : {}, text }
  } catch (error) {
    return { status: 0, value: {}, text: String(error) }
  }
}

/** How a form that should have been accepted ended. */
export function judge({ status, text, value }: FormAnswer): {
  readonly outcome: Outcome
  readonly detail: string
} {
  const detail = `${status} ${text.slice(0, 200)}`
  if (status === 200) return { outcome: 'right', detail: '' }
  if (status === 0 || status === 502 || status === 504) return { outcome: 'no answer', detail }
  if (status === 429) return { outcome: 'rate limited', detail }
  // RFC 6749, section 4.1.2.1: where the server cannot do what it should, for the moment or at all.
  const isServers = ['server_error', 'temporarily_unavailable', 'store_unavailable'].includes(
    String(value['error']),
  )
  if (status >= 500 && isServers) return { outcome: 'unavailable', detail }
  return { outcome: 'wrong', detail }
}

function toTokens(value: Readonly<Record<string, unknown>>, before: Tokens): Tokens {
  return {
    ...before,
    access_token: String(value['access_token']),
    refresh_token: String(value['refresh_token']),
  }
}
