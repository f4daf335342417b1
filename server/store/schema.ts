import type { Kysely, Transaction } from 'kysely'
import type { ApiKey } from './api-keys.ts'
import type { AuditFacet, AuditRow, ChainCount, ChainHead } from './audit-rows.ts'
import type { Client } from './clients.ts'
import type { ConsoleSession } from './console-sessions.ts'
import type { Grant } from './grants.ts'
import type { ModelRow } from './models.ts'
import type { Organization } from './organizations.ts'
import type { SigningKey } from './signing-keys.ts'
import type { SwitchedOff } from './switches.ts'
import type { ToolTextDraft, ToolTextVersion } from './tool-texts.ts'

/** The columns of every table, as queries name them; the database spells them in snake_case. */
export type Schema = {
  readonly model: ModelRow & {
    /** The token that this one succeeds, in the same realm and model. */
    readonly parentId: string | null
  }
  readonly memberGrant: WithScopeText<Grant> & {
    /** When a process began to renew the credential; `null` where none does. */
    readonly renewalClaimedAt: number | null
  }
  readonly organization: Organization
  readonly client: Client & {
    /** When it got its first grant; kept after the grant itself is gone. */
    readonly grantedAt: number | null
  }
  readonly apiKey: WithScopeText<ApiKey> & { readonly hash: string }
  readonly signingKey: SigningKey
  readonly setting: { readonly name: string; readonly value: string }
  readonly attempt: {
    readonly keyHash: string
    readonly tries: number
    readonly endsAt: number
  }
  readonly clientDocument: {
    readonly url: string
    readonly body: string
    readonly fetchedAt: number
  }
  readonly consoleSession: ConsoleSession & {
    /** When a process began to renew the credential; `null` where none does. */
    readonly renewalClaimedAt: number | null
  }
  readonly switchedOff: SwitchedOff
  readonly toolText: ToolTextVersion
  readonly toolTextDraft: ToolTextDraft
  /** One row, with the id 1. */
  readonly deployment: {
    readonly id: number
    /** Raised by every change that instances keep in memory. */
    readonly revision: number
    /** `null` where the connector is in service. */
    readonly maintenanceSince: number | null
    readonly maintenanceMessage: string | null
  }
  readonly auditEvent: AuditRow
  readonly auditFacet: AuditFacet
  readonly auditChain: ChainHead
  readonly auditChainCount: ChainCount & { readonly name: string }
  readonly schemaVersion: { readonly version: number; readonly appliedAt: number }
}

/** Scopes are stored as one text, separated by spaces (as in RFC 6749, section 3.3). */
export type WithScopeText<Record extends { readonly scopes: readonly string[] }> = Omit<
  Record,
  'scopes'
> & { readonly scopes: string }

/** Either database, outside or inside a transaction. */
export type Database = Kysely<Schema> | Transaction<Schema>
