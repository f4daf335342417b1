import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createPlainServer } from 'node:http'
import { createServer, type ServerOptions } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { readConfig } from '../../../server/config.ts'
import { openUpstreamNetwork } from '../../../server/upstream-network.ts'
import { withRetry } from '../../../server/upstream/retry.ts'
import { createTransport } from '../../../server/upstream/transport.ts'
import { startForwardProxy, type ForwardProxy } from '../../support/forward-proxy.ts'
import { portOf } from '../../support/port.ts'
import { createCertificate } from '../../support/tls/certificate.ts'
import { errorOf, toCall } from './call.ts'
import { createTestClock } from './test-clock.ts'

const own = createCertificate()
const client = createCertificate()
const stranger = createCertificate()

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-network-'))
})

afterAll(() => rmSync(folder, { recursive: true }))

/** Writes a file, and gives its path. */
function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** An upstream over TLS that says whose certificate it was shown. */
async function startTls(options: ServerOptions = {}): Promise<number> {
  const server = createServer(
    { cert: own.cert, key: own.key, ...options },
    (_request, response) => {
      response.setHeader('content-type', 'text/plain').end('secure')
    },
  )
  return listen(server)
}

async function startPlain(): Promise<number> {
  return listen(
    createPlainServer((request, response) => {
      response.setHeader('content-type', 'text/plain').end(`plain ${request.headers.host ?? ''}`)
    }),
  )
}

async function listen(server: ReturnType<typeof createPlainServer>): Promise<number> {
  const listening = Promise.withResolvers<undefined>()
  server.listen(0, '127.0.0.1', () => listening.resolve(undefined))
  await listening.promise
  closing.push(async () => {
    const closed = Promise.withResolvers<undefined>()
    server.close(() => closed.resolve(undefined))
    server.closeAllConnections()
    await closed.promise
  })
  return portOf(server)
}

/** Sends a GET as a connector with this environment does. */
async function send(env: Readonly<Record<string, string>>, origin: string) {
  const network = openUpstreamNetwork(readConfig(env).upstreamNetwork)
  const transport = createTransport({ maxBodyBytes: () => 1_000, network })
  closing.push(() => transport.close())
  const headers = { 'x-api-key': 'k' }
  return withRetry(transport, createTestClock()).exchange(toCall({ origin, headers }))
}

describe('UPSTREAM_CA', () => {
  it('makes certificates of a private authority trusted', async () => {
    const port = await startTls()
    const UPSTREAM_CA = file('ca.pem', `a note\n${own.cert}`)

    expect(await send({ UPSTREAM_CA }, `https://localhost:${port}`)).toMatchObject({ status: 200 })
  })

  it('is what makes them so: without it, or with another, there is no answer', async () => {
    const port = await startTls()
    const UPSTREAM_CA = file('ca.pem', stranger.cert)

    const refused = { name: 'UpstreamFailure', status: 502, connection: null }
    expect(await errorOf(send({}, `https://localhost:${port}`))).toMatchObject(refused)
    expect(await errorOf(send({ UPSTREAM_CA }, `https://localhost:${port}`))).toMatchObject(refused)
  })

  it('adds to the authorities that are trusted anyway', () => {
    const UPSTREAM_CA = file('ca.pem', own.cert)

    const { tls } = openUpstreamNetwork(readConfig({ UPSTREAM_CA }).upstreamNetwork)

    expect(tls.ca?.length).toBeGreaterThan(50)
    expect(tls.ca?.at(-1)?.trim()).toBe(own.cert.trim())
  })
})

describe('UPSTREAM_CERT and UPSTREAM_KEY', () => {
  const demanding = { requestCert: true, rejectUnauthorized: true, ca: client.cert }

  it('are shown to an upstream that asks for them', async () => {
    const port = await startTls(demanding)

    const answer = await send(
      {
        UPSTREAM_CA: file('ca.pem', own.cert),
        UPSTREAM_CERT: file('client.pem', client.cert),
        UPSTREAM_KEY: file('client.key', client.key),
      },
      `https://localhost:${port}`,
    )

    expect(answer.body?.toString()).toBe('secure')
  })

  it('are missed by it where they are not set, or are others', async () => {
    const port = await startTls(demanding)
    const UPSTREAM_CA = file('ca.pem', own.cert)
    const other = {
      UPSTREAM_CERT: file('other.pem', stranger.cert),
      UPSTREAM_KEY: file('other.key', stranger.key),
    }

    const origin = `https://localhost:${port}`
    expect(await errorOf(send({ UPSTREAM_CA }, origin))).toMatchObject({ status: 502 })
    expect(await errorOf(send({ UPSTREAM_CA, ...other }, origin))).toMatchObject({ status: 502 })
  })
})

describe('a file that is no use', () => {
  it.each([
    ['UPSTREAM_CA', 'that is not there', {}, 'UPSTREAM_CA names a file that cannot be read'],
    ['UPSTREAM_CA', 'without a certificate', { ca: 'x' }, 'UPSTREAM_CA holds no certificate (PEM)'],
    [
      'UPSTREAM_CA',
      'with a broken certificate',
      { ca: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' },
      'UPSTREAM_CA holds a certificate that cannot be read',
    ],
    [
      'UPSTREAM_KEY',
      'without a key',
      { ca: own.cert, cert: client.cert, key: client.cert },
      'UPSTREAM_KEY holds no private key (PEM) without a passphrase',
    ],
    [
      'UPSTREAM_KEY',
      'of another certificate',
      { ca: own.cert, cert: client.cert, key: stranger.key },
      'UPSTREAM_KEY is the key of another certificate than the first one in UPSTREAM_CERT',
    ],
    [
      'UPSTREAM_CERT',
      'without a certificate',
      { ca: own.cert, cert: client.key, key: client.key },
      'UPSTREAM_CERT holds no certificate (PEM)',
    ],
  ])('stops the start: %s %s', (_variable, _what, texts: Record<string, string>, problem) => {
    const path = (name: string) =>
      texts[name] === undefined ? join(folder, 'absent') : file(`bad-${name}`, texts[name])
    const env = {
      UPSTREAM_CA: path('ca'),
      ...(texts['cert'] !== undefined && {
        UPSTREAM_CERT: path('cert'),
        UPSTREAM_KEY: path('key'),
      }),
    }

    expect(() => openUpstreamNetwork(readConfig(env).upstreamNetwork)).toThrow(
      expect.objectContaining({ name: 'ConfigError', problems: [problem] }),
    )
  })
})

describe('a proxy', () => {
  let proxy: ForwardProxy
  const withUser = () => proxy.url.replace('http://', 'http://user:p%40ss@')
  const CREDENTIALS = `Basic ${Buffer.from('user:p@ss').toString('base64')}`

  async function startProxy(targetPort: number): Promise<void> {
    proxy = await startForwardProxy(targetPort)
    closing.push(() => proxy.close())
  }

  describe('before an upstream over TLS', () => {
    let env: Record<string, string>
    beforeEach(async () => {
      await startProxy(await startTls())
      env = { HTTPS_PROXY: withUser(), UPSTREAM_CA: file('ca.pem', own.cert) }
    })

    // A name that is not this machine's, and that the certificate is good for all the same.
    const ORIGIN = 'https://localhost.:8443'

    it('opens a tunnel, in which it sees nothing of the call', async () => {
      expect((await send(env, ORIGIN)).body?.toString()).toBe('secure')

      expect(proxy.requests).toMatchObject([
        { method: 'CONNECT', target: 'localhost.:8443', authorization: CREDENTIALS },
      ])
      expect(JSON.stringify(proxy.requests)).not.toContain('x-api-key')
    })

    it.each([
      [407, 1, null],
      [403, 1, null],
      [502, 3, 'unreachable'],
      [503, 3, 'unreachable'],
    ])('that refuses with %i is asked %i times', async (status, times, connection) => {
      proxy.refuseWith = status

      const error = await errorOf(send(env, ORIGIN))

      expect(error).toMatchObject({ name: 'UpstreamFailure', status: 502, connection })
      expect(proxy.requests).toHaveLength(times)
      expect(String(error)).not.toContain('p@ss')
    })

    it('is passed by where NO_PROXY says so', async () => {
      await errorOf(send({ ...env, NO_PROXY: 'localhost' }, ORIGIN))

      expect(proxy.requests).toEqual([])
    })

    it('that is away is an upstream that cannot be reached', async () => {
      await proxy.close()

      expect(await errorOf(send(env, ORIGIN))).toMatchObject({
        status: 502,
        connection: 'unreachable',
      })
    })
  })

  describe('before an upstream without TLS', () => {
    beforeEach(async () => {
      await startProxy(await startPlain())
    })

    it('is asked for the whole URL', async () => {
      const answer = await send({ HTTP_PROXY: withUser() }, 'http://upstream.test')

      expect(answer.body?.toString()).toBe('plain upstream.test')
      expect(proxy.requests).toMatchObject([
        {
          method: 'GET',
          target: 'http://upstream.test/v1/things',
          authorization: CREDENTIALS,
        },
      ])
    })

    it('that asks for another password is no answer of the upstream', async () => {
      proxy.refuseWith = 407

      const error = await errorOf(send({ HTTP_PROXY: proxy.url }, 'http://upstream.test'))

      expect(error).toMatchObject({ name: 'UpstreamFailure', status: 502, connection: null })
      expect(proxy.requests).toHaveLength(1)
    })
  })
})
