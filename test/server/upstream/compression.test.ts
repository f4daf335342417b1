import { randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { Secret } from '../../../server/secret.ts'
import { withFixedCredential } from '../../../server/upstream/fixed-credential.ts'
import { createTransport, type Transport } from '../../../server/upstream/transport.ts'
import { startRawUpstream, type RawUpstream } from '../../support/raw-upstream.ts'
import { errorOf, toCall } from './call.ts'
import { openWire, operation, parameter } from './fixture.ts'

const MAX_BYTES = 200_000
const TEXT = Buffer.from(JSON.stringify({ data: Array.from({ length: 99 }, (_, id) => ({ id })) }))

let upstream: RawUpstream
let transport: Transport

beforeEach(async () => {
  upstream = await startRawUpstream()
  transport = createTransport({ maxBodyBytes: () => MAX_BYTES })
})

afterEach(async () => {
  await transport.close()
  await upstream.close()
})

function send(method = 'GET') {
  return transport.exchange(toCall({ origin: new URL(upstream.url).origin, method }))
}

/** Answers everything with a body and its length. */
function answerWith(encoding: string, body: Buffer, status = '200 OK'): void {
  upstream.answer = (socket) => writeEncoded(socket, encoding, body, status)
}

function writeEncoded(socket: Socket, encoding: string, body: Buffer, status = '200 OK'): void {
  const head = `content-encoding: ${encoding}\r\ncontent-length: ${body.length}`
  socket.write(`HTTP/1.1 ${status}\r\n${head}\r\n\r\n`)
  socket.write(body)
}

/** Zeros take a thousandth of their length. */
function zerosIn(encoding: 'gzip' | 'br', bytes: number): Buffer {
  const zeros = Buffer.alloc(bytes)
  const params = { [constants.BROTLI_PARAM_QUALITY]: 1 }
  return encoding === 'gzip' ? gzipSync(zeros) : brotliCompressSync(zeros, { params })
}

describe('a compressed answer', () => {
  it('is asked for', async () => {
    const wire = await openWire()

    const { headers } = await wire.send(operation([parameter()]), {})

    expect(headers['accept-encoding']).toBe('gzip, br')
    await wire.close()
  })

  it.each([
    ['gzip', gzipSync(TEXT)],
    ['GZip', gzipSync(TEXT)],
    ['x-gzip', gzipSync(TEXT)],
    ['br', brotliCompressSync(TEXT)],
    ['identity', TEXT],
    ['gzip, identity', gzipSync(TEXT)],
    [',gzip ,', gzipSync(TEXT)],
    ['gzip, br', brotliCompressSync(gzipSync(TEXT))],
    ['br\r\ncontent-encoding: gzip', gzipSync(brotliCompressSync(TEXT))],
    ['gzip, gzip', gzipSync(gzipSync(TEXT))],
    ['gzip', Buffer.concat([gzipSync(TEXT.subarray(0, 40)), gzipSync(TEXT.subarray(40))])],
  ])('in %j is decoded', async (encoding, body) => {
    answerWith(encoding, body)

    expect(await send()).toMatchObject({
      status: 200,
      contentEncoding: 'identity',
      contentLength: TEXT.length,
      body: TEXT,
    })
  })

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('in %s that is large is decoded, too', async (encoding, compress) => {
    const body = randomBytes(MAX_BYTES - 1_000)
    answerWith(encoding, compress(body))

    expect((await send()).body?.equals(body)).toBe(true)
  })

  it('has a problem document decoded', async () => {
    answerWith('gzip', gzipSync('{"title":"Gone"}'), '410 Gone')

    expect(await send()).toMatchObject({ status: 410, body: Buffer.from('{"title":"Gone"}') })
  })

  it('has a credential that it repeats blotted out', async () => {
    const place = { in: 'query', name: 'key' } as const
    const service = withFixedCredential(transport, { place, secret: new Secret('s3cret') })
    answerWith('br', brotliCompressSync('{"next":"/things?key=s3cret&page=2"}'))

    const { body } = await service.exchange(toCall({ origin: new URL(upstream.url).origin }))

    expect(body?.toString()).toBe('{"next":"/things?key=redacted&page=2"}')
  })
})

describe('a body that is small in its encoding', () => {
  it.each(['gzip', 'br'] as const)('may reach the limit in %s', async (encoding) => {
    answerWith(encoding, zerosIn(encoding, MAX_BYTES))

    expect((await send()).body).toHaveLength(MAX_BYTES)
  })

  it.each([
    ['gzip', MAX_BYTES + 1],
    ['br', MAX_BYTES + 1],
    ['gzip', 100_000_000],
    ['br', 100_000_000],
  ] as const)('is given up in %s with %i bytes', async (encoding, bytes) => {
    answerWith(encoding, zerosIn(encoding, bytes))

    expect(await send()).toMatchObject({
      contentEncoding: 'identity',
      contentLength: null,
      body: null,
    })
  })

  it('is given up between two encodings', async () => {
    const padded = Buffer.concat([gzipSync('x'), Buffer.alloc(MAX_BYTES)])
    answerWith('gzip, br', brotliCompressSync(padded))

    expect((await send()).body).toBeNull()
  })

  it('is given up where it is large on the wire, without a length that is not the file’s', async () => {
    upstream.answer = (socket) =>
      void socket.write(
        `HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${MAX_BYTES + 1}\r\n\r\n`,
      )

    expect(await send()).toMatchObject({ contentLength: null, body: null })
  })
})

describe('a body that is not in its encoding', () => {
  const BROKEN = [
    ['gzip', 'that is none', TEXT],
    ['br', 'that is none', TEXT],
    ['gzip', 'that ends too early', gzipSync(TEXT).subarray(0, 60)],
    ['br', 'that ends too early', brotliCompressSync(TEXT).subarray(0, 60)],
    ['gzip', 'of which one byte is wrong', withFlippedByte(gzipSync(TEXT))],
    ['gzip, br', 'that is wrong inside', brotliCompressSync(TEXT)],
  ] as const

  it.each(BROKEN)('%s %s is no answer, and no lost connection', async (encoding, _how, body) => {
    answerWith(encoding, body)

    expect(await errorOf(send())).toMatchObject({
      name: 'UpstreamFailure',
      message: 'the answer is not in its content encoding',
      status: 502,
      connection: null,
    })
  })

  it.each(BROKEN)('%s %s leaves a failure its status', async (encoding, _how, body) => {
    answerWith(encoding, body, '503 Unavailable')

    expect(await send()).toMatchObject({ status: 503, body: Buffer.alloc(0) })
  })

  it('because its connection broke is a lost connection', async () => {
    upstream.answer = (socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 999\r\n\r\n')
      socket.write(gzipSync(TEXT))
      setTimeout(() => socket.destroy(), 20)
    }

    expect(await errorOf(send())).toMatchObject({ status: 502, connection: 'lost' })
  })
})

describe('an encoding', () => {
  it.each(['deflate', 'zstd', 'gzip, zstd', 'compress', 'gzip;q=1', 'gzip, gzip, gzip'])(
    'such as %s is left as it is, for whoever judges the answer',
    async (encoding) => {
      answerWith(encoding, gzipSync(TEXT))

      expect(await send()).toMatchObject({ contentEncoding: encoding, body: gzipSync(TEXT) })
    },
  )

  it('of nothing is nothing', async () => {
    answerWith('gzip', Buffer.alloc(0))

    expect(await send()).toMatchObject({ contentEncoding: 'identity', body: Buffer.alloc(0) })
  })

  it.each([
    ['HEAD', '200 OK\r\ncontent-length: 99'],
    ['GET', '204 No Content'],
    ['GET', '304 Not Modified\r\ncontent-length: 99'],
  ])('of an answer to %s without a body (%j) is no matter', async (method, head) => {
    upstream.answer = (socket) =>
      void socket.write(`HTTP/1.1 ${head}\r\ncontent-encoding: br\r\n\r\n`)

    expect(await send(method)).toMatchObject({ body: Buffer.alloc(0) })
  })
})

/** In the middle, where the data is. */
function withFlippedByte(bytes: Buffer): Buffer {
  const middle = bytes.length >> 1
  return Buffer.from(bytes.map((byte, index) => (index === middle ? byte ^ 0xff : byte)))
}
