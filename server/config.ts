import { isIP } from 'node:net'
import { z } from 'zod'
import {
  baseUrl,
  databaseUrl,
  oneOf,
  origin,
  secretKey,
  secureUrl,
  tenantHosts,
  variable,
  wholeNumber,
} from './config-values.ts'
import { isLoopbackHost } from './loopback.ts'
import { KNOWN_ORIGINS } from './known-clients.ts'
import { Secret } from './secret.ts'

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

/** First steps of paths that are, or will be, the server's own. */
const RESERVED_PATHS = ['health', 'ready', 'metrics', 'oauth', 'console', 'docs', 'public']

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
  readonly logLevel: (typeof LOG_LEVELS)[number]
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

const environment = z.object({
  PORT: wholeNumber(0, 65_535, 8787),
  HOST: variable(
    z
      .string()
      .refine((host) => host === 'localhost' || isIP(host) !== 0, {
        error: 'must be an IP address to listen on, or localhost',
      })
      .default('127.0.0.1'),
  ),
  PUBLIC_URL: variable(
    secureUrl
      .refine((url) => url.pathname === '/', { error: 'must not hold a path' })
      .nullable()
      .default(null),
  ),
  CONNECTOR: variable(
    z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]*$/, { error: 'must be the name of a folder below generated/' })
      .default('flowtly'),
  ),
  UPSTREAM_URL: variable(baseUrl.nullable().default(null)),
  UPSTREAM_CREDENTIAL: variable(z.string().nullable().default(null)),
  MCP_PATH: variable(
    z
      .string()
      .regex(/^(?:\/[A-Za-z0-9_-]+)+$/, { error: 'must be a path such as /api/mcp' })
      .refine((path) => !RESERVED_PATHS.includes(path.split('/')[1] ?? ''), {
        error: `must not begin with /${RESERVED_PATHS.join(', /')}`,
      })
      .nullable()
      .default(null),
  ),
  WORKSPACE_ORIGIN: variable(origin.nullable().default(null)),
  ALLOWED_ORIGINS: variable(
    z
      .string()
      .default(KNOWN_ORIGINS.join())
      .transform((text) => text.split(',').map((each) => each.trim()))
      .pipe(z.array(origin)),
  ),
  API_CREDENTIALS: oneOf(['on', 'off'], 'on'),
  TOOL_NAMES: oneOf(['auto', 'dotted', 'underscored'], 'auto'),
  UPSTREAM_TIMEOUT_MS: wholeNumber(1, 600_000, 30_000),
  MAX_RESULT_CHARS: wholeNumber(1_000, 10_000_000, 100_000),
  LOG_LEVEL: oneOf(LOG_LEVELS, 'info'),
  DATABASE_URL: variable(databaseUrl.default('sqlite:./data/sluice.db')),
  SECRET_KEY: variable(secretKey.nullable().default(null)),
  TENANT_HOSTS: variable(tenantHosts.nullable().default(null)),
  ACTIVATION: oneOf(['automatic', 'approval'], 'automatic'),
  ACCESS_TOKEN_TTL: wholeNumber(60, 86_400, 3600),
  REFRESH_TOKEN_TTL: wholeNumber(3600, 31_536_000, 2_592_000),
  REFRESH_TOKEN_GRACE: wholeNumber(0, 60, 10),
  TRUST_PROXY: wholeNumber(0, 10, 0),
  OIDC_CLIENT_ID: variable(z.string().nullable().default(null)),
  OIDC_CLIENT_SECRET: variable(z.string().nullable().default(null)),
  OIDC_ISSUER: variable(secureUrl.nullable().default(null)),
})

/**
 * Reads the configuration from an environment; pure.
 *
 * @throws {ConfigError} with every mistake, not only the first
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const parsed = environment.safeParse(env)
  const problems = [
    ...(parsed.success ? [] : parsed.error.issues.map(describeIssue)),
    ...checkPublicUrl(env['HOST'] ?? '', env['PUBLIC_URL'] ?? ''),
    ...checkOidcClient(env),
    ...(parsed.success ? [...checkLifetimes(parsed.data), ...checkIssuer(parsed.data)] : []),
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
  })
}

function toSecret(text: string | null): Secret | null {
  return text === null ? null : new Secret(text)
}

function checkPublicUrl(host: string, publicUrl: string): readonly string[] {
  if (publicUrl !== '' || isIP(host) === 0 || isLoopbackHost(host)) return []
  const example = 'for example https://mcp.example.com'
  return [`PUBLIC_URL is required where HOST is not loopback: say what clients see, ${example}`]
}

/** A connection would end while its access token still says that it lives. */
function checkLifetimes(values: z.output<typeof environment>): readonly string[] {
  if (values.REFRESH_TOKEN_TTL >= values.ACCESS_TOKEN_TTL) return []
  return ['REFRESH_TOKEN_TTL must not be less than ACCESS_TOKEN_TTL']
}

function checkIssuer(values: z.output<typeof environment>): readonly string[] {
  if (values.OIDC_ISSUER === null || values.OIDC_CLIENT_ID !== null) return []
  return ['OIDC_ISSUER does nothing without OIDC_CLIENT_ID and OIDC_CLIENT_SECRET: set them, too']
}

function checkOidcClient(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const names = ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET']
  const missing = names.filter((name) => (env[name] ?? '') === '')
  if (missing.length !== 1) return []
  return [`${String(missing[0])} is required where the other of the two is set`]
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
