import type { z } from 'zod'

/** A step of an intent, as it is told to whoever asked. */
export type StepName = { readonly step: string; readonly tool: string }

/** Why a step came to nothing. */
type StepTrouble =
  /** Its read failed: see `cause`. */
  | { readonly kind: 'read' }
  /** What it would call its tool with is not what the tool takes. */
  | { readonly kind: 'arguments'; readonly issues: readonly z.core.$ZodIssue[] }
  /** The upstream's answer has another shape than its document says. */
  | { readonly kind: 'shape' }

/** A step came to nothing, and so the whole intent. */
export class StepError extends Error {
  override readonly name = 'StepError'
  readonly step: StepName
  readonly trouble: StepTrouble

  /** @param message the true reason, for the log only */
  constructor(step: StepName, trouble: StepTrouble, message: string, options?: ErrorOptions) {
    super(message, options)
    this.step = step
    this.trouble = trouble
  }
}

/** Why a read was given up: another one of the same question had failed. */
export class ReadAbandoned extends Error {
  override readonly name = 'ReadAbandoned'
}
