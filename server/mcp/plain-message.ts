import { isRecord } from '../json.ts'
import { LEGACY_VERSIONS, MODERN_VERSIONS } from './protocol-versions.ts'

/** A request in the one shape that clients give it, with nothing else in it. */
export type PlainMessage = {
  readonly era: 'modern' | 'legacy'
  readonly id: string | number
  /** `params._meta`; empty where there is none. */
  readonly meta: Members
} & (
  | { readonly method: 'tools/list' }
  | { readonly method: 'tools/call'; readonly name: string; readonly args: Members }
)

/**
 * Recognizes the two messages that almost all are: a `tools/call`, and a `tools/list` of the first
 * page, in the shape of either era (MCP 2026-07-28, and 2025-11-25 and earlier).
 *
 * The SDK stays the authority on what is right. Whatever is unusual in a message is not recognized
 * here, be it right or wrong: what is recognized, the SDK would have accepted.
 *
 * @param httpHeaders the protocol's own, by their names in lower case
 * @returns `null` for everything else
 */
export function recognizeMessage(
  message: unknown,
  httpHeaders: Readonly<Record<string, string>>,
): PlainMessage | null {
  if (!isRecord(message) || !hasOnly(message, MESSAGE_KEYS)) return null
  const { jsonrpc, id, method, params = NOTHING } = message
  if (jsonrpc !== '2.0' || !isId(id) || !isRecord(params)) return null
  if (!JSON_TYPE.test(httpHeaders['content-type'] ?? '')) return null
  const { _meta: meta = NOTHING, name, arguments: args = NOTHING } = params
  if (!isRecord(meta) || !isProgressToken(meta['progressToken'])) return null
  if (method === 'tools/list') {
    const era = eraOf(meta, { method, name: null }, httpHeaders)
    return era === null || !hasOnly(params, LIST_KEYS) ? null : { era, id, meta, method }
  }
  if (method !== 'tools/call' || !hasOnly(params, CALL_KEYS)) return null
  // Of a record, the SDK would leave that key out.
  if (typeof name !== 'string' || !isRecord(args) || Object.hasOwn(args, '__proto__')) return null
  const era = eraOf(meta, { method, name }, httpHeaders)
  return era === null ? null : { era, id, meta, method, name, args }
}

type Members = Readonly<Record<string, unknown>>

const NOTHING: Members = {}
const MESSAGE_KEYS = new Set(['jsonrpc', 'id', 'method', 'params'])
const LIST_KEYS = new Set(['_meta'])
const CALL_KEYS = new Set(['_meta', 'name', 'arguments'])
const JSON_TYPE = /^application\/json(?:; ?charset=utf-8)?$/i

/** What the protocol itself puts into `_meta`. */
const RESERVED = 'io.modelcontextprotocol/'
const VERSION = `${RESERVED}protocolVersion`
const CAPABILITIES = `${RESERVED}clientCapabilities`
const CLIENT_INFO = `${RESERVED}clientInfo`
const ENVELOPE_KEYS = new Set([VERSION, CAPABILITIES, CLIENT_INFO])
const CLIENT_INFO_KEYS = new Set(['name', 'title', 'version'])

function eraOf(
  meta: Members,
  asked: { readonly method: string; readonly name: string | null },
  httpHeaders: Readonly<Record<string, string>>,
): PlainMessage['era'] | null {
  const reserved = Object.keys(meta).filter((key) => key.startsWith(RESERVED))
  const version = httpHeaders['mcp-protocol-version']
  const [method, name] = [httpHeaders['mcp-method'], httpHeaders['mcp-name']]
  if (reserved.length === 0) {
    const isSpoken = version === undefined || LEGACY_VERSIONS.includes(version)
    return isSpoken && method === undefined && name === undefined ? 'legacy' : null
  }
  const isNamed = version !== undefined && MODERN_VERSIONS.includes(version)
  if (!isNamed || meta[VERSION] !== version || method !== asked.method) return null
  if (asked.name === null ? name !== undefined : !isSameName(name, asked.name)) return null
  const isEnvelope = reserved.every((key) => ENVELOPE_KEYS.has(key))
  const isClient = isClientInfo(meta[CLIENT_INFO]) && isCapabilities(meta[CAPABILITIES])
  return isEnvelope && isClient ? 'modern' : null
}

/** A name that needs no encoding in a header says itself there. */
function isSameName(header: string | undefined, name: string): boolean {
  return header === name && /^[\w.-]+$/.test(name)
}

function isClientInfo(value: unknown): boolean {
  if (value === undefined) return true
  if (!isRecord(value) || !hasOnly(value, CLIENT_INFO_KEYS)) return false
  const { name, version, title = '' } = value
  return [name, version, title].every((text) => typeof text === 'string')
}

function isCapabilities(value: unknown): boolean {
  return (
    isRecord(value) &&
    Object.entries(value).every(([key, members]) => {
      const isKnown = isRecord(members) ? CAPABILITY_MEMBERS.get(key) : undefined
      return isKnown !== undefined && isRecord(members) && Object.values(members).every(isKnown)
    })
  )
}

const CAPABILITY_MEMBERS = new Map<string, (member: unknown) => boolean>([
  ['elicitation', isEmpty],
  ['experimental', isRecord],
  ['extensions', isRecord],
  ['roots', (member) => typeof member === 'boolean'],
  ['sampling', isEmpty],
])

function isEmpty(value: unknown): boolean {
  return isRecord(value) && Object.keys(value).length === 0
}

function isId(value: unknown): value is string | number {
  return typeof value === 'string' || Number.isSafeInteger(value)
}

function isProgressToken(value: unknown): boolean {
  return value === undefined || isId(value)
}

function hasOnly(record: Members, keys: ReadonlySet<string>): boolean {
  return Object.keys(record).every((key) => keys.has(key))
}
