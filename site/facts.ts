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
  readonly signIn: SignIn
  /** The request headers of API credentials; `null` where they are not taken. */
  readonly apiCredentials: ApiCredentialHeaders | null
  /** The roles whose holders may approve a client; empty where roles are not known. */
  readonly approvers: readonly string[]
  /** Whether an organization is let in at first sight or by the operator. */
  readonly activation: 'automatic' | 'approval'
  /** How names are spelt in `tools/list`. */
  readonly toolNames: 'auto' | 'dotted' | 'underscored'
  readonly limits: Limits
  readonly accessTokenTtlSeconds: number
  readonly refreshTokenTtlSeconds: number
  /** How long audit events are kept. */
  readonly retentionDays: number
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

/** The names of the request headers that carry API credentials. */
export type ApiCredentialHeaders = {
  readonly key: string
  readonly secret: string
  readonly email: string
}

/** How much of anything is taken and given. */
export type Limits = {
  /** Messages of one member in any 60 seconds. */
  readonly callsPerMinute: number
  /** Messages of one address in any 60 seconds, where no token is needed. */
  readonly publicCallsPerMinute: number
  /** Of a request's body. */
  readonly requestBytes: number
  /** Messages in one batch. */
  readonly batchMessages: number
  /** For a whole call of the upstream. */
  readonly upstreamTimeoutMs: number
  /** Of a result's text; the rest is cut. */
  readonly resultChars: number
}
