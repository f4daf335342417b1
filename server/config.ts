import { isIP } from 'node:net'
import { z } from 'zod'

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

/** Where hosted AI clients come from when they call from a browser. */
const DEFAULT_ALLOWED_ORIGINS =
  'https://claude.ai,https://claude.com,https://api.anthropic.com,https://chatgpt.com'

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
  readonly logLevel: (typeof LOG_LEVELS)[number]
}

/** The environment is not usable; `problems` has one line for each mistake. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`${problems.length} problem(s) in the environment`)
    this.problems = problems
  }
}

const origin = z.string().refine((text) => URL.parse(text)?.origin === text, {
  error: 'must be an origin such as https://workspace.example.com, without a path or a slash',
})

const baseUrl = z
  .string()
  .refine((text) => /^https?:\/\//.test(text) && URL.canParse(text), {
    error: 'must be an http or https URL',
  })
  .transform((text) => new URL(text))
  .refine((url) => url.username === '' && url.password === '', {
    error: 'must not hold a user name or a password',
  })
  .refine((url) => url.search === '' && url.hash === '', {
    error: 'must not hold a query or a fragment',
  })

/** An empty variable is an unset one: that is how shells and compose files say "no". */
function variable<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (value === '' ? undefined : value), schema)
}

function wholeNumber(min: number, max: number, fallback: number) {
  const error = `must be a whole number from ${min} to ${max}`
  const number = z
    .string()
    .regex(/^\d{1,9}$/, { error })
    .transform(Number)
    .refine((value) => value >= min && value <= max, { error })
  return variable(number.default(fallback))
}

function oneOf<const Values extends readonly [string, ...string[]]>(
  values: Values,
  fallback: Values[number],
) {
  return variable(
    z.enum(values, { error: `must be one of ${values.join(', ')}` }).default(fallback),
  )
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
    baseUrl
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
      .default(DEFAULT_ALLOWED_ORIGINS)
      .transform((text) => text.split(',').map((each) => each.trim()))
      .pipe(z.array(origin)),
  ),
  API_CREDENTIALS: oneOf(['on', 'off'], 'on'),
  TOOL_NAMES: oneOf(['auto', 'dotted', 'underscored'], 'auto'),
  UPSTREAM_TIMEOUT_MS: wholeNumber(1, 600_000, 30_000),
  LOG_LEVEL: oneOf(LOG_LEVELS, 'info'),
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
  ]
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems)
  const values = parsed.data
  return Object.freeze({
    port: values.PORT,
    host: values.HOST,
    publicUrl: values.PUBLIC_URL,
    connector: values.CONNECTOR,
    upstreamUrl: values.UPSTREAM_URL,
    mcpPath: values.MCP_PATH,
    workspaceOrigin: values.WORKSPACE_ORIGIN,
    allowedOrigins: values.ALLOWED_ORIGINS,
    apiCredentials: values.API_CREDENTIALS === 'on',
    toolNames: values.TOOL_NAMES,
    upstreamTimeoutMs: values.UPSTREAM_TIMEOUT_MS,
    logLevel: values.LOG_LEVEL,
  })
}

function checkPublicUrl(host: string, publicUrl: string): readonly string[] {
  if (publicUrl !== '' || isIP(host) === 0 || isLoopbackHost(host)) return []
  const example = 'for example https://mcp.example.com'
  return [`PUBLIC_URL is required where HOST is not loopback: say what clients see, ${example}`]
}

/** Tells whether an address or a URL's host name means this machine only. */
export function isLoopbackHost(host: string): boolean {
  return ['localhost', '::1', '[::1]'].includes(host) || host.startsWith('127.')
}

/** Values are not repeated: a variable that was mixed up with another may hold a secret. */
function describeIssue(issue: z.core.$ZodIssue): string {
  return `${String(issue.path[0])} ${issue.message}`
}
