import { SUPPORTED_PROTOCOL_VERSIONS } from '@modelcontextprotocol/server'

/** What is spoken with a handshake, the newest first. */
export const LEGACY_VERSIONS: readonly string[] = SUPPORTED_PROTOCOL_VERSIONS

/** What is spoken without one; the SDK keeps its own list of them to itself. */
export const MODERN_VERSIONS: readonly string[] = ['2026-07-28']
