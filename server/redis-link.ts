import { setTimeout as sleep } from 'node:timers/promises'
import { createClient, ErrorReply } from '@redis/client'
import type { Secret } from './secret.ts'

/** Connecting includes names, TLS and the password. */
const CONNECT_MS = 2_000
/** How often an idle connection is tried: a machine that is gone sends no end of a connection. */
const PING_MS = 1_000
/** Before the first new try; doubled for each one that failed. */
const MIN_RETRY_MS = 50
const MAX_RETRY_MS = 2_000

/** Redis was not there, or not in time. The command may have been done nevertheless. */
export class RedisAway extends Error {
  override readonly name = 'RedisAway'
}

/** One connection to Redis that mends itself. */
export interface RedisLink {
  /** Whether it is connected now, as far as can be known. */
  isReady(): boolean
  /** How many connections it has had. What Redis was told over an earlier one may be lost. */
  connections(): number
  /**
   * Sends one command, at once or never.
   *
   * @throws {RedisAway} without a connection, or without an answer in time
   * @throws {ErrorReply} for what Redis refuses
   */
  send(command: readonly string[]): Promise<unknown>
  close(): Promise<void>
}

/** What becomes of a link. */
export type LinkChange =
  | { readonly isReady: true }
  /** `reason` is a code of the system's or of Redis' own, without an address. */
  | { readonly isReady: false; readonly reason: string }

/** The part of the library's client that `prepare` may use. */
export type Listening = {
  subscribe(channel: string, listener: (message: string) => void): Promise<void>
}

/**
 * Opens a link; it connects in the background, for as long as it takes.
 *
 * Each try has a client of its own, and a client that is late once is given up: the library would
 * wait for a half-open connection for minutes, and send what it has queued when nobody waits for it
 * any longer.
 *
 * @param options.prepare done with each new connection, before it is called ready
 * @param options.onChange told of each change once; the first is that it is ready, or why not
 * @param options.answerMs a Redis that needs longer to answer is treated as if it were away
 * @param options.random between 0 and 1, for the time between tries
 */
export function openRedisLink(options: {
  readonly url: Secret
  readonly prepare: (client: Listening) => Promise<void>
  readonly onChange: (change: LinkChange) => void
  readonly answerMs: number
  readonly random: () => number
}): RedisLink {
  const { url, prepare, onChange, answerMs, random } = options
  const closing = new AbortController()
  let current: Connection | null = null
  let connections = 0
  let isKnownToBeAway = false

  function report(change: LinkChange): void {
    if (closing.signal.aborted || (!change.isReady && isKnownToBeAway)) return
    isKnownToBeAway = !change.isReady
    onChange(change)
  }

  async function keepConnected(): Promise<void> {
    let failures = 0
    while (!closing.signal.aborted) {
      const connection = createConnection({ url, answerMs, closing: closing.signal })
      try {
        await Promise.race([withinMs(CONNECT_MS, connection.open(prepare)), connection.failed])
        connections += 1
        current = connection
        failures = 0
        report({ isReady: true })
      } catch (error) {
        connection.giveUp(error)
      }
      const reason = await connection.lost
      current = null
      report({ isReady: false, reason })
      failures += 1
      const longest = Math.min(MAX_RETRY_MS, MIN_RETRY_MS * 2 ** Math.min(failures, 10))
      const waitMs = MIN_RETRY_MS + random() * (longest - MIN_RETRY_MS)
      await sleep(waitMs, undefined, { signal: closing.signal }).catch(() => undefined)
    }
  }

  const ended = keepConnected()
  return {
    isReady: () => current !== null,
    connections: () => connections,
    send(command) {
      if (current === null) return Promise.reject(new RedisAway('there is no connection'))
      return current.send(command)
    },
    async close() {
      closing.abort()
      await ended
    },
  }
}

type Connection = {
  readonly open: (prepare: (client: Listening) => Promise<void>) => Promise<void>
  readonly send: (command: readonly string[]) => Promise<unknown>
  readonly giveUp: (reason: unknown) => void
  /** Resolves with the reason once it is over; never rejects. */
  readonly lost: Promise<string>
  /** Rejects then. */
  readonly failed: Promise<never>
}

/** One client for one connection. RESP 2 is spoken by every Redis, and by what stands in for it. */
function createConnection(options: {
  readonly url: Secret
  readonly answerMs: number
  readonly closing: AbortSignal
}): Connection {
  const { url, answerMs, closing } = options
  const { promise: lost, resolve } = Promise.withResolvers<string>()
  const { promise: failed, reject } = Promise.withResolvers<never>()
  // Only who waits for the connection to open wants to know.
  failed.catch(() => undefined)
  const client = createClient({
    url: url.reveal(),
    RESP: 2,
    disableOfflineQueue: true,
    disableClientInfo: true,
    maintNotifications: 'disabled',
    socket: { reconnectStrategy: false, connectTimeout: CONNECT_MS },
  })
  let pings: NodeJS.Timeout | undefined
  let isOver = false

  function giveUp(reason: unknown): void {
    if (isOver) return
    isOver = true
    clearInterval(pings)
    closing.removeEventListener('abort', onClosing)
    // One that is still connecting is not the client's yet: it would stay open, and nobody's.
    client.on('connect', () => client.destroy())
    client.destroy()
    resolve(toRedisReason(reason))
    reject(reason)
  }
  const onClosing = () => giveUp(new RedisAway('closed'))
  closing.addEventListener('abort', onClosing)
  client.on('error', giveUp)

  async function send(command: readonly string[]): Promise<unknown> {
    try {
      return await withinMs(answerMs, client.sendCommand(command))
    } catch (error) {
      if (error instanceof ErrorReply) throw error
      giveUp(error)
      throw error instanceof RedisAway
        ? error
        : new RedisAway(toRedisReason(error), { cause: error })
    }
  }

  return {
    lost,
    failed,
    giveUp,
    send,
    async open(prepare) {
      await client.connect()
      // A Redis that is paused, loads its data or wants a password takes connections all the same.
      await client.sendCommand(['PING'])
      await prepare(client)
      pings = setInterval(() => void send(['PING']).catch(giveUp), PING_MS)
    },
  }
}

/**
 * Rejects where an answer is late. When this process itself was late, the answer lies in the socket
 * already: timers come before it in a turn of the event loop, and `setImmediate` after it.
 */
async function withinMs<T>(ms: number, answer: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    setImmediate(() => late.reject(new RedisAway('no answer in time')))
  }, ms)
  try {
    return await Promise.race([answer, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

/** Why Redis did not do it, for the log: the first word of its refusal, or the system's code. Its sentences may name hosts and users. */
export function toRedisReason(reason: unknown): string {
  if (reason instanceof RedisAway) return reason.message
  if (reason instanceof ErrorReply) return /^[A-Z]+/.exec(reason.message)?.[0] ?? 'refused'
  if (!(reason instanceof Error)) return 'unknown'
  return 'code' in reason ? String(reason.code) : reason.constructor.name
}
