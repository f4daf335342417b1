import type { UpstreamCredential } from './credential.ts'

/**
 * Gets a fresh credential for one that the upstream no longer accepts.
 *
 * @returns `null` where the renewal is refused, or the credential cannot be renewed
 * @throws {UpstreamFailure} when nobody can tell
 */
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

type Renewable = {
  /** `null` where the upstream has no way to renew a credential. */
  readonly renew: RenewCredential | null
}

/** Sign-in with a form of ours. */
export type FormSignIn = Renewable & {
  readonly kind: 'form'
  readonly fields: readonly SignInField[]
  /** The field that names the account; attempts are counted by it. */
  readonly accountField: string
  /**
   * Tries the values.
   *
   * @returns `null` where the upstream refuses them
   * @throws {UpstreamFailure} when it cannot tell
   */
  readonly submit: (
    values: Readonly<Record<string, string>>,
    requestId: string,
  ) => Promise<UpstreamCredential | null>
}

/** Sign-in at the vendor's own identity provider (OpenID Connect, authorization code with PKCE). */
export type RedirectSignIn = Renewable & {
  readonly kind: 'redirect'
  /** Host, and port if there is one, of the identity provider, for people to read. */
  readonly providerHost: string
  /**
   * Tells where to send the browser, and what must be remembered until it comes back.
   *
   * @param state bound to the browser by the caller; comes back in the callback
   * @param options.askAgain whoever is signed in there already is asked to sign in again; not by default
   * @throws {UpstreamFailure} when the identity provider cannot be reached
   */
  readonly begin: (
    state: string,
    options?: { readonly askAgain: boolean },
  ) => Promise<{
    readonly url: URL
    readonly memory: FederatedMemory
  }>
  /**
   * Exchanges what the browser brought back.
   *
   * @param callbackUrl the whole URL that the browser came back to
   * @returns `null` where the person or the identity provider refused
   * @throws {UpstreamFailure} when the identity provider cannot be reached, or the callback is not its answer to this `begin`
   */
  readonly complete: (
    callbackUrl: URL,
    memory: FederatedMemory,
  ) => Promise<UpstreamCredential | null>
}

/** How a person proves to the upstream who they are, by what the allow-list names. */
export type SignIn = FormSignIn | RedirectSignIn
