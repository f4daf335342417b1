import { isIP } from 'node:net'
import type { Values } from './config-environment.ts'
import { isLoopbackHost } from './loopback.ts'

/** Clients on the network cannot guess under which name they reach the server. */
export function checkPublicUrl(host: string, publicUrl: string): readonly string[] {
  if (publicUrl !== '' || isIP(host) === 0 || isLoopbackHost(host)) return []
  const example = 'for example https://mcp.example.com'
  return [`PUBLIC_URL is required where HOST is not loopback: say what clients see, ${example}`]
}

/** What is wrong with variables that are right each alone. */
export function checkTogether(values: Values): readonly string[] {
  return [checkLifetimes, checkIssuer, checkOtlp, checkSinkKey, checkCertificate].flatMap((check) =>
    check(values),
  )
}

/** A connection would end while its access token still says that it lives. */
function checkLifetimes(values: Values): readonly string[] {
  if (values.REFRESH_TOKEN_TTL >= values.ACCESS_TOKEN_TTL) return []
  return ['REFRESH_TOKEN_TTL must not be less than ACCESS_TOKEN_TTL']
}

function checkIssuer(values: Values): readonly string[] {
  if (values.OIDC_ISSUER === null || values.OIDC_CLIENT_ID !== null) return []
  return ['OIDC_ISSUER does nothing without OIDC_CLIENT_ID and OIDC_CLIENT_SECRET: set them, too']
}

function checkOtlp(values: Values): readonly string[] {
  if (values.OTEL_EXPORTER_OTLP_ENDPOINT !== null) return []
  const needs = values.AUDIT_SINKS.some(({ kind }) => kind === 'otlp')
  return needs ? ['OTEL_EXPORTER_OTLP_ENDPOINT is required where AUDIT_SINKS names otlp'] : []
}

function checkSinkKey(values: Values): readonly string[] {
  if (values.AUDIT_SINK_KEY !== null) return []
  const needs = values.AUDIT_SINKS.some(({ kind }) => kind === 'https')
  return needs
    ? ['AUDIT_SINK_KEY is required where AUDIT_SINKS posts to a URL: it signs what is sent']
    : []
}

function checkCertificate(values: Values): readonly string[] {
  if ((values.UPSTREAM_CERT === null) === (values.UPSTREAM_KEY === null)) return []
  const missing = values.UPSTREAM_CERT === null ? 'UPSTREAM_CERT' : 'UPSTREAM_KEY'
  return [`${missing} is required where the other of the two is set`]
}

/** One of the two alone is a mistake, not a wish for none. */
export function checkOidcClient(
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const names = ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET']
  const missing = names.filter((name) => (env[name] ?? '') === '')
  if (missing.length !== 1) return []
  return [`${String(missing[0])} is required where the other of the two is set`]
}
