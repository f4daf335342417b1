import type { ApiKeyStore } from './api-keys.ts'
import type { AttemptStore } from './attempts.ts'
import type { AuditEventStore } from './audit-events.ts'
import type { ClientDocumentStore } from './client-documents.ts'
import type { ClientStore } from './clients.ts'
import type { ConsoleSessionStore } from './console-sessions.ts'
import type { GrantStore } from './grants.ts'
import type { ModelStore } from './models.ts'
import type { OrganizationStore } from './organizations.ts'
import type { SettingStore } from './settings.ts'
import type { SigningKeyStore } from './signing-keys.ts'
import type { SwitchStore } from './switches.ts'
import type { ToolTextStore } from './tool-texts.ts'
import type { Swept } from './sweep.ts'

/** Everything that outlives a request. */
export type Store = {
  readonly models: ModelStore
  readonly grants: GrantStore
  readonly organizations: OrganizationStore
  readonly clients: ClientStore
  readonly apiKeys: ApiKeyStore
  readonly consoleSessions: ConsoleSessionStore
  readonly signingKeys: SigningKeyStore
  readonly settings: SettingStore
  readonly switches: SwitchStore
  readonly toolTexts: ToolTextStore
  readonly attempts: AttemptStore
  readonly clientDocuments: ClientDocumentStore
  readonly auditEvents: AuditEventStore
  /** Removes what has expired. Several instances may run it at once. */
  readonly sweep: () => Promise<Swept>
  /** Throws where the database does not answer. */
  readonly ping: () => Promise<void>
  readonly close: () => Promise<void>
}
