import type { RateWindowStatus } from '../telemetry/status.ts'

/** Counts what somebody takes in a sliding window: at no moment have the last 60 seconds held more than the limit. */
export interface RateWindow {
  /**
   * Takes `cost` at once, or nothing.
   *
   * @param key whose window it is, for example `member:ORGANIZATION:MEMBER`
   * @param cost at least 1; more than `limit` is never let through
   * @param limit how much one window holds
   * @throws {Error} for a cost or a limit that is none
   */
  take(key: string, cost: number, limit: number): Promise<Taken>
}

/** A rate window that tells how it does. */
export interface WatchedRateWindow extends RateWindow {
  status(): RateWindowStatus
}

/** What became of a try. */
export type Taken = {
  readonly isAllowed: boolean
  readonly limit: number
  /** What may be taken now; never below 0. */
  readonly remaining: number
  /** Milliseconds until the window is as it was before anybody took of it. */
  readonly resetMs: number
  /**
   * Milliseconds until the same try would be let through, if nobody takes in between; 0 where it
   * was. Where its cost is above the limit, it is the time until the window is empty.
   */
  readonly retryMs: number
}
