import type { z } from 'zod'
import { checkOidcClient, checkPublicUrl, checkTogether } from './config-checks.ts'
import { environment, type Values } from './config-environment.ts'
import type { AuditSink } from './config-sinks.ts'
import { Secret } from './secret.ts'

/** Everything the environment decides. Frozen; nobody else looks there. */
export type Config = {
  readonly port: number
  readonly host: string
  /** The origin that clients see, without a path; `null` is the address that the server listens on. */
  readonly publicUrl: URL | null
  /** The folder below `generated/`. */
  readonly connector: string
  /** The upstream's base URL; `null` is the document's own server, or the demo for `flowtly`. */
  readonly upstreamUrl: URL | null
  /** What a service login sends the upstream for everybody; `null` where the environment has none. */
  readonly upstreamCredential: Secret | null
  /** Where `POST /mcp` is served too; `null` for nowhere else. */
  readonly mcpPath: string | null
  /** The one origin that browsers may send credentials from. */
  readonly workspaceOrigin: string | null
  readonly allowedOrigins: readonly string[]
  readonly apiCredentials: boolean
  /** `auto` spells names for the client that asks, as far as it is known. */
  readonly toolNames: 'auto' | 'dotted' | 'underscored'
  /** For a whole upstream call, in milliseconds. */
  readonly upstreamTimeoutMs: number
  /** Of what a tool's result shows as text; the rest is cut. */
  readonly maxResultChars: number
  readonly logLevel: Values['LOG_LEVEL']
  readonly databaseUrl: string
  /** 32 bytes in base64; `null` where the environment has none, which only the demo can do with. */
  readonly secretKey: Secret | null
  /** Host pattern that gives each organization its own URL; `null` for one URL for all. */
  readonly tenantHosts: string | null
  /** Whether an organization is let in at first sight or by the operator. */
  readonly activation: 'automatic' | 'approval'
  readonly accessTokenTtlSeconds: number
  readonly refreshTokenTtlSeconds: number
  /** How long a second use of a refresh token is refused without ending the connection. */
  readonly refreshGraceSeconds: number
  /** How many proxies before the server add to `X-Forwarded-For`; 0 ignores the header. */
  readonly trustProxy: number
  /** Our registration with the vendor's own identity provider; `null` where there is none. */
  readonly oidc: OidcClient | null
  /** Calls of one member in any 60 seconds, where the operator set no other number for their organization. */
  readonly rateLimitPerMinute: number
  /** `null` keeps rate windows in the process; may hold a password. */
  readonly redisUrl: Secret | null
  readonly audit: AuditConfig
  /** What `GET /metrics` asks for as a bearer token; `null` shows it to this machine and private networks only. */
  readonly metricsToken: Secret | null
  /** Where traces go; `null` makes none. */
  readonly otlp: OtlpEndpoint | null
  readonly upstreamNetwork: UpstreamNetwork
}

/** What happens with audit events. */
export type AuditConfig = {
  readonly sinks: readonly AuditSink[]
  /** Signs what is posted to `https` sinks; `null` where there is none. */
  readonly sinkKey: Secret | null
  /** A folder on a disk of this instance, for events on their way; `null` keeps them in memory. */
  readonly spool: string | null
  readonly retentionDays: number
}

/** An OpenTelemetry collector that speaks OTLP over HTTP. */
export type OtlpEndpoint = {
  /** Its base URL: `/v1/traces` and `/v1/logs` are below it. */
  readonly url: URL
  readonly headers: Readonly<Record<string, Secret>>
}

/** What stands between the connector and its upstream. */
export type UpstreamNetwork = {
  readonly httpProxy: Secret | null
  readonly httpsProxy: Secret | null
  /** Hosts that are reached without a proxy, by comma; empty for none. */
  readonly noProxy: string
  /** A file with the certificates (PEM) of authorities to trust beside the well-known ones. */
  readonly caFile: string | null
  /** Files with the certificate and the key (PEM) that the connector shows the upstream. */
  readonly certificate: { readonly certFile: string; readonly keyFile: string } | null
  /** Whether reads use HTTP/2 where the upstream offers it. */
  readonly http2: boolean
}

/** How the connector is known to the vendor's identity provider. */
export type OidcClient = {
  readonly clientId: string
  readonly clientSecret: Secret
  /** Replaces the allow-list's issuer; `null` leaves it. */
  readonly issuer: URL | null
}

/** The environment is not usable; `problems` has one line for each mistake. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`${problems.length} problem(s) in the environment`)
    this.problems = problems
  }

  /** All of it for the operator, a line for each mistake. */
  report(): string {
    return ['the environment is not usable', ...this.problems].join('\n  ')
  }
}

/**
 * Reads the configuration from an environment; pure.
 *
 * @throws {ConfigError} with every mistake, not only the first
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const parsed = environment.safeParse(withUpperCaseProxies(env))
  const problems = [
    ...(parsed.success ? [] : parsed.error.issues.map(describeIssue)),
    ...checkPublicUrl(env['HOST'] ?? '', env['PUBLIC_URL'] ?? ''),
    ...checkOidcClient(env),
    ...(parsed.success ? checkTogether(parsed.data) : []),
  ]
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems)
  const values = parsed.data
  return Object.freeze({
    port: values.PORT,
    host: values.HOST,
    publicUrl: values.PUBLIC_URL,
    connector: values.CONNECTOR,
    upstreamUrl: values.UPSTREAM_URL,
    upstreamCredential: toSecret(values.UPSTREAM_CREDENTIAL),
    mcpPath: values.MCP_PATH,
    workspaceOrigin: values.WORKSPACE_ORIGIN,
    allowedOrigins: values.ALLOWED_ORIGINS,
    apiCredentials: values.API_CREDENTIALS === 'on',
    toolNames: values.TOOL_NAMES,
    upstreamTimeoutMs: values.UPSTREAM_TIMEOUT_MS,
    maxResultChars: values.MAX_RESULT_CHARS,
    logLevel: values.LOG_LEVEL,
    databaseUrl: values.DATABASE_URL,
    secretKey: toSecret(values.SECRET_KEY?.toString('base64') ?? null),
    tenantHosts: values.TENANT_HOSTS,
    activation: values.ACTIVATION,
    accessTokenTtlSeconds: values.ACCESS_TOKEN_TTL,
    refreshTokenTtlSeconds: values.REFRESH_TOKEN_TTL,
    refreshGraceSeconds: values.REFRESH_TOKEN_GRACE,
    trustProxy: values.TRUST_PROXY,
    oidc: toOidcClient(values.OIDC_CLIENT_ID, values.OIDC_CLIENT_SECRET, values.OIDC_ISSUER),
    rateLimitPerMinute: values.RATE_LIMIT_PER_MINUTE,
    redisUrl: toSecret(values.REDIS_URL),
    audit: toAudit(values),
    metricsToken: toSecret(values.METRICS_TOKEN),
    otlp: toOtlp(values),
    upstreamNetwork: toUpstreamNetwork(values),
  })
}

function toSecret(text: string | null): Secret | null {
  return text === null ? null : new Secret(text)
}

/** Curl and its like read these names in lower case, too; there, the lower case goes first. */
function withUpperCaseProxies(env: Readonly<Record<string, string | undefined>>) {
  const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']
  const values = names.map((name) => [name, env[name.toLowerCase()] ?? env[name]] as const)
  return { ...env, ...Object.fromEntries(values) }
}

/** A database that is gone with the process needs nothing that outlives it. */
function toAudit(values: Values): AuditConfig {
  const isGone = values.DATABASE_URL === 'sqlite::memory:'
  return {
    sinks: values.AUDIT_SINKS,
    sinkKey: toSecret(values.AUDIT_SINK_KEY),
    spool: values.AUDIT_SPOOL ?? (isGone ? null : './data/audit'),
    retentionDays: values.AUDIT_RETENTION_DAYS,
  }
}

function toOtlp(values: Values): OtlpEndpoint | null {
  const url = values.OTEL_EXPORTER_OTLP_ENDPOINT
  if (url === null) return null
  const headers = values.OTEL_EXPORTER_OTLP_HEADERS.map(
    ([name, value]) => [name, new Secret(value)] as const,
  )
  return { url, headers: Object.fromEntries(headers) }
}

function toUpstreamNetwork(values: Values): UpstreamNetwork {
  const { UPSTREAM_CERT: certFile, UPSTREAM_KEY: keyFile } = values
  return {
    httpProxy: toSecret(values.HTTP_PROXY),
    httpsProxy: toSecret(values.HTTPS_PROXY),
    noProxy: values.NO_PROXY,
    caFile: values.UPSTREAM_CA,
    certificate: certFile === null || keyFile === null ? null : { certFile, keyFile },
    http2: values.UPSTREAM_HTTP2 === 'on',
  }
}

function toOidcClient(
  clientId: string | null,
  clientSecret: string | null,
  issuer: URL | null,
): OidcClient | null {
  if (clientId === null || clientSecret === null) return null
  return { clientId, clientSecret: new Secret(clientSecret), issuer }
}

/** Values are not repeated: a variable that was mixed up with another may hold a secret. */
function describeIssue(issue: z.core.$ZodIssue): string {
  return `${String(issue.path[0])} ${issue.message}`
}
