import { ConfigError, type Config } from './config.ts'

const DEMO_CONNECTOR = 'flowtly'

/** Where the README looks for the demo upstream; a server takes another if it is in use. */
export const DEMO_PORT = 8788

/**
 * Answers whether the demo upstream stands in for the API that it imitates: for the shipped
 * connector, without an upstream of one's own.
 */
export function isDemoMode({ connector, upstreamUrl }: Config): boolean {
  return connector === DEMO_CONNECTOR && upstreamUrl === null
}

/**
 * The upstream's address outside the demo: `UPSTREAM_URL`, or the document's own server if it can be
 * called as it stands there.
 *
 * @throws {ConfigError} where neither names one
 */
export function chooseUpstreamUrl({ upstreamUrl }: Config, serverUrl: string | null): URL {
  const url = upstreamUrl ?? URL.parse(serverUrl ?? '')
  if (url !== null && /^https?:$/.test(url.protocol)) return url
  throw new ConfigError(['UPSTREAM_URL is required: the document names no server of its own'])
}
