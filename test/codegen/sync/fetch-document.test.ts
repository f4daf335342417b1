import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { LookupFunction } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { fetchDocument, type FetchOptions } from '../../../codegen/sync/fetch-document.ts'
import { portOf } from '../../support/port.ts'

const UNKNOWN = { etag: null, lastModified: null }

let site: Server
let base: string
let answer: (request: IncomingMessage, response: ServerResponse) => void

beforeEach(async () => {
  site = createServer((request, response) => answer(request, response))
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${portOf(site)}`
})

afterEach(() => {
  site.close()
  site.closeAllConnections()
})

async function read(url = `${base}/api`, options: FetchOptions = {}): Promise<string> {
  const fetched = await fetchDocument(url, UNKNOWN, options)
  return fetched.changed ? fetched.bytes.toString('utf8') : 'unchanged'
}

/** A resolver that knows one name. */
const resolveTo =
  (...addresses: readonly string[]): LookupFunction =>
  (_hostname, _options, callback) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { location }).end()
}

describe('fetchDocument', () => {
  it('follows a redirect on the same host', async () => {
    answer = ({ url }, response) => {
      if (url === '/api') redirect(response, '/v2/api')
      else response.end('openapi: 3.1.0')
    }

    expect(await read()).toBe('openapi: 3.1.0')
  })

  it.each([
    ['another host', 'http://localhost:1/api'],
    ['another port', 'http://127.0.0.1:9/api'],
    ['another scheme', 'https://127.0.0.1/api'],
    ['the network of a cloud', 'http://169.254.169.254/latest/meta-data'],
    ['a file', 'file:///etc/passwd'],
    ['nowhere', ''],
    ['what is no address', 'http://'],
  ])('follows no redirect to %s', async (_what, location) => {
    answer = (_request, response) =>
      location === '' ? response.writeHead(302).end() : redirect(response, location)

    await expect(read()).rejects.toMatchObject({
      name: 'FetchError',
      message: expect.stringMatching(/another host/),
    })
  })

  it('gives up on redirects without end', async () => {
    answer = (_request, response) => redirect(response, '/api')

    await expect(read()).rejects.toMatchObject({ message: expect.stringMatching(/without end/) })
  })

  it('reads no more than 32 MB of an endless answer', async () => {
    const chunk = Buffer.alloc(1024 * 1024)
    answer = (_request, response) => {
      const write = () => {
        while (!response.destroyed && response.write(chunk));
      }
      response.on('drain', write)
      write()
    }

    await expect(read()).rejects.toMatchObject({
      message: expect.stringMatching(/is larger than 33554432 bytes/),
    })
  })

  it('counts what a compressed answer unfolds to', async () => {
    const bomb = gzipSync(Buffer.alloc(40 * 1024 * 1024))
    answer = (_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)

    expect(bomb.length).toBeLessThan(100_000)
    await expect(read()).rejects.toMatchObject({ message: expect.stringMatching(/is larger than/) })
  })

  it('gives up on an answer that never ends, however lively it is', async () => {
    answer = (_request, response) => {
      const timer = setInterval(() => response.write(' '), 10)
      response.on('close', () => clearInterval(timer))
    }

    await expect(read(undefined, { timeoutMs: 200 })).rejects.toMatchObject({
      message: expect.stringMatching(/broke off/),
    })
  })

  it('gives up on a server that says nothing', async () => {
    answer = () => {}

    await expect(read(undefined, { timeoutMs: 200 })).rejects.toMatchObject({
      message: expect.stringMatching(/gave no answer/),
    })
  })

  it.each([
    ['10.0.0.1'],
    ['127.0.0.2'],
    ['169.254.169.254'],
    ['192.168.1.1'],
    ['100.64.0.1'],
    ['0.0.0.0'],
    ['2130706433'],
    ['0x7f000002'],
    ['[::]'],
    ['[fc00::1]'],
    ['[fe80::1]'],
    ['[::ffff:10.0.0.1]'],
    ['[64:ff9b::a00:1]'],
    ['[2002:a00:1::]'],
  ])('does not go to https://%s', async (host) => {
    await expect(read(`https://${host}/api`)).rejects.toMatchObject({ name: 'FetchError' })
  })

  it.each([
    ['a private address', ['10.0.0.1']],
    ["this machine's loopback", ['127.0.0.1']],
    ['loopback in IPv6', ['::1']],
    ['a public and a private address', ['93.184.216.34', '192.168.0.1']],
    ['an IPv4 address in an IPv6 one', ['::ffff:127.0.0.1']],
    ['nothing', []],
  ])('does not go to a name that leads to %s', async (_what, addresses) => {
    const url = `https://api.shop.example:${portOf(site)}/api`

    await expect(read(url, { lookup: resolveTo(...addresses) })).rejects.toMatchObject({
      message: `${url} is not on the public internet`,
    })
  })

  it('goes to localhost only where that is this machine', async () => {
    answer = (_request, response) => response.end('local')
    const url = `http://localhost:${portOf(site)}/api`

    expect(await read(url, { lookup: resolveTo('127.0.0.1') })).toBe('local')
    await expect(read(url, { lookup: resolveTo('93.184.216.34') })).rejects.toMatchObject({
      name: 'FetchError',
    })
  })
})
