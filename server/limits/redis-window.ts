import { sha256 } from '../hash.ts'
import { createRedisScript, type Redis } from '../redis.ts'
import { checkTry } from './check-try.ts'
import type { Taken } from './rate-window.ts'

/** A window that all instances share. */
export interface RedisWindow {
  /**
   * Takes as one step, in one round trip.
   *
   * @param take its `id` is remembered: told of twice, it counts once
   * @param missed what was taken without Redis, told beforehand; counts from when it was taken
   * @throws {RedisAway} where Redis is away; it may have taken nevertheless
   * @throws {ErrorReply} where Redis refuses, for example without memory
   */
  take(key: string, take: NewTake, limit: number, missed: readonly PastTake[]): Promise<Taken>
}

/** What is to be taken. */
export type NewTake = {
  /** Unlike any other's, on all instances. */
  readonly id: string
  readonly cost: number
}

/** What was taken a while ago, in milliseconds. */
export type PastTake = NewTake & { readonly agoMs: number }

/**
 * Makes an exact sliding window in Redis. A key there is a set of single takes, each with its moment
 * on Redis' own clock, so the instances' clocks do not matter. It expires with its last take.
 *
 * Keys are hashed: no member's id is in Redis.
 *
 * @param options.windowMs how long the window is, in milliseconds
 * @param options.now milliseconds for tests that set the clock; by default Redis' own time
 */
export function createRedisWindow(options: {
  readonly redis: Pick<Redis, 'run'>
  readonly windowMs: number
  readonly now?: () => number
}): RedisWindow {
  const { redis, windowMs, now } = options
  return {
    async take(key, { id, cost }, limit, missed) {
      checkTry(cost, limit)
      const moment = now === undefined ? '' : toMicroseconds(now())
      const past = missed.flatMap((each) => [
        each.id,
        String(each.cost),
        toMicroseconds(each.agoMs),
      ])
      const args = [toMicroseconds(windowMs), String(limit), String(cost), id, moment, ...past]
      const reply = await redis.run(TAKE, `window:${sha256(key)}`, args)
      const [isAllowed, held, resetUs, retryUs] = parseReply(reply)
      return {
        isAllowed: isAllowed === 1,
        limit,
        remaining: Math.max(0, limit - held),
        resetMs: Math.ceil(resetUs / 1000),
        retryMs: Math.ceil(retryUs / 1000),
      }
    },
  }
}

/**
 * A cost of three is three members of the set, so what is held is the set's size, and the moment at
 * which enough will have left is one member's: nothing here takes longer for a longer window.
 * Should Redis' clock be set back, takes from beyond the next window are dropped, or they would
 * count for as long as it was set back.
 */
const TAKE = createRedisScript(`
local key = KEYS[1]
local window, limit, cost, id = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
local now = tonumber(ARGV[5])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000000 + time[2]
end
local function exactly(number) return string.format('%.0f', number) end
local function add(id, cost, at)
  for unit = 1, cost do
    redis.call('ZADD', key, 'NX', exactly(at), id .. ':' .. unit)
  end
end

redis.call('ZREMRANGEBYSCORE', key, '-inf', exactly(now - window))
redis.call('ZREMRANGEBYSCORE', key, exactly(now + window), '+inf')
for index = 6, #ARGV, 3 do
  local ago = tonumber(ARGV[index + 2])
  if ago < window then add(ARGV[index], tonumber(ARGV[index + 1]), now - ago) end
end

local held = redis.call('ZCARD', key)
local allowed, retry = 0, 0
if held + cost <= limit then
  add(id, cost, now)
  allowed, held = 1, held + cost
elseif cost <= limit then
  local last = held + cost - limit - 1
  local leaving = redis.call('ZRANGE', key, last, last, 'WITHSCORES')
  retry = leaving[2] + window - now
end
local newest = redis.call('ZRANGE', key, -1, -1, 'WITHSCORES')
local reset = 0
if newest[2] then
  reset = newest[2] + window - now
  redis.call('PEXPIRE', key, math.ceil(reset / 1000))
end
if cost > limit then retry = reset end
return { allowed, held, reset, retry }
`)

function toMicroseconds(ms: number): string {
  return String(Math.round(ms * 1000))
}

function parseReply(reply: unknown): readonly [number, number, number, number] {
  const [isAllowed, held, resetUs, retryUs] = Array.isArray(reply) ? reply.map(Number) : []
  if (retryUs === undefined || Number.isNaN(retryUs)) throw new Error('no reply of the script')
  return [isAllowed ?? 0, held ?? 0, resetUs ?? 0, retryUs]
}
