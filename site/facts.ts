import type { Docs } from './docs.ts'

/** All that the pages say: the connector, and what this deployment of it does. */
export type SiteFacts = {
  readonly docs: Docs
  readonly deployment: Deployment
}

/** What differs between two deployments of the same connector. */
export type Deployment = {
  /** The origin that requests in the pages go to, without a slash at the end. */
  readonly origin: string
  /** Where callers who prove who they are send messages. */
  readonly mcpUrl: string
  /** A second address of the same; `null` for none. */
  readonly otherMcpUrl: string | null
  /** Where the tools are that need no token; `null` where there are none. */
  readonly publicMcpUrl: string | null
  /** Each organization has an address of its own, and this is one of them. */
  readonly isTenantHost: boolean
  /** What those addresses look like, with `{tenant}` in them; `null` where there is one for all. */
  readonly tenantMcpUrl: string | null
  readonly signIn: SignIn
  /** Where people decide and look; `null` where nobody signs in. */
  readonly console: Console | null
  /** The one organization of a connector that reads with one credential for everybody; else `null`. */
  readonly sharedOrganization: string | null
  /** The request headers of API credentials; `null` where they are not taken. */
  readonly apiCredentials: ApiCredentialHeaders | null
  /** What every API key begins with. */
  readonly apiKeyStart: string
  /** The roles whose holders may approve a client; empty where roles are not known. */
  readonly approvers: readonly string[]
  /** Whether an organization is let in at first sight or by the operator. */
  readonly activation: 'automatic' | 'approval'
  /** How names are spelt in `tools/list`. */
  readonly toolNames: 'auto' | 'dotted' | 'underscored'
  readonly protocol: Protocol
  readonly oauth: OauthAddresses
  readonly browsers: Browsers
  /** What the upstream is told about a call: headers beside the credential. */
  readonly upstreamHeaders: UpstreamHeaders
  /** The programs that an administrator can register, with the redirect addresses that they document. */
  readonly clientKinds: readonly ClientKind[]
  readonly limits: Limits
  readonly accessTokenTtlSeconds: number
  readonly refreshTokenTtlSeconds: number
  readonly lifetimes: Lifetimes
  /** How long audit events are kept. */
  readonly retentionDays: number
  readonly kept: Kept
}

/** How people prove who they are. */
export type SignIn =
  | {
      /** With what they sign in to the upstream with: a password, or its API credentials. */
      readonly kind: 'password' | 'api-credentials'
    }
  | {
      /** At an identity provider, whose host this is. */
      readonly kind: 'provider'
      readonly host: string
    }
  | {
      /** Nobody signs in: API keys are the only way in. */
      readonly kind: 'none'
    }

/** Where owners and admins decide, and members see what is theirs. */
export type Console = {
  readonly url: string
  /** What its rooms are called in its navigation. */
  readonly rooms: Readonly<Record<ConsoleRoom, string>>
  /** The room of every member's own. */
  readonly account: { readonly url: string; readonly label: string }
}

/** The rooms of the console, by the names of its addresses. */
export type ConsoleRoom =
  'overview' | 'tools' | 'clients' | 'keys' | 'connections' | 'audit' | 'settings'

/** The names of the request headers that carry API credentials. */
export type ApiCredentialHeaders = {
  readonly key: string
  readonly secret: string
  readonly email: string
}

/** The versions of MCP that are spoken, the newest first. */
export type Protocol = {
  /** Without a handshake: each message says what it needs. */
  readonly modern: readonly string[]
  /** With `initialize`. */
  readonly legacy: readonly string[]
}

/** Where the authorization server and its documents are. */
export type OauthAddresses = {
  readonly resourceMetadata: string
  readonly serverMetadata: string
  readonly authorization: string
  readonly token: string
  readonly registration: string
  readonly revocation: string
  readonly jwks: string
}

/** Pages of which sites may call the connector. */
export type Browsers = {
  readonly origins: readonly string[]
  /** The one origin that may send credentials along; `null` for none. */
  readonly credentialsOrigin: string | null
}

/** The names of the headers. */
export type UpstreamHeaders = {
  readonly program: string
  readonly client: string
  readonly requestId: string
  readonly trace: string
}

/** A kind of program, in the words of its makers. */
export type ClientKind = {
  readonly name: string
  readonly redirectUris: readonly string[]
}

/** How much of anything is taken and given. */
export type Limits = {
  /** Messages of one member in any 60 seconds. */
  readonly callsPerMinute: number
  /** Messages of one address in any 60 seconds, where no token is needed. */
  readonly publicCallsPerMinute: number
  /** What tells where a caller stands. */
  readonly rateHeaders: {
    readonly limit: string
    readonly remaining: string
    readonly reset: string
  }
  /** Of a request's body. */
  readonly requestBytes: number
  /** Levels of a request's JSON. */
  readonly requestLevels: number
  /** Messages in one batch. */
  readonly batchMessages: number
  /** Of the upstream's answer. */
  readonly answerBytes: number
  /** Of a file that is passed on. */
  readonly fileBytes: number
  /** For a whole call of the upstream. */
  readonly upstreamTimeoutMs: number
  /** How often the upstream is asked at most, where it may pass. */
  readonly upstreamTries: number
  /** Calls of one organization that run at the same time. */
  readonly callsAtOnce: number
  /** Of a result's text; the rest is cut. */
  readonly resultChars: number
  readonly signInAccount: Attempts
  readonly signInAddress: Attempts
  readonly authorizeAddress: Attempts
  readonly registerAddress: Attempts
  readonly tokenAddress: Attempts
}

/** How often something may be tried in how long a time. */
export type Attempts = { readonly max: number; readonly seconds: number }

/** How long what is given out lives, in seconds. */
export type Lifetimes = {
  readonly code: number
  readonly signInPage: number
  /** In which a second use of a refresh token ends nothing. */
  readonly refreshGrace: number
  /** For which clients may keep what `server/discover` says. */
  readonly discovery: number
  /** For which clients may keep the list of tools. */
  readonly toolList: number
  /** For which the upstream's word about API credentials is believed. */
  readonly apiCredentials: number
}

/** How long records are kept after their end, in days. */
export type Kept = {
  readonly endedConnections: number
  readonly deadKeys: number
  /** Programs that registered themselves and were never allowed anything, or not used. */
  readonly unusedClients: number
}
