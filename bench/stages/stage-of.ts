import type { Frame } from './cpu-profile.ts'

/** Folders of the server, by what a call has them for. */
const FOLDERS: Readonly<Record<string, string>> = {
  access: 'who is calling',
  'sign-in': 'who is calling',
  store: 'store',
  limits: 'rate window',
  mcp: 'JSON-RPC, arguments, answer',
  generated: 'JSON-RPC, arguments, answer',
  upstream: 'upstream call',
  audit: 'audit',
  telemetry: 'figures and traces',
  http: 'HTTP: headers, body, checks',
}
const FILES: Readonly<Record<string, string>> = {
  'redis.ts': 'rate window',
  'redis-link.ts': 'rate window',
}
/** Libraries that do their work after their caller has gone on. */
const LIBRARIES: Readonly<Record<string, string>> = {
  pg: 'store',
  'pg-pool': 'store',
  'pg-protocol': 'store',
  kysely: 'store',
  '@redis/client': 'rate window',
  undici: 'upstream call',
  koa: 'Koa',
  '@koa/router': 'Koa',
  '@modelcontextprotocol/server': 'JSON-RPC, arguments, answer',
  pino: 'log',
}

/**
 * Says what part of a call a moment belongs to: the innermost function of ours, or of a library that
 * was called by Node itself. `null` where nothing ran.
 *
 * @param stack the function that was running first
 */
export function stageOf(stack: readonly Frame[]): string | null {
  const [top] = stack
  if (top?.functionName === '(idle)') return null
  if (top?.functionName === '(garbage collector)') return 'garbage collection'
  const named = stack.map(({ url }) => nameOf(url)).find((name) => name !== null)
  return named ?? "Node's own: sockets, HTTP, timers"
}

function nameOf(url: string): string | null {
  const library = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1]
  if (library !== undefined) return LIBRARIES[library] ?? null
  const file = /\/server\/([^/]+\.ts)$/.exec(url)?.[1]
  if (file !== undefined) return FILES[file] ?? null
  const folder = /\/(?:server\/([^/]+)|(generated))\//.exec(url)
  return FOLDERS[folder?.[1] ?? folder?.[2] ?? ''] ?? null
}
