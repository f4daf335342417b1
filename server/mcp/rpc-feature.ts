import type { Server, ServerCapabilities, ServerOptions } from '@modelcontextprotocol/server'
import type { CallTool } from './call-tool.ts'
import type { Session } from './session.ts'

/** A part of the protocol: what the server declares of it, and how it is answered. */
export type RpcFeature = {
  readonly capabilities: ServerCapabilities
  readonly cacheHints: NonNullable<ServerOptions['cacheHints']>
  /** Sets the handlers of a server that answers one request. */
  readonly register: (server: Server, request: RpcRequest) => void
}

/** The request that a server is built for. */
export type RpcRequest = {
  readonly session: Session
  readonly callTool: CallTool
  /** Lets nothing but planned errors reach the wire: every handler runs in it. */
  readonly guard: Guard
}

/** Runs a handler; what it throws becomes an error that a client may see. */
export type Guard = <Result>(handle: () => Result | Promise<Result>) => Promise<Result>

/** How long a client may keep a list, in milliseconds. It is private: it depends on who asks. */
export const LIST_HINT = { ttlMs: 60_000, cacheScope: 'private' } as const
