import type { AuditEvent } from './event.ts'

/** An event in its place in the chain of its organization: what is kept, exported and streamed. */
export type SealedEvent = AuditEvent & {
  /** 1, 2, 3 … within the organization's chain; those of no organization have one of their own. */
  readonly sequence: number
  /** The `hash` of the event before it in the chain; 64 zeros for the first. */
  readonly previousHash: string
  /**
   * SHA-256, in hexadecimal, of the record's canonical JSON (RFC 8785) without `hash` itself, with
   * `time` in ISO 8601 (UTC, milliseconds): anybody who has the records can check them.
   */
  readonly hash: string
}
