/** How much is measured. */
export type Plan = {
  /** Measured rounds of each load, after one that warms up. */
  readonly rounds: number
  /** Of each load in a round. */
  readonly requests: number
  /** Sent to each process before, because a new one is slow. */
  readonly warmUpRequests: number
  readonly members: number
  readonly organizations: number
  /** At which many members call, for how long. */
  readonly ratePerSecond: number
  readonly rateSeconds: number
  /** How long the windows are looked at without haste. */
  readonly calmSeconds: number
  readonly tools: readonly number[]
}

/** Ten minutes or so. */
export const WHOLE: Plan = {
  ...{ rounds: 5, requests: 2_000, warmUpRequests: 8_000, members: 1_000, organizations: 20 },
  ...{ ratePerSecond: 200, rateSeconds: 30, calmSeconds: 15, tools: [16, 200, 1_000] },
}

/** Less than two minutes. */
export const QUICK: Plan = {
  ...{ rounds: 2, requests: 300, warmUpRequests: 600, members: 1_000, organizations: 20 },
  ...{ ratePerSecond: 200, rateSeconds: 5, calmSeconds: 4, tools: [16, 1_000] },
}
