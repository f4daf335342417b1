import type { KeptTokens } from '../../../support/sdk-oauth-provider.ts'

/** A client of an SDK with its own sign-in, whichever SDK it comes from. */
export type SdkSession = {
  /** Connects with a new transport, as a new start of the application does. */
  readonly connect: () => Promise<void>
  /** Hands the browser's way back to the transport that asked for it. */
  readonly finishAuth: (callback: URL) => Promise<void>
  readonly listTools: () => Promise<{ readonly tools: readonly { readonly name: string }[] }>
  readonly callTool: (name: string) => Promise<unknown>
  readonly close: () => Promise<void>
  /** What the application has kept. */
  readonly tokens: () => KeptTokens | undefined
  readonly clientId: () => string | undefined
  /** Makes the kept access token one that the server no longer accepts. */
  readonly spoilAccessToken: () => void
  /** Addresses that the client wanted opened, in order. */
  readonly opened: readonly URL[]
}

/** Spoils the signature of a token and nothing else. */
export function spoil(token: string): string {
  const [head = '', claims = '', signature = ''] = token.split('.')
  return [head, claims, signature.slice(8) + signature.slice(0, 8)].join('.')
}
