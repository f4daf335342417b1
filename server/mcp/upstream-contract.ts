import type { OpenUpstream, Operation } from './tool.ts'

/** A read that the connector itself needs, and where its answer keeps what is needed. */
type SessionRead<Pointers> = Pointers & {
  readonly operation: Operation
  readonly send: (open: OpenUpstream) => Promise<unknown>
}

/** Who the credential belongs to. Every member is a JSON Pointer into the answer. */
export type ProfileRead = SessionRead<{
  readonly id: string
  readonly email: string
  readonly name: string
}>

/** Which organizations the member belongs to. `items` points into the answer, the rest into an item. */
export type OrganizationsRead = SessionRead<{
  readonly items: string
  readonly id: string
  readonly name: string
  readonly role: string
  /** These three are `null` where the upstream does not tell. */
  readonly plan: string | null
  readonly baseCurrency: string | null
  /** Of an IANA time zone, such as `Europe/Warsaw`. */
  readonly timeZone: string | null
  /** Roles whose holders may approve a client. */
  readonly approvers: readonly string[]
}>

/** How a password login is renewed: the request takes a refresh token and is answered with a new one. */
export type LoginRefresh = {
  readonly operation: Operation
  readonly send: (open: OpenUpstream, refreshToken: string) => Promise<unknown>
  /** JSON Pointer of the upstream's new bearer token in the answer. */
  readonly token: string
  /** JSON Pointer of the refresh token, in the answers of login and renewal alike. */
  readonly refreshToken: string
}

/** How a member proves to the upstream who they are. */
export type Login =
  | {
      readonly kind: 'password'
      readonly operation: Operation
      readonly send: (open: OpenUpstream, username: string, password: string) => Promise<unknown>
      /** JSON Pointer of the upstream's bearer token in the answer. */
      readonly token: string
      /** `null` where the upstream has no operation for it: its token lives as long as it lives. */
      readonly refresh: LoginRefresh | null
    }
  | { readonly kind: 'api-credentials' }
  | {
      /** The vendor's own identity provider, whose access tokens the upstream accepts. */
      readonly kind: 'oidc'
      /** As the identity provider writes it (OpenID Connect Discovery 1.0, section 3). */
      readonly issuer: string
      /** With `openid`; what is asked of the identity provider, not of this connector. */
      readonly scopes: readonly string[]
      /** The upstream as the identity provider knows it (RFC 8707); `null` where it need not be told. */
      readonly resource: string | null
    }

/** Where a fixed credential goes in a request; a header's may stand behind an authentication scheme. */
export type CredentialPlace =
  | { readonly in: 'header'; readonly name: string; readonly scheme: string | null }
  | { readonly in: 'query'; readonly name: string }
  | { readonly in: 'cookie'; readonly name: string }

/** Who may connect where one credential speaks for everybody: people whom an identity provider knows. */
export type ServiceAccess = {
  /** As the identity provider writes it (OpenID Connect Discovery 1.0, section 3). */
  readonly issuer: string
  /** With `openid`. */
  readonly scopes: readonly string[]
  /** Only addresses of this domain that the identity provider has verified; `null` asks for none. */
  readonly domain: string | null
  /** Only people of whom this claim has one of the values; `null` asks for none. */
  readonly claim: { readonly name: string; readonly values: readonly string[] } | null
}

/** One credential and one organization for everybody who is let in here. */
export type ServiceLogin = {
  readonly kind: 'service'
  readonly organization: { readonly id: string; readonly name: string }
  /** `null` where the upstream asks for none. */
  readonly credential: CredentialPlace | null
  /** `null` where nobody signs in: API keys are the only way in. */
  readonly access: ServiceAccess | null
}

/** The names of the request headers that carry API credentials, here and upstream alike. */
export type ApiCredentialHeaders = {
  readonly key: string
  readonly secret: string
  readonly email: string
}

type UpstreamFacts = {
  /** The document's first server; `UPSTREAM_URL` replaces it. */
  readonly serverUrl: string | null
  readonly organizationHeader: string | null
}

/** An upstream that knows the members: each call is made with a credential of theirs. */
export type MemberUpstream = UpstreamFacts & {
  readonly apiCredentials: ApiCredentialHeaders | null
  readonly login: Login
  readonly profile: ProfileRead
  readonly organizations: OrganizationsRead
}

/** An upstream that knows one credential only, the operator's. It is told apart by having no `profile`. */
export type ServiceUpstream = UpstreamFacts & {
  readonly apiCredentials: null
  readonly login: ServiceLogin
  readonly profile: null
  readonly organizations: null
}
