import type { BreakerStatus } from '../telemetry/status.ts'
import { UpstreamFailure } from './failure.ts'
import type { CallOutcome, OutageEvidence } from './outage-evidence.ts'

/** After a circuit opened, until the first try; it doubles each time that the tries fail. */
const FIRST_PAUSE_MS = 5_000
const MAX_PAUSE_MS = 60_000
/** Tries that run at once, each of another organization. */
const MAX_TRIALS = 3

/** Lets calls through to one upstream, unless it is known to be down. */
export interface Circuit {
  state(): BreakerStatus['state']
  /**
   * Lets one call through.
   *
   * @returns to be told what the call told of the upstream, once
   * @throws {UpstreamFailure} with status 503 while the upstream is known to be down
   */
  enter(organization: string | null): (outcome: CallOutcome) => void
}

/**
 * Makes a closed circuit. When it has been open for a while, a call of each of a few organizations
 * is let through as a trial: the first one that is answered closes it. A trial that fails keeps only
 * its own organization out, until others have failed as well: nobody's bad question is to decide for
 * all.
 *
 * @param options.minOrganizations whose trials must fail before the others are turned away again
 * @param options.steadyMs milliseconds since any fixed point, never going back
 * @param options.onChange called once for each time that it opens, and that it closes
 */
export function createCircuit(options: {
  readonly evidence: OutageEvidence
  readonly minOrganizations: number
  readonly steadyMs: () => number
  readonly onChange: (state: 'open' | 'closed') => void
}): Circuit {
  const { evidence, minOrganizations, steadyMs, onChange } = options
  /** `null` while the circuit is closed. */
  let outage: Outage | null = null

  function open(): void {
    outage = { pauseMs: FIRST_PAUSE_MS, triesFrom: steadyMs() + FIRST_PAUSE_MS, trials: NO_TRIALS }
    evidence.clear()
    onChange('open')
  }

  function close(): void {
    if (outage === null) return
    outage = null
    evidence.clear()
    onChange('closed')
  }

  function goOnWaiting({ pauseMs: lastPauseMs }: Outage): void {
    const pauseMs = Math.min(2 * lastPauseMs, MAX_PAUSE_MS)
    outage = { pauseMs, triesFrom: steadyMs() + pauseMs, trials: NO_TRIALS }
  }

  function enterTrial(now: number, current: Outage, organization: string | null) {
    const isStale = now - current.trials.began >= current.pauseMs
    const trials = isStale
      ? { began: now, running: new Set<string | null>(), failed: new Set<string | null>() }
      : current.trials
    outage = { ...current, trials }
    const { running, failed } = trials
    if (running.has(organization) || failed.has(organization) || running.size >= MAX_TRIALS) {
      throw refuse(1)
    }
    running.add(organization)
    return (outcome: CallOutcome) => {
      running.delete(organization)
      if (outcome === 'answered') return close()
      // An answer counts whenever it comes; a failure only for the trials it belongs to.
      if (outage?.trials !== trials || outcome === 'unknown') return
      failed.add(organization)
      if (outcome === 'unreachable' || failed.size >= minOrganizations) goOnWaiting(outage)
    }
  }

  return {
    state() {
      if (outage === null) return 'closed'
      return steadyMs() < outage.triesFrom ? 'open' : 'half-open'
    },
    enter(organization) {
      if (outage === null) {
        return (outcome) => {
          // What was sent before the circuit opened has nothing to say about it any more.
          if (outage === null && evidence.note(organization, outcome)) open()
        }
      }
      const now = steadyMs()
      if (now < outage.triesFrom) throw refuse(Math.ceil((outage.triesFrom - now) / 1000))
      return enterTrial(now, outage, organization)
    },
  }
}

type Trials = {
  readonly began: number
  readonly running: Set<string | null>
  readonly failed: Set<string | null>
}

type Outage = {
  readonly pauseMs: number
  /** When the first trial may begin. */
  readonly triesFrom: number
  readonly trials: Trials
}

const NO_TRIALS: Trials = { began: Number.NEGATIVE_INFINITY, running: new Set(), failed: new Set() }

function refuse(retryAfter: number): UpstreamFailure {
  return new UpstreamFailure(503, 'the circuit is open: the upstream is down', {
    facts: { retryAfter },
  })
}
