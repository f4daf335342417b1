import { ConfigError, type Config } from './config.ts'
import type { Connector } from './mcp/tool.ts'
import { describeMisfit, type FixedCredential } from './upstream/fixed-credential.ts'

/**
 * Fits the environment's credential to what the connector's login asks for.
 *
 * @returns `null` where the upstream is sent none of the operator's
 * @throws {ConfigError} where it is missing, is not used, or cannot be sent
 */
export function fitUpstreamCredential(
  { upstreamCredential: secret }: Config,
  { name, upstream: { login } }: Connector,
): FixedCredential | null {
  const place = login.kind === 'service' ? login.credential : null
  if (place === null) {
    if (secret === null) return null
    const what = `does nothing: the connector "${name}" sends its upstream no credential of yours`
    throw new ConfigError([`UPSTREAM_CREDENTIAL ${what}: unset it, or use another CONNECTOR`])
  }
  if (secret === null) {
    const what = `the connector "${name}" sends it to its upstream, in the ${place.in} "${place.name}"`
    throw new ConfigError([`UPSTREAM_CREDENTIAL is required: ${what}`])
  }
  const misfit = describeMisfit({ place, secret })
  if (misfit !== null) throw new ConfigError([`UPSTREAM_CREDENTIAL ${misfit}`])
  return { place, secret }
}
