import type { Operation, WireParameter } from '../mcp/tool.ts'
import { parseTemplate, toPathPattern, type Template } from './path.ts'

/** An operation as it is sent, with all that does not depend on a call worked out. */
export type CompiledOperation = {
  readonly operation: Operation
  /** Scheme, host and port. */
  readonly origin: string
  /** Without a slash at the end; empty where there is none. */
  readonly basePath: string
  readonly path: Template
  /** What every path of the operation looks like, from the origin on. */
  readonly pathPattern: RegExp
  /** The fields that the path's key has behind its `?`. */
  readonly fixedQuery: readonly { readonly name: string; readonly text: Template }[]
  readonly query: readonly WireParameter[]
  readonly header: readonly WireParameter[]
  readonly cookie: readonly WireParameter[]
}

/**
 * Compiles operations for one upstream, each once.
 *
 * @param baseUrl of the connector; an operation that names a server of its own is sent there
 */
export function createOperationCompiler(baseUrl: URL): (operation: Operation) => CompiledOperation {
  const compiled = new WeakMap<Operation, CompiledOperation>()
  return (operation) => {
    const known = compiled.get(operation)
    if (known !== undefined) return known
    const fresh = compileOperation(operation, baseUrl)
    compiled.set(operation, fresh)
    return fresh
  }
}

function compileOperation(operation: Operation, baseUrl: URL): CompiledOperation {
  const { parameters } = operation
  const base = operation.server === null ? baseUrl : new URL(operation.server, baseUrl)
  const basePath = base.pathname.replace(/\/+$/, '')
  const path = parseTemplate(operation.template, parameters)
  const at = (place: WireParameter['in']) => parameters.filter((each) => each.in === place)
  return {
    operation,
    origin: base.origin,
    basePath,
    path,
    pathPattern: toPathPattern(basePath, path),
    fixedQuery: operation.query
      .split('&')
      .filter((field) => field !== '')
      .map((field) => ({
        name: decodeField(field.split('=', 1)[0] ?? ''),
        text: parseTemplate(field, parameters),
      })),
    query: at('query'),
    header: at('header'),
    cookie: at('cookie'),
  }
}

function decodeField(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name // not percent-encoded, and so itself
  }
}
