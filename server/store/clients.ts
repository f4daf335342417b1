/** What kind of program a pre-registered client is; decides redirect URIs and texts, no rights. */
export type ClientType = 'claude' | 'chatgpt' | 'claude-code' | 'other'

/** A client of the authorization server. Times are epoch milliseconds. */
export type Client = {
  /** The issuer's tenant label; `''` is the connector's own host. */
  readonly realm: string
  readonly id: string
  /** `dynamic` registered itself (RFC 7591); `registered` was made by the operator or an admin. */
  readonly kind: 'dynamic' | 'registered'
  readonly type: ClientType
  readonly name: string
  /** Client metadata (RFC 7591, section 2) as JSON; a secret in it is `sha256$…`. */
  readonly metadata: string
  readonly status: 'active' | 'inactive'
  readonly createdAt: number
  readonly lastUsedAt: number | null
}

export interface ClientStore {
  /** Inserts, or replaces name and metadata; status, kind, type and times are kept. */
  put(client: Omit<Client, 'status' | 'createdAt' | 'lastUsedAt'>): Promise<void>
  find(realm: string, id: string): Promise<Client | null>
  /** Newest first. */
  list(filter: { readonly kind?: Client['kind'] }): Promise<readonly Client[]>
  setStatus(realm: string, id: string, status: Client['status']): Promise<boolean>
  /** Notes a use, at most once a minute. */
  touch(realm: string, id: string): Promise<void>
  remove(realm: string, id: string): Promise<void>
}
