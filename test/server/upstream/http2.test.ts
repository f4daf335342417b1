import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { Secret } from '../../../server/secret.ts'
import type { UpstreamCall } from '../../../server/upstream/carrier.ts'
import type { Network } from '../../../server/upstream/network.ts'
import { withRetry } from '../../../server/upstream/retry.ts'
import { createTransport, type Transport } from '../../../server/upstream/transport.ts'
import { startForwardProxy } from '../../support/forward-proxy.ts'
import { createCertificate } from '../../support/tls/certificate.ts'
import { startDocumentServer } from '../../support/tls/document-server.ts'
import {
  breakOff,
  hangUp,
  startTlsUpstream,
  type TlsAnswer,
  type TlsUpstream,
} from '../../support/tls/tls-upstream.ts'
import { until } from '../../support/until.ts'
import { errorOf, toCall } from './call.ts'
import { createTestClock } from './test-clock.ts'

let upstream: TlsUpstream
let transport: Transport

beforeEach(async () => {
  upstream = await startTlsUpstream()
})

afterEach(async () => {
  await transport.close()
  await upstream.close()
})

/** Opens the transport that each test sends by. */
function open(http2: boolean, changes: Partial<Network> = {}): void {
  const network = {
    proxyFor: () => null,
    tls: { ca: [upstream.ca], certificate: null },
    http2,
    ...changes,
  }
  transport = createTransport({ maxBodyBytes: () => 100_000, network })
}

function send(changes: Partial<UpstreamCall> = {}) {
  return transport.exchange(toCall({ origin: upstream.origin, ...changes }))
}

/** Sends as an assembled upstream does. */
function sendPatiently(changes: Partial<UpstreamCall> = {}) {
  return withRetry(transport, createTestClock()).exchange(
    toCall({ origin: upstream.origin, ...changes }),
  )
}

const BROKEN: readonly (readonly [string, TlsAnswer])[] = [
  ['before the answer', breakOff],
  [
    'in the middle of the body',
    (request, response) => {
      response.write('{"d')
      setTimeout(() => breakOff(request, response), 20)
    },
  ],
  [
    'in the middle of a body that said its length',
    (request, response) => {
      response.writeHead(200, { 'content-length': '99' })
      response.write('{"d')
      setTimeout(() => breakOff(request, response), 20)
    },
  ],
  ['with its connection', hangUp],
  [
    'with its connection, in the middle of the body',
    (request, response) => {
      response.write('{"d')
      setTimeout(() => hangUp(request, response), 20)
    },
  ],
]

describe.each([
  ['HTTP/1.1', '1.1', false],
  ['HTTP/2', '2.0', true],
])('over %s', (_name, version, http2) => {
  beforeEach(() => open(http2))

  it('sends the target byte for byte', async () => {
    await send({ target: '/v1/a%2Fb/%2e?q=%20+,&r=[]' })

    expect(upstream.requests).toEqual([`${version} GET /v1/a%2Fb/%2e?q=%20+,&r=[]`])
  })

  it('gives status, headers and body as they came, without hints and trailers', async () => {
    upstream.answer = (_request, response) => {
      response.writeEarlyHints({ link: '</x>; rel=preload' })
      response.writeHead(418, { 'content-type': 'text/x', 'retry-after': '3', trailer: 'x-t' })
      response.write('short')
      response.addTrailers({ 'x-t': '1' })
      response.end()
    }

    expect(await send()).toMatchObject({
      status: 418,
      contentType: 'text/x',
      contentEncoding: 'identity',
      retryAfter: '3',
      body: Buffer.from('short'),
    })
  })

  it('reads no body in an answer to HEAD', async () => {
    upstream.answer = (_request, response) => {
      response.setHeader('content-length', '999999')
      response.end()
    }

    expect((await send({ method: 'HEAD' })).body).toHaveLength(0)
  })

  it('gives a body beyond its limit up, and answers the calls beside it', async () => {
    upstream.answer = ({ url }, response) => {
      if (url === '/large') response.write(Buffer.alloc(100_001))
      else setTimeout(() => response.end('{}'), 50)
    }

    const [large, small] = await Promise.all([send({ target: '/large' }), send()])

    expect(large.body).toBeNull()
    expect(small.body?.toString()).toBe('{}')
  })

  it('aborts a call for a caller who left, and answers the calls beside it', async () => {
    const gone = new AbortController()
    upstream.answer = ({ url }, response) => {
      if (url !== '/slow') setTimeout(() => response.end('{}'), 50)
    }
    const slow = send({ target: '/slow', signal: gone.signal })
    const beside = send()
    await until(() => upstream.requests.length === 2)

    gone.abort(new Error('the client left'))

    await expect(slow).rejects.toThrow('the client left')
    expect(await beside).toMatchObject({ status: 200 })
  })

  it('runs 64 calls at a time', async () => {
    const answers: (() => void)[] = []
    upstream.answer = (_request, response) => void answers.push(() => response.end('{}'))
    const calls = Array.from({ length: 64 }, () => send())
    await until(() => answers.length === 64)

    for (const answer of answers) answer()

    expect(await Promise.all(calls)).toHaveLength(64)
    expect(upstream.connections()).toBe(http2 ? 1 : 64)
  })

  it('makes another connection when the upstream has ended one', async () => {
    await send()
    if (http2) upstream.retire()
    else for (const socket of upstream.open) socket.destroy()
    await until(() => upstream.open.size === 0)

    expect(await send()).toMatchObject({ status: 200 })
    expect(upstream.connections()).toBe(2)
  })

  it.each(BROKEN)('repeats a read that broke off %s', async (_where, answer) => {
    upstream.answer = (request, response) => {
      if (upstream.requests.length === 1) answer(request, response)
      else response.end('{}')
    }

    expect(await sendPatiently()).toMatchObject({ status: 200, body: Buffer.from('{}') })
    expect(upstream.requests).toHaveLength(2)
  })

  it.each(BROKEN)('does not repeat a sign-in that broke off %s', async (_where, answer) => {
    upstream.answer = answer

    const error = await errorOf(sendPatiently({ isRepeatable: false }))

    expect(error).toMatchObject({ name: 'UpstreamFailure', status: 502, connection: 'lost' })
    expect(upstream.requests).toHaveLength(1)
  })

  it('goes through the tunnel of a proxy', async () => {
    const proxy = await startForwardProxy(upstream.port)
    open(http2, { proxyFor: () => new Secret(proxy.url) })

    expect(await send({ origin: 'https://localhost.:8443' })).toMatchObject({ status: 200 })
    expect(upstream.requests).toEqual([`${version} GET /v1/things`])
    await proxy.close()
  })

  it('shows the connector’s certificate', async () => {
    const { cert, key } = createCertificate()
    await upstream.close()
    upstream = await startTlsUpstream({ requestCert: true, rejectUnauthorized: true, ca: cert })
    open(http2, { tls: { ca: [upstream.ca], certificate: { cert, key: new Secret(key) } } })

    expect(await send()).toMatchObject({ status: 200 })
  })
})

describe('HTTP/2', () => {
  beforeEach(() => open(true))

  it('is left to HTTP/1.1 for a request with a body', async () => {
    await send({ method: 'POST', body: '{}' })

    expect(upstream.requests).toEqual(['1.1 POST /v1/things'])
  })

  it('is not needed: who does not offer it is asked in HTTP/1.1', async () => {
    const old = await startDocumentServer()
    open(true, { tls: { ca: [old.ca], certificate: null } })
    old.publish('/v1/things', { body: '{}' })

    const calls = Array.from({ length: 5 }, () => send({ origin: old.origin }))

    const answers = await Promise.all(calls)
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    await old.close()
  })
})
