/** A question about the demo's data, how an agent answers it, and what SQL says. */
export type AgentQuestion = {
  readonly ask: string
  readonly tool: string
  readonly arguments: Readonly<Record<string, unknown>>
  /** What of the answer is the number. */
  readonly number: NumberOf
  /** One value, of the organization `:organization`. */
  readonly sql: string
}

/** A value by its JSON Pointer, or a sum over the items of a list, or how many there are. */
export type NumberOf =
  | { readonly at: string }
  | {
      readonly sum: string
      readonly of: string
      readonly where?: Readonly<Record<string, unknown>>
    }
  | { readonly count: string }

/** Unpaid invoices of the organization, as SQL adds them up. */
export const OWED =
  `round(sum(total_cents - paid_cents) / 100.0, 2) FROM invoices` +
  ` WHERE organization_id = :organization AND status IN ('sent', 'partially_paid')`
