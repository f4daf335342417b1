import { listAt, textAt, type Json, type JsonObject } from '../../json.ts'

/**
 * Writes `schemes`, `host` and `basePath` as a server (Swagger 2.0, "Swagger Object"). Without a host
 * the API is served where its document is; https goes before http.
 */
export function listServers({ schemes, host, basePath }: JsonObject): Json {
  const path = textAt(basePath).replace(/^(?=[^/])/, '/')
  if (textAt(host) === '') return [{ url: path === '' ? '/' : path }]
  const known = listAt(schemes).filter((scheme) => scheme === 'https' || scheme === 'http')
  const scheme = known.includes('http') && !known.includes('https') ? 'http' : 'https'
  return [{ url: `${scheme}://${textAt(host)}${path}` }]
}
