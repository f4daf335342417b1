import type { UpstreamCredential } from './credential.ts'

/** Gets a fresh credential for one that the upstream no longer accepts. */
export type RenewCredential = (
  credential: UpstreamCredential,
  requestId: string,
) => Promise<UpstreamCredential | null>

/** A field of a sign-in form. */
export type SignInField = {
  /** The form's field name, for example `username`. */
  readonly name: string
  readonly label: string
  readonly type: 'text' | 'email' | 'password'
  /** The `autocomplete` token (HTML, section 4.10.18.7). */
  readonly autocomplete: string
}

/** What a federated sign-in must remember between leaving and coming back; it is secret. */
export type FederatedMemory = {
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
}

/** How a person proves to the upstream who they are, by what the allow-list names. */
export type SignIn = {
  /**
   * `null` where the upstream has no way to renew a credential. The function answers `null` where
   * the renewal is refused, and throws {UpstreamFailure} where nobody can tell.
   */
  readonly renew: RenewCredential | null
} & (
  | {
      /** A form of ours. */
      readonly kind: 'form'
      readonly fields: readonly SignInField[]
      /** The field that names the account; attempts are counted by it. */
      readonly accountField: string
      /**
       * @returns `null` where the upstream refuses the values
       * @throws {UpstreamFailure} when it cannot tell
       */
      readonly submit: (
        values: Readonly<Record<string, string>>,
        requestId: string,
      ) => Promise<UpstreamCredential | null>
    }
  | {
      /** The vendor's own identity provider (OpenID Connect, authorization code with PKCE). */
      readonly kind: 'redirect'
      /** @throws {UpstreamFailure} when the identity provider cannot be reached */
      readonly begin: (state: string) => Promise<{
        readonly url: URL
        readonly memory: FederatedMemory
      }>
      /**
       * @param callbackUrl the whole URL that the browser came back to
       * @returns `null` where the person or the identity provider refused
       * @throws {UpstreamFailure} when the identity provider cannot be reached or answers nonsense
       */
      readonly complete: (
        callbackUrl: URL,
        memory: FederatedMemory,
      ) => Promise<UpstreamCredential | null>
    }
)
