import { isRecord } from '../json.ts'
import type { WireParameter } from '../mcp/tool.ts'
import type { CompiledOperation } from './compile-operation.ts'
import { ArgumentRefused } from './failure.ts'
import { fillPath } from './path.ts'
import { percentEncode } from './percent-encode.ts'
import { listCookies } from './serialize-cookie.ts'
import { serializeHeaders } from './serialize-header.ts'
import { joinFields, listQueryFields } from './serialize-query.ts'
import { toParts } from './value-parts.ts'

/** A request target beyond this is refused: common servers cut at 8 KB. */
const MAX_TARGET_CHARS = 8_000

/** A search that says more in its body is not one that a model makes. */
const MAX_BODY_BYTES = 1024 * 1024

/** What an operation's arguments make of its request; who asks is not in it yet. */
export type BuiltRequest = {
  /** Path and query, exactly as sent. */
  readonly target: string
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** One `name=text` each. */
  readonly cookies: readonly string[]
  readonly body: string | null
}

/**
 * Builds the request of an operation, and looks at it once more: it is the operation, at its
 * server, and nothing more.
 *
 * @param request `params` by place and name, and `body`, as the generated call gives them; what was
 *   not compiled is not sent
 * @throws {ArgumentRefused} for an argument that would make it another request
 */
export function buildRequest(compiled: CompiledOperation, request: unknown): BuiltRequest {
  const params = memberOf(request, 'params')
  const pathValues = memberOf(params, 'path')
  const pathname = `${compiled.basePath}${fillPath(compiled.path, pathValues)}`
  const query = buildQuery(compiled, pathValues, memberOf(params, 'query'))
  const target = `${pathname}${query === '' ? '' : `?${query}`}`
  checkTarget(compiled, pathname, target)
  const body = buildBody(compiled, isRecord(request) ? request['body'] : undefined)
  return {
    target,
    headers: {
      ...serializeHeaders(compiled.header, memberOf(params, 'header')),
      ...(body !== null && { 'content-type': compiled.operation.body ?? '' }),
    },
    cookies: listCookies(compiled.cookie, memberOf(params, 'cookie')),
    body,
  }
}

/** Without what every object inherits: a parameter may be named `constructor`. */
function memberOf(value: unknown, name: string): Readonly<Record<string, unknown>> {
  const member = isRecord(value) ? value[name] : undefined
  return { __proto__: null, ...(isRecord(member) && member) }
}

/** The path's key decides first: what it says in its query, no argument says again. */
function buildQuery(
  { fixedQuery, query }: CompiledOperation,
  pathValues: Readonly<Record<string, unknown>>,
  values: Readonly<Record<string, unknown>>,
): string {
  const fixed = fixedQuery.map(({ text }) =>
    text
      .map((part) => {
        if (typeof part === 'string') return part
        const parts = toParts(part, pathValues[part.name])
        return parts?.kind === 'text' ? percentEncode(parts.text) : ''
      })
      .join(''),
  )
  const fixedNames = fixedQuery.map(({ name }) => name)
  const isFixed = ({ name }: WireParameter) => fixedNames.includes(name)
  for (const field of listQueryFields(query.filter(isFixed), values)) {
    if (fixed.includes(joinFields([field]))) continue
    throw new ArgumentRefused(field[0], `is always sent as ${JSON.stringify(fixed.join('&'))}`)
  }
  const free = query.filter((parameter) => !isFixed(parameter))
  const fields = listQueryFields(free, values, fixedNames)
  return [...fixed, ...(fields.length === 0 ? [] : [joinFields(fields)])].join('&')
}

function checkTarget(
  { operation, origin, pathPattern }: CompiledOperation,
  pathname: string,
  target: string,
): void {
  if (target.length > MAX_TARGET_CHARS) {
    throw new ArgumentRefused(null, `must not exceed ${MAX_TARGET_CHARS} characters together`)
  }
  const url = new URL(target, origin)
  // A URL that would be read as another one is not sent, whatever made it so.
  const isItself = url.origin === origin && url.pathname === pathname && url.hash === ''
  if (!isItself || !pathPattern.test(pathname) || !/^[!-~]+$/.test(target)) {
    throw new Error(`refused to send a path that is not ${operation.path}`)
  }
}

function buildBody({ operation }: CompiledOperation, value: unknown): string | null {
  if (value === undefined) return null
  if (operation.method !== 'POST' || operation.body === null) {
    throw new Error(`refused to send a body with "${operation.id}", which has none`)
  }
  const body = JSON.stringify(value)
  if (Buffer.byteLength(body) > MAX_BODY_BYTES) {
    throw new ArgumentRefused(null, `must not exceed ${MAX_BODY_BYTES} bytes together`)
  }
  return body
}
