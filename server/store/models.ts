/** Where one record of the authorization server is kept. */
export type ModelKey = {
  /** The issuer's tenant label; `''` is the connector's own host. */
  readonly realm: string
  /** oidc-provider's name of the model, for example `RefreshToken`. */
  readonly model: string
  /** SHA-256 of the bearer value, or the plain identifier of a model whose id is no secret. */
  readonly id: string
}

/** One record of the authorization server, without any raw secret. Times are epoch milliseconds. */
export type ModelRow = ModelKey & {
  readonly payload: string
  readonly grantId: string | null
  readonly uid: string | null
  readonly expiresAt: number | null
  readonly consumedAt: number | null
  /** When the answer that a use of this record led to was written to the client. */
  readonly answeredAt: number | null
}

/** What is written; `consumedAt` and `answeredAt` are never reset by a write. */
export type NewModelRow = Omit<ModelRow, 'consumedAt' | 'answeredAt'>

/** The records of oidc-provider: sessions, interactions, codes, refresh tokens, grants. */
export interface ModelStore {
  /** Inserts or replaces. */
  put(row: NewModelRow): Promise<void>
  /** `null` if unknown or expired. */
  find(key: ModelKey): Promise<ModelRow | null>
  findByUid(realm: string, model: string, uid: string): Promise<ModelRow | null>
  /** Marks as used; `true` only for the one caller, over all processes, that found it unused. */
  consume(key: ModelKey): Promise<boolean>
  /**
   * Spends a refresh token and inserts its successor in one transaction; `false` if it was already
   * spent. A token whose answer never reached a client (`answeredAt` is `null`) can be spent again
   * once `leaseMs` have passed; the successors of the lost answer are then removed.
   */
  rotate(spent: ModelKey, successor: NewModelRow, leaseMs: number): Promise<boolean>
  /** Notes that the answer was written. Using a successor notes it for its predecessor, too. */
  markAnswered(key: ModelKey): Promise<void>
  remove(key: ModelKey): Promise<void>
}
