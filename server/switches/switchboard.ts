/** What is switched off now, as this instance knows it; at most two seconds behind the others. */
export interface Switchboard {
  /** The operator has taken the whole connector out of service. */
  isInMaintenance(): boolean
  /** What the operator tells people about it, in one line of plain text; `null` where there is nothing. */
  maintenanceMessage(): string | null
  /** Whether a tool, or its namespace, is off for an organization or for all; `''` is nobody's own. */
  isOff(organizationId: string, tool: string): boolean
  /** Whether an organization is shown what all are: nothing is off for it alone, no text is its own. */
  isUsual(organizationId: string): boolean
  /** Calls in a minute that the operator set for an organization; `null` is the deployment's own limit. */
  rateLimitOf(organizationId: string): number | null
  /** Whether an organization shows texts of its own for some tool; `''` is nobody's own. */
  hasTexts(organizationId: string): boolean
  /** Changes whenever an answer of the others may have changed: what is cached is cached under it. */
  revision(): number
}
