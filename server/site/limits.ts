import type { Attempts, Kept, Lifetimes, Limits } from '../../site/facts.ts'
import { BELIEVED_MS } from '../access/api-credentials.ts'
import type { Config } from '../config.ts'
import { MAX_REQUEST_BYTES, PUBLIC_PER_MINUTE } from '../mcp/limits.ts'
import { MAX_BATCH, MAX_DEPTH } from '../mcp/message.ts'
import { RATE_HEADERS } from '../mcp/rate-headers.ts'
import { LIST_HINT } from '../mcp/rpc-feature.ts'
import { DISCOVER_HINT } from '../mcp/rpc-server.ts'
import { ATTEMPT_LIMITS, type Attempt } from '../limits/attempt-limits.ts'
import { CODE_TTL_SECONDS, INTERACTION_TTL_SECONDS } from '../oauth/lifetimes.ts'
import { TOKENS_PER_MINUTE } from '../oauth/token-limit.ts'
import { DEAD_API_KEY_MS, ENDED_GRANT_MS, UNGRANTED_CLIENT_MS } from '../store/sweep.ts'
import { QUEUE_LIMITS } from '../upstream/bulkhead.ts'
import { MAX_BINARY_BYTES, MAX_TEXT_BYTES } from '../upstream/judge-answer.ts'
import { MAX_TRIES } from '../upstream/retry.ts'

const DAY_MS = 86_400_000

/** Collects the limits from where they are kept. */
export function toLimits(config: Config): Limits {
  return {
    callsPerMinute: config.rateLimitPerMinute,
    publicCallsPerMinute: PUBLIC_PER_MINUTE,
    rateHeaders: RATE_HEADERS,
    requestBytes: MAX_REQUEST_BYTES,
    requestLevels: MAX_DEPTH,
    batchMessages: MAX_BATCH,
    answerBytes: MAX_TEXT_BYTES,
    fileBytes: MAX_BINARY_BYTES,
    upstreamTimeoutMs: config.upstreamTimeoutMs,
    upstreamTries: MAX_TRIES,
    callsAtOnce: QUEUE_LIMITS.runningPerLane,
    resultChars: config.maxResultChars,
    signInAccount: toAttempts('sign-in-account'),
    signInAddress: toAttempts('sign-in-address'),
    authorizeAddress: toAttempts('authorize-address'),
    registerAddress: toAttempts('register-address'),
    tokenAddress: { max: TOKENS_PER_MINUTE, seconds: 60 },
  }
}

/** Collects how long what is given out lives. */
export function toLifetimes(config: Config): Lifetimes {
  return {
    code: CODE_TTL_SECONDS,
    signInPage: INTERACTION_TTL_SECONDS,
    refreshGrace: config.refreshGraceSeconds,
    discovery: DISCOVER_HINT.ttlMs / 1000,
    toolList: LIST_HINT.ttlMs / 1000,
    apiCredentials: BELIEVED_MS / 1000,
  }
}

/** How long records are kept after their end. */
export const KEPT: Kept = {
  endedConnections: ENDED_GRANT_MS / DAY_MS,
  deadKeys: DEAD_API_KEY_MS / DAY_MS,
  unusedClients: UNGRANTED_CLIENT_MS / DAY_MS,
}

function toAttempts(attempt: Attempt): Attempts {
  const { max, windowMs } = ATTEMPT_LIMITS[attempt]
  return { max, seconds: windowMs / 1000 }
}
