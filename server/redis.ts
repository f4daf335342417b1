import { createHash } from 'node:crypto'
import { ErrorReply } from '@redis/client'
import type { Logger } from 'pino'
import { openRedisLink, type LinkChange, type RedisLink } from './redis-link.ts'
import type { Secret } from './secret.ts'

export { RedisAway, toRedisReason } from './redis-link.ts'

/**
 * What instances share for a moment: rate windows and notices. Nothing is kept there that the store
 * does not have or that a minute does not heal, so all of it may be lost at any time.
 */
export interface Redis {
  /** Whether commands would be sent now. */
  isReady(): boolean
  /** How many connections there have been. What Redis was told over an earlier one may be lost. */
  connections(): number
  /** Has a listener told of each change once: that Redis is there, and that it is away. */
  onChange(listener: (isReady: boolean) => void): void
  /**
   * Runs a script as one step.
   *
   * @param key below the connector's prefix, which is put before it here
   * @throws {RedisAway} where it was not answered in 250 ms; it may have run nevertheless
   */
  run(script: RedisScript, key: string, args: readonly string[]): Promise<unknown>
  /**
   * Tells every instance that listens now.
   *
   * @param channel below the connector's prefix
   * @throws {RedisAway} where Redis is not there
   */
  publish(channel: string, message: string): Promise<void>
  /**
   * Listens until the end, on a connection of its own that mends itself. What is published while it
   * is away is lost: `onListening` is called whenever it has begun to listen (again), and is the
   * moment to look what was missed.
   *
   * @param channel below the connector's prefix
   */
  subscribe(
    channel: string,
    listener: { readonly onMessage: (message: string) => void; readonly onListening: () => void },
  ): Subscription
  close(): Promise<void>
}

/** A channel that is listened to. */
export interface Subscription {
  /** Whether messages arrive now, as far as can be known; a dead connection is noticed in 1.25 s. */
  isListening(): boolean
}

/** A script of Lua that Redis keeps by its hash. */
export type RedisScript = { readonly source: string; readonly sha1: string }

/** Makes a script. It must name every key that it touches in `KEYS`. */
export function createRedisScript(source: string): RedisScript {
  return { source, sha1: createHash('sha1').update(source).digest('hex') }
}

/** A Redis that needs longer to answer is treated as if it were away. */
const ANSWER_MS = 250

/**
 * Opens Redis: returns at once and connects in the background, again and again, with growing pauses
 * of at most two seconds.
 *
 * @param options.url may hold a password; it is never logged
 * @param options.connectorName two connectors may share a Redis: keys and channels begin with `sluice:NAME:`
 * @param options.answerMs how long a command may take; by default 250
 * @param options.random between 0 and 1, for the pauses between tries
 * @throws {Error} for a URL that the library cannot read
 */
export function openRedis(options: {
  readonly url: Secret
  readonly connectorName: string
  readonly log: Logger
  readonly answerMs?: number
  readonly random?: () => number
}): Redis {
  const { url, connectorName, log, answerMs = ANSWER_MS, random = Math.random } = options
  const prefix = `sluice:${connectorName}:`
  const common = { url, answerMs, random }
  const listeners: ((isReady: boolean) => void)[] = []
  const subscriptions: RedisLink[] = []
  const link = openRedisLink({
    ...common,
    prepare: () => Promise.resolve(),
    onChange(change) {
      logChange(log, 'commands', change)
      for (const listener of listeners) listener(change.isReady)
    },
  })

  return {
    isReady: () => link.isReady(),
    connections: () => link.connections(),
    onChange: (listener) => void listeners.push(listener),
    async run({ source, sha1 }, key, args) {
      const rest = ['1', `${prefix}${key}`, ...args]
      try {
        return await link.send(['EVALSHA', sha1, ...rest])
      } catch (error) {
        const isUnknown = error instanceof ErrorReply && error.message.startsWith('NOSCRIPT')
        if (!isUnknown) throw error
        return link.send(['EVAL', source, ...rest])
      }
    },
    async publish(channel, message) {
      await link.send(['PUBLISH', `${prefix}${channel}`, message])
    },
    subscribe(channel, { onMessage, onListening }) {
      const subscription = openRedisLink({
        ...common,
        prepare: (client) => client.subscribe(`${prefix}${channel}`, onMessage),
        onChange(change) {
          logChange(log, channel, change)
          if (change.isReady) onListening()
        },
      })
      subscriptions.push(subscription)
      return { isListening: () => subscription.isReady() }
    },
    async close() {
      await Promise.all([link, ...subscriptions].map((each) => each.close()))
    },
  }
}

/** @param use `commands`, or the channel that the connection listens to */
function logChange(log: Logger, use: string, change: LinkChange): void {
  if (change.isReady) log.info({ event: 'redis_back', use })
  else log.warn({ event: 'redis_away', use, reason: change.reason })
}
