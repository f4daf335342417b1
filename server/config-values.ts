import { z } from 'zod'
import { isLoopbackHost } from './loopback.ts'

/** An origin as browsers write it, without a path. */
export const origin = z.string().refine((text) => URL.parse(text)?.origin === text, {
  error: 'must be an origin such as https://workspace.example.com, without a path or a slash',
})

/** An http or https URL without a user, a query or a fragment. */
export const baseUrl = z
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

/** The same, but over TLS, except on the machine itself (OAuth 2.1, section 1.5). */
export const secureUrl = baseUrl.refine(
  (url) => url.protocol === 'https:' || isLoopbackHost(url.hostname),
  { error: 'must begin with https:// unless its host is this machine' },
)

/** An empty variable is an unset one: that is how shells and compose files say "no". */
export function variable<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => (value === '' ? undefined : value), schema)
}

/** A whole number in decimal digits, both limits included. */
export function wholeNumber(min: number, max: number, fallback: number) {
  const error = `must be a whole number from ${min} to ${max}`
  const number = z
    .string()
    .regex(/^\d{1,9}$/, { error })
    .transform(Number)
    .refine((value) => value >= min && value <= max, { error })
  return variable(number.default(fallback))
}

/** One of a few words. */
export function oneOf<const Values extends readonly [string, ...string[]]>(
  values: Values,
  fallback: Values[number],
) {
  return variable(
    z.enum(values, { error: `must be one of ${values.join(', ')}` }).default(fallback),
  )
}

/** OTLP's `name=value` pairs, by comma, values percent-encoded (OpenTelemetry Protocol Exporter, "Headers"). */
export const headerList = z
  .string()
  .refine(
    (text) => text.split(',').every((pair) => /^\s*[!#$%&'*+.^_`|~0-9A-Za-z-]+\s*=/.test(pair)),
    {
      error: 'must be NAME=VALUE pairs, by comma',
    },
  )
  .refine(isDecodable, { error: 'must hold percent-encoded values' })
  .transform((text) =>
    text.split(',').map((pair) => {
      const [name = '', ...value] = pair.split('=')
      return [name.trim(), decodeURIComponent(value.join('=').trim())] as const
    }),
  )

/** Where the store is: a file for SQLite, or a PostgreSQL server. */
export const databaseUrl = z.string().refine(isDatabaseUrl, {
  error: 'must be sqlite:PATH, for example sqlite:./data/sluice.db, or postgres://USER@HOST/NAME',
})

/** A forward proxy, which may ask for a user and a password. */
export const proxyUrl = z
  .string()
  .refine((text) => /^https?:\/\/./.test(text) && URL.canParse(text), {
    error: 'must be the http or https URL of a proxy',
  })

/** A Redis server, in plain or over TLS. */
export const redisUrl = z.string().refine((text) => isRedisUrl(text), {
  error: 'must be redis://HOST:PORT or rediss://USER:PASSWORD@HOST:PORT',
})

/** 32 random bytes in base64 (RFC 4648, section 4 or 5), as `openssl rand -base64 32` prints them. */
export const secretKey = z
  .string()
  .refine((text) => /^[A-Za-z0-9+/_-]{43}=?$/.test(text), {
    error: 'must be 32 bytes in base64, for example from: openssl rand -base64 32',
  })
  .transform((text) => Buffer.from(text, 'base64'))

/** A host name whose first label is `{tenant}`. */
export const tenantHosts = z
  .string()
  .regex(/^\{tenant\}(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/, {
    error: 'must be a host name in lower case such as {tenant}.mcp.example.com, without a port',
  })

function isDecodable(text: string): boolean {
  try {
    return decodeURIComponent(text) !== ''
  } catch {
    return false
  }
}

function isDatabaseUrl(text: string): boolean {
  if (text.startsWith('sqlite:')) return text.length > 'sqlite:'.length
  return /^postgres(?:ql)?:\/\/./.test(text) && URL.canParse(text)
}

/** The path is the number of a database; user and password are percent-encoded. */
function isRedisUrl(text: string): boolean {
  const url = URL.parse(text)
  if (url === null || !/^rediss?:$/.test(url.protocol) || url.hostname === '') return false
  return /^(?:\/\d*)?$/.test(url.pathname) && isDecodable(`:${url.username}${url.password}`)
}
