import { describe, expect, it } from '@jest/globals'
import { ConfigError, readConfig } from '../../server/config.ts'
import { Secret } from '../../server/secret.ts'

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

const KEY = Buffer.alloc(32, 1).toString('base64')

describe('readConfig', () => {
  it('fills every default from an empty environment', () => {
    expect(readConfig({})).toEqual({
      port: 8787,
      host: '127.0.0.1',
      publicUrl: null,
      connector: 'flowtly',
      upstreamUrl: null,
      upstreamCredential: null,
      mcpPath: null,
      workspaceOrigin: null,
      allowedOrigins: [
        'https://claude.ai',
        'https://claude.com',
        'https://api.anthropic.com',
        'https://chatgpt.com',
      ],
      apiCredentials: true,
      toolNames: 'auto',
      upstreamTimeoutMs: 30_000,
      maxResultChars: 100_000,
      logLevel: 'info',
      databaseUrl: 'sqlite:./data/sluice.db',
      secretKey: null,
      tenantHosts: null,
      activation: 'automatic',
      accessTokenTtlSeconds: 3600,
      refreshTokenTtlSeconds: 2_592_000,
      refreshGraceSeconds: 10,
      trustProxy: 0,
      oidc: null,
      rateLimitPerMinute: 100,
      redisUrl: null,
      audit: { sinks: [], sinkKey: null, spool: './data/audit', retentionDays: 365 },
      metricsToken: null,
      otlp: null,
      upstreamNetwork: {
        httpProxy: null,
        httpsProxy: null,
        noProxy: '',
        caFile: null,
        certificate: null,
        http2: false,
      },
    })
  })

  it('takes an empty variable for an unset one', () => {
    expect(readConfig({ PORT: '', UPSTREAM_URL: '' })).toEqual(readConfig({}))
  })

  it('gives a frozen object', () => {
    expect(Object.isFrozen(readConfig({}))).toBe(true)
  })

  it('reads every variable', () => {
    const config = readConfig({
      PORT: '0',
      HOST: '0.0.0.0',
      PUBLIC_URL: 'https://mcp.example.com',
      CONNECTOR: 'power-dns',
      UPSTREAM_URL: 'https://api.example.com/v1',
      UPSTREAM_CREDENTIAL: 'tk-1',
      MCP_PATH: '/api/mcp',
      WORKSPACE_ORIGIN: 'https://workspace.example.com',
      ALLOWED_ORIGINS: 'https://one.example, https://two.example:8443',
      API_CREDENTIALS: 'off',
      TOOL_NAMES: 'underscored',
      UPSTREAM_TIMEOUT_MS: '1500',
      MAX_RESULT_CHARS: '10000000',
      LOG_LEVEL: 'debug',
      DATABASE_URL: 'postgres://sluice@db.example.com/sluice',
      SECRET_KEY: KEY,
      TENANT_HOSTS: '{tenant}.mcp.example.com',
      ACTIVATION: 'approval',
      ACCESS_TOKEN_TTL: '900',
      REFRESH_TOKEN_TTL: '86400',
      REFRESH_TOKEN_GRACE: '0',
      TRUST_PROXY: '1',
      OIDC_CLIENT_ID: 'sluice',
      OIDC_CLIENT_SECRET: 'hunter2',
      OIDC_ISSUER: 'https://id.example.com/tenant',
      RATE_LIMIT_PER_MINUTE: '5',
      REDIS_URL: 'rediss://user:hunter2@redis.example.com:6380/1',
      AUDIT_SINKS:
        'stdout, file:/var/log/audit.jsonl#cef,syslog+tls://siem.example.com,syslog+tcp://[::1]:1601#ocsf,https://siem.example.com/in?x=1,otlp',
      AUDIT_SINK_KEY: 'signs-what-is-posted',
      AUDIT_SPOOL: '/var/spool/sluice',
      AUDIT_RETENTION_DAYS: '30',
      METRICS_TOKEN: 'a-token-for-prometheus',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
      OTEL_EXPORTER_OTLP_HEADERS: 'api-key=a%20b, x-tenant=acme',
      https_proxy: 'http://proxy.example.com:3128',
      HTTPS_PROXY: 'http://other.example.com:3128',
      NO_PROXY: 'localhost,.internal',
      UPSTREAM_CA: '/etc/ssl/own.pem',
      UPSTREAM_CERT: '/etc/ssl/client.pem',
      UPSTREAM_KEY: '/etc/ssl/client.key',
      UPSTREAM_HTTP2: 'on',
    })

    expect(config).toEqual({
      port: 0,
      host: '0.0.0.0',
      publicUrl: new URL('https://mcp.example.com'),
      connector: 'power-dns',
      upstreamUrl: new URL('https://api.example.com/v1'),
      upstreamCredential: expect.any(Secret),
      mcpPath: '/api/mcp',
      workspaceOrigin: 'https://workspace.example.com',
      allowedOrigins: ['https://one.example', 'https://two.example:8443'],
      apiCredentials: false,
      toolNames: 'underscored',
      upstreamTimeoutMs: 1500,
      maxResultChars: 10_000_000,
      logLevel: 'debug',
      databaseUrl: 'postgres://sluice@db.example.com/sluice',
      secretKey: expect.any(Secret),
      tenantHosts: '{tenant}.mcp.example.com',
      activation: 'approval',
      accessTokenTtlSeconds: 900,
      refreshTokenTtlSeconds: 86_400,
      refreshGraceSeconds: 0,
      trustProxy: 1,
      oidc: {
        clientId: 'sluice',
        clientSecret: expect.any(Secret),
        issuer: new URL('https://id.example.com/tenant'),
      },
      rateLimitPerMinute: 5,
      redisUrl: expect.any(Secret),
      audit: {
        sinks: [
          { kind: 'stdout', format: 'json' },
          { kind: 'file', path: '/var/log/audit.jsonl', format: 'cef' },
          { kind: 'syslog', host: 'siem.example.com', port: 6514, tls: true, format: 'json' },
          { kind: 'syslog', host: '::1', port: 1601, tls: false, format: 'ocsf' },
          { kind: 'https', url: new URL('https://siem.example.com/in?x=1'), format: 'json' },
          { kind: 'otlp', format: 'json' },
        ],
        sinkKey: expect.any(Secret),
        spool: '/var/spool/sluice',
        retentionDays: 30,
      },
      metricsToken: expect.any(Secret),
      otlp: {
        url: new URL('http://collector:4318'),
        headers: { 'api-key': expect.any(Secret), 'x-tenant': expect.any(Secret) },
      },
      upstreamNetwork: {
        httpProxy: null,
        httpsProxy: expect.any(Secret),
        noProxy: 'localhost,.internal',
        caFile: '/etc/ssl/own.pem',
        certificate: { certFile: '/etc/ssl/client.pem', keyFile: '/etc/ssl/client.key' },
        http2: true,
      },
    })
    expect(config.upstreamNetwork.httpsProxy?.reveal()).toBe('http://proxy.example.com:3128')
    expect(config.otlp?.headers['api-key']?.reveal()).toBe('a b')
    expect(config.secretKey?.reveal()).toBe(KEY)
    expect(config.upstreamCredential?.reveal()).toBe('tk-1')
    expect(config.oidc?.clientSecret.reveal()).toBe('hunter2')
  })

  it.each([
    ['PORT', '80 80'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['HOST', 'example.com'],
    ['PUBLIC_URL', 'mcp.example.com'],
    ['PUBLIC_URL', 'https://mcp.example.com/mcp'],
    ['PUBLIC_URL', 'https://user:pass@mcp.example.com'],
    ['PUBLIC_URL', 'ftp://mcp.example.com'],
    ['PUBLIC_URL', 'http://mcp.example.com'],
    ['PUBLIC_URL', 'http://127.0.0.1.example.com'],
    ['CONNECTOR', '../flowtly'],
    ['UPSTREAM_URL', 'https://api.example.com/?key=1'],
    ['MCP_PATH', 'api/mcp'],
    ['MCP_PATH', '/mcp/'],
    ['MCP_PATH', '/health'],
    ['MCP_PATH', '/oauth/mcp'],
    ['WORKSPACE_ORIGIN', '*'],
    ['WORKSPACE_ORIGIN', 'https://workspace.example.com/'],
    ['ALLOWED_ORIGINS', 'https://one.example,*'],
    ['API_CREDENTIALS', 'yes'],
    ['TOOL_NAMES', 'Dotted'],
    ['UPSTREAM_TIMEOUT_MS', '0'],
    ['UPSTREAM_TIMEOUT_MS', '1e3'],
    ['MAX_RESULT_CHARS', '999'],
    ['MAX_RESULT_CHARS', '10000001'],
    ['LOG_LEVEL', 'loud'],
    ['DATABASE_URL', './data/sluice.db'],
    ['DATABASE_URL', 'mysql://localhost/sluice'],
    ['SECRET_KEY', 'hunter2'],
    ['SECRET_KEY', Buffer.alloc(31).toString('base64')],
    ['TENANT_HOSTS', 'mcp.example.com'],
    ['TENANT_HOSTS', 'https://{tenant}.mcp.example.com'],
    ['TENANT_HOSTS', '{tenant}.mcp.example.com:8443'],
    ['ACTIVATION', 'manual'],
    ['ACCESS_TOKEN_TTL', '59'],
    ['REFRESH_TOKEN_TTL', '1h'],
    ['REFRESH_TOKEN_GRACE', '61'],
    ['TRUST_PROXY', 'true'],
    ['OIDC_ISSUER', 'id.example.com'],
    ['OIDC_ISSUER', 'http://id.example.com'],
    ['RATE_LIMIT_PER_MINUTE', '0'],
    ['REDIS_URL', 'localhost:6379'],
    ['REDIS_URL', 'redis:///1'],
    ['REDIS_URL', 'redis://localhost/cache'],
    ['REDIS_URL', 'redis://user:%zz@localhost'],
    ['AUDIT_SINKS', 'stdout,'],
    ['AUDIT_SINKS', 'stdout#xml'],
    ['AUDIT_SINKS', 'stdout,stdout'],
    ['AUDIT_SINKS', 'https://siem.example.com/in?a=1,https://siem.example.com/in?a=2'],
    ['AUDIT_SINKS', 'file:'],
    ['AUDIT_SINKS', 'http://siem.example.com/in'],
    ['AUDIT_SINKS', 'syslog+udp://siem.example.com'],
    ['AUDIT_SINKS', 'syslog+tls://user@siem.example.com'],
    ['AUDIT_SINK_KEY', 'short'],
    ['AUDIT_RETENTION_DAYS', '0'],
    ['METRICS_TOKEN', 'with a space in it'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'no-value'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'name=%zz'],
    ['HTTPS_PROXY', 'socks5://proxy.example.com'],
  ])('refuses %s=%s and names the variable', (name, value) => {
    expect(problemsOf({ [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name} `))])
  })

  it('refuses a refresh token that lives for less than the access token', () => {
    const problems = problemsOf({ ACCESS_TOKEN_TTL: '7200', REFRESH_TOKEN_TTL: '3600' })

    expect(problems).toEqual(['REFRESH_TOKEN_TTL must not be less than ACCESS_TOKEN_TTL'])
  })

  it('reports every mistake at once', () => {
    const problems = problemsOf({ PORT: 'x', UPSTREAM_URL: 'y', LOG_LEVEL: 'z', HOST: '::' })

    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      'PORT',
      'UPSTREAM_URL',
      'LOG_LEVEL',
      'PUBLIC_URL',
    ])
  })

  it.each(['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'])('wants both or neither: %s alone', (name) => {
    const [other] = ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'].filter((each) => each !== name)

    expect(problemsOf({ [name]: 'x' })).toEqual([expect.stringContaining(`${other} is required`)])
  })

  it.each([
    [{ AUDIT_SINKS: 'otlp' }, 'OTEL_EXPORTER_OTLP_ENDPOINT is required'],
    [{ AUDIT_SINKS: 'https://siem.example.com' }, 'AUDIT_SINK_KEY is required'],
    [{ UPSTREAM_CERT: '/a.pem' }, 'UPSTREAM_KEY is required'],
    [{ UPSTREAM_KEY: '/a.key' }, 'UPSTREAM_CERT is required'],
  ])('names what is missing beside %j', (env, problem) => {
    expect(problemsOf(env)).toEqual([expect.stringContaining(problem)])
  })

  it('keeps events in memory where the database is gone with the process, too', () => {
    expect(readConfig({ DATABASE_URL: 'sqlite::memory:' }).audit.spool).toBeNull()
  })

  it('says that an issuer alone does nothing', () => {
    expect(problemsOf({ OIDC_ISSUER: 'https://id.example.com' })).toEqual([
      'OIDC_ISSUER does nothing without OIDC_CLIENT_ID and OIDC_CLIENT_SECRET: set them, too',
    ])
  })

  it('never repeats a value, which may be a secret in the wrong place', () => {
    const problems = problemsOf({
      UPSTREAM_URL: 'hunter2',
      PUBLIC_URL: 'https://a:hunter2@b.example',
    })

    expect(problems).toHaveLength(2)
    expect(problems.join()).not.toContain('hunter2')
  })

  it('wants to know what clients see when it listens on the network', () => {
    expect(problemsOf({ HOST: '0.0.0.0' })).toEqual([
      expect.stringMatching(/^PUBLIC_URL is required/),
    ])
  })
})
