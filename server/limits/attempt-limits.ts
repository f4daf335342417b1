import { toNetwork } from '../http/network.ts'
import type { AttemptStore } from '../store/attempts.ts'

const MINUTE_MS = 60_000

/** How many attempts there may be in how long a time, counted over all instances. */
export const ATTEMPT_LIMITS = {
  /** Failed sign-ins for one account: a person mistypes a few times, a program does not stop. */
  'sign-in-account': { max: 10, windowMs: 15 * MINUTE_MS },
  /** Sign-ins from one address; an office may share it. */
  'sign-in-address': { max: 100, windowMs: 15 * MINUTE_MS },
  /** Authorization requests from one address: each leaves a record until it expires. */
  'authorize-address': { max: 300, windowMs: 15 * MINUTE_MS },
  /** Registrations from one address: hosted clients register once for each connection. */
  'register-address': { max: 300, windowMs: 60 * MINUTE_MS },
  /** Client id metadata documents that one address makes the server fetch. */
  'document-address': { max: 60, windowMs: 10 * MINUTE_MS },
} as const

/** What is counted. */
export type Attempt = keyof typeof ATTEMPT_LIMITS

/** Slows down whoever tries too often. */
export interface AttemptLimits {
  /** Counts an attempt. @returns how long to wait, in milliseconds; 0 lets it pass */
  count(attempt: Attempt, subject: string): Promise<number>
  /** Forgets the attempts of a subject that turned out to be right. */
  forgive(attempt: Attempt, subject: string): Promise<void>
}

/**
 * Makes the limits over the store.
 *
 * @param options.now milliseconds since the epoch
 */
export function createAttemptLimits(options: {
  readonly attempts: AttemptStore
  readonly now: () => number
}): AttemptLimits {
  const { attempts, now } = options
  return {
    async count(attempt, subject) {
      const { max, windowMs } = ATTEMPT_LIMITS[attempt]
      const { count, endsAt } = await attempts.count(toKey(attempt, subject), windowMs)
      return count > max ? Math.max(1, endsAt - now()) : 0
    },
    forgive: (attempt, subject) => attempts.clear(toKey(attempt, subject)),
  }
}

/**
 * Counts a sign-in by its account and by its address.
 *
 * @returns how long to wait, in milliseconds; 0 lets it pass
 */
export async function countSignIn(
  limits: AttemptLimits,
  { account, address }: { readonly account: string; readonly address: string },
): Promise<number> {
  const waits = await Promise.all([
    limits.count('sign-in-account', account),
    limits.count('sign-in-address', address),
  ])
  return Math.max(...waits)
}

function toKey(attempt: Attempt, subject: string): string {
  return `${attempt}:${attempt.endsWith('-address') ? toNetwork(subject) : subject}`
}
