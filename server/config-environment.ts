import { isIP } from 'node:net'
import { z } from 'zod'
import { auditSinks } from './config-sinks.ts'
import {
  baseUrl,
  databaseUrl,
  headerList,
  oneOf,
  origin,
  proxyUrl,
  redisUrl,
  secretKey,
  secureUrl,
  tenantHosts,
  variable,
  wholeNumber,
} from './config-values.ts'
import { KNOWN_ORIGINS } from './known-clients.ts'

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

/** First steps of paths that are, or will be, the server's own. */
const RESERVED_PATHS = ['health', 'ready', 'metrics', 'oauth', 'console', 'docs', 'public']

/** Every variable that the server reads, with its default; each is judged alone. */
export const environment = z.object({
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
  RATE_LIMIT_PER_MINUTE: wholeNumber(1, 1_000_000, 100),
  REDIS_URL: variable(redisUrl.nullable().default(null)),
  AUDIT_SINKS: variable(auditSinks.default([])),
  AUDIT_SINK_KEY: variable(
    z.string().min(16, { error: 'must have at least 16 characters' }).nullable().default(null),
  ),
  AUDIT_SPOOL: variable(z.string().nullable().default(null)),
  AUDIT_RETENTION_DAYS: wholeNumber(1, 3_650, 365),
  METRICS_TOKEN: variable(
    z
      .string()
      .regex(/^[\x21-\x7e]{16,}$/, { error: 'must be at least 16 visible characters' })
      .nullable()
      .default(null),
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: variable(baseUrl.nullable().default(null)),
  OTEL_EXPORTER_OTLP_HEADERS: variable(headerList.default([])),
  HTTP_PROXY: variable(proxyUrl.nullable().default(null)),
  HTTPS_PROXY: variable(proxyUrl.nullable().default(null)),
  NO_PROXY: variable(z.string().default('')),
  UPSTREAM_CA: variable(z.string().nullable().default(null)),
  UPSTREAM_CERT: variable(z.string().nullable().default(null)),
  UPSTREAM_KEY: variable(z.string().nullable().default(null)),
  UPSTREAM_HTTP2: oneOf(['on', 'off'], 'off'),
})

/** The variables, once each of them is right. */
export type Values = z.output<typeof environment>
