import type { BreakerStatus } from '../telemetry/status.ts'
import type { Carrier, UpstreamCall } from './carrier.ts'
import { createCircuit, type Circuit } from './circuit.ts'
import type { Clock } from './clock.ts'
import { isTimeout } from './deadline.ts'
import { UpstreamFailure } from './failure.ts'
import { createOutageEvidence, type CallOutcome } from './outage-evidence.ts'

/** A circuit that opened or closed. */
export type BreakerChange = { readonly origin: string; readonly state: 'open' | 'closed' }

/** Spares an upstream that is down the calls that would fail anyway. */
export interface Breaker extends Carrier {
  /** Of every origin that was called since the start. */
  status(): readonly BreakerStatus[]
  /** When an upstream last answered, in milliseconds since the epoch; `null` for never. */
  lastAnswerAt(): number | null
}

/**
 * Has a circuit for each origin. What a client is at fault for (4xx) never opens one, nor does a
 * caller who leaves.
 *
 * @param options.timeoutMs of a whole call: what ran out of time counts only if it had half of it
 * @param options.isSingleOrganization all calls are one organization's: there are no others to protect from it
 */
export function withBreaker(
  next: Carrier,
  options: {
    readonly timeoutMs: number
    readonly isSingleOrganization: boolean
    readonly clock: Pick<Clock, 'epochMs' | 'steadyMs'>
    readonly onChange: (change: BreakerChange) => void
  },
): Breaker {
  const { timeoutMs, onChange } = options
  const { epochMs, steadyMs } = options.clock
  const minOrganizations = options.isSingleOrganization ? 1 : 2
  const circuits = new Map<string, Circuit>()
  let lastAnswerAt: number | null = null

  function circuitOf(origin: string): Circuit {
    const known = circuits.get(origin)
    if (known !== undefined) return known
    const circuit = createCircuit({
      evidence: createOutageEvidence({ minOrganizations, steadyMs }),
      minOrganizations,
      steadyMs,
      onChange: (state) => onChange({ origin, state }),
    })
    circuits.set(origin, circuit)
    return circuit
  }

  function toOutcome(error: unknown, startedAt: number): CallOutcome {
    if (isTimeout(error)) {
      return steadyMs() - startedAt >= timeoutMs / 2 ? 'failed' : 'unknown'
    }
    if (!(error instanceof UpstreamFailure) || error.status === 503) return 'unknown'
    return error.connection === 'unreachable' ? 'unreachable' : 'failed'
  }

  async function send(
    call: UpstreamCall,
    tell: (outcome: CallOutcome) => void,
  ): ReturnType<Carrier['exchange']> {
    const startedAt = steadyMs()
    try {
      const answer = await next.exchange(call)
      lastAnswerAt = epochMs()
      tell(answer.status < 500 ? 'answered' : 'failed')
      return answer
    } catch (error) {
      tell(toOutcome(error, startedAt))
      throw error
    }
  }

  return {
    exchange: async (call) => send(call, circuitOf(call.origin).enter(call.share)),
    status: () => [...circuits].map(([origin, circuit]) => ({ origin, state: circuit.state() })),
    lastAnswerAt: () => lastAnswerAt,
  }
}
