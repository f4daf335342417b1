/** A key that access tokens are signed with. Times are epoch milliseconds. */
export type SigningKey = {
  /** 1, 2, 3 …; two processes that make the same generation agree on one of them. */
  readonly generation: number
  /** The private JWK, sealed. */
  readonly sealed: string
  readonly createdAt: number
  /** Published from its creation on, used from this time on. */
  readonly signsFrom: number
  /** Published until then; `null` for the newest. */
  readonly verifiesUntil: number | null
}

export interface SigningKeyStore {
  /** Those still published, oldest first. */
  list(): Promise<readonly SigningKey[]>
  /**
   * Adds a generation and lets all earlier ones end at `othersVerifyUntil`; `false` if that
   * generation exists.
   */
  add(
    key: Pick<SigningKey, 'generation' | 'sealed' | 'signsFrom'>,
    othersVerifyUntil: number,
  ): Promise<boolean>
}
