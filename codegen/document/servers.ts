import type { Bundle } from './bundle.ts'
import type { OperationEntry } from './document.ts'
import { isObject, listAt, objectAt, textAt, type Json, type JsonObject } from '../json.ts'
import { valueAt, type Path } from '../json-pointer.ts'

/**
 * The base URL that a document gives its operations, with its variables' defaults and without a slash
 * at the end; `null` where only a deployment can say it: the document names no host, and it is not
 * known where it was fetched from (OpenAPI 3.1, section 4.8.5; Swagger 2.0, "Swagger Object").
 */
export function readServerUrl({ document, url }: Bundle): string | null {
  const resolved = resolveServer(firstServer(document['servers']) ?? '/', url)
  return resolved !== null && isAbsolute(resolved) ? resolved : null
}

/**
 * The base URL of an operation that has a server of its own, or whose path has (OpenAPI 3.1, sections
 * 4.8.9 and 4.8.10). On the connector's own origin it is a path, so that it follows the connector to
 * wherever that is deployed.
 *
 * @returns `null` where the operation is served as all others are
 */
export function readOwnServer(bundle: Bundle, operation: OperationEntry): string | null {
  const own = ownServers(operation)
    .map((path) => firstServer(valueAt(bundle.document, path)))
    .find((url) => url !== null)
  if (own === undefined) return null
  const common = readServerUrl(bundle)
  const resolved = resolveServer(own, bundle.url ?? common)
  if (resolved === null || resolved === common) return null
  if (!isAbsolute(resolved)) {
    const shared = resolveServer(firstServer(bundle.document['servers']) ?? '/', null)
    return resolved === shared ? null : resolved
  }
  const { origin, pathname } = new URL(resolved)
  return common !== null && new URL(common).origin === origin ? pathname : resolved
}

/** Where an operation's own servers would stand, the nearest first. */
export function ownServers({ path, method }: OperationEntry): readonly Path[] {
  return [
    ['paths', path, method.toLowerCase(), 'servers'],
    ['paths', path, 'servers'],
  ]
}

function firstServer(servers: Json | undefined): string | null {
  const [server] = listAt(servers)
  return isObject(server) && typeof server['url'] === 'string' ? fillVariables(server) : null
}

/** A variable without a default is the first of its values. */
function fillVariables(server: JsonObject): string {
  const variables = objectAt(server['variables'])
  return textAt(server['url']).replace(/\{([^{}]*)\}/g, (whole, name: string) => {
    const variable = objectAt(variables[name])
    const [first] = listAt(variable['enum'])
    const value = variable['default'] ?? first
    return typeof value === 'string' || typeof value === 'number' ? String(value) : whole
  })
}

/** An absolute URL, or a path where there is nothing to resolve one against; `null` for neither. */
function resolveServer(text: string, base: string | null): string | null {
  if (/[{}]/.test(text)) return null
  const url = URL.parse(text, base ?? 'relative://host/')
  if (url === null) return null
  if (url.protocol === 'relative:') return url.pathname.replace(/\/+$/, '') || '/'
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '')
}

function isAbsolute(server: string): boolean {
  return !server.startsWith('/')
}
