import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import {
  createFetchClientDocument,
  type FetchClientDocument,
} from '../../../server/oauth/client-documents.ts'
import { createGuardedLookup, isPublicAddress } from '../../../server/oauth/public-address.ts'
import { openStore } from '../../../server/store/open-store.ts'
import type { Store } from '../../../server/store/store.ts'
import { openAuthorization } from '../../support/authorization-answer.ts'
import { startWithDemo } from '../../support/flowtly.ts'
import { authorizationUrl, createPkce } from '../../support/oauth-client.ts'
import { portOf } from '../../support/port.ts'

describe('CVE-2026-44430: an address of the public internet', () => {
  it.each([
    ['this network', '0.0.0.0'],
    ['this network', '0.1.2.3'],
    ['private', '10.0.0.1'],
    ['private', '10.255.255.255'],
    ['carrier-grade NAT', '100.64.0.1'],
    ['carrier-grade NAT', '100.127.255.255'],
    ['loopback', '127.0.0.1'],
    ['loopback', '127.255.255.254'],
    ['link-local, cloud metadata', '169.254.169.254'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['protocol assignments', '192.0.0.1'],
    ['Oracle Cloud metadata', '192.0.0.192'],
    ['documentation', '192.0.2.1'],
    ['AS112', '192.31.196.1'],
    ['6to4 relay', '192.88.99.1'],
    ['private', '192.168.1.1'],
    ['benchmarking', '198.18.0.1'],
    ['benchmarking', '198.19.255.255'],
    ['documentation', '198.51.100.1'],
    ['documentation', '203.0.113.1'],
    ['multicast', '224.0.0.1'],
    ['multicast', '239.255.255.250'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['Alibaba Cloud metadata', '100.100.100.200'],
    ['unspecified', '::'],
    ['loopback', '::1'],
    ['loopback in full', '0:0:0:0:0:0:0:1'],
    ['loopback in brackets', '[::1]'],
    ['IPv4-mapped loopback', '::ffff:127.0.0.1'],
    ['IPv4-mapped loopback in hex', '::ffff:7f00:1'],
    ['IPv4-mapped in full', '0:0:0:0:0:ffff:a9fe:a9fe'],
    ['IPv4-mapped public address', '::ffff:8.8.8.8'],
    ['IPv4-compatible', '::127.0.0.1'],
    ['IPv4-compatible', '::a9fe:a9fe'],
    ['IPv4-translated', '::ffff:0:127.0.0.1'],
    ['NAT64', '64:ff9b::127.0.0.1'],
    ['NAT64', '64:ff9b::a9fe:a9fe'],
    ['local NAT64', '64:ff9b:1::a00:1'],
    ['discard', '100::1'],
    ['Teredo', '2001::1'],
    ['Teredo with an address inside', '2001:0:4136:e378:8000:63bf:3fff:fdd2'],
    ['benchmarking', '2001:2::1'],
    ['ORCHID', '2001:20::1'],
    ['documentation', '2001:db8::1'],
    ['documentation', '3fff::1'],
    ['6to4 of loopback', '2002:7f00:1::1'],
    ['6to4 of the metadata address', '2002:a9fe:a9fe::1'],
    ['6to4 of a private address', '2002:c0a8:101::'],
    ['unique local', 'fc00::1'],
    ['unique local, AWS metadata', 'fd00:ec2::254'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['loopback with a zone', '::1%lo'],
    ['site-local', 'fec0::1'],
    ['multicast', 'ff02::1'],
    ['segment routing', '5f00::1'],
    ['not handed out', '4000::1'],
    ['decimal', '2130706433'],
    ['hexadecimal', '0x7f000001'],
    ['octal', '0177.0.0.1'],
    ['short', '127.1'],
    ['a name', 'localhost'],
    ['nothing', ''],
    ['an address with a port', '8.8.8.8:443'],
    ['space', ' 8.8.8.8'],
  ])('is not %s: %s', (_name, address) => {
    expect(isPublicAddress(address)).toBe(false)
  })

  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.1',
    '100.63.255.255',
    '100.128.0.1',
    '126.255.255.255',
    '128.0.0.1',
    '172.15.255.255',
    '172.32.0.1',
    '192.167.255.255',
    '198.17.255.255',
    '198.20.0.1',
    '223.255.255.255',
    '2606:4700:4700::1111',
    '[2a00:1450:4001:80b::200e]',
  ])('may be %s', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })
})

describe('CVE-2026-44430: a client id metadata document', () => {
  const listener = createServer((socket) => {
    connections += 1
    socket.destroy()
  })
  let connections = 0
  let port: number
  let store: Store
  let fetchDocument: FetchClientDocument
  let running: Awaited<ReturnType<typeof startWithDemo>>

  beforeAll(async () => {
    const listening = Promise.withResolvers<undefined>()
    listener.listen(0, () => listening.resolve(undefined))
    await listening.promise
    port = portOf(listener)
    store = await openStore({ url: 'sqlite::memory:', now: Date.now })
    fetchDocument = createFetchClientDocument(store.clientDocuments)
    running = await startWithDemo()
  })

  afterAll(async () => {
    const closed = Promise.withResolvers<undefined>()
    listener.close(() => closed.resolve(undefined))
    await closed.promise
    await running.close()
    await store.close()
  })

  const hosts = [
    '127.0.0.1',
    '127.0.0.2',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '0177.0.0.1',
    '017700000001',
    '0.0.0.0',
    '0',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::127.0.0.1]',
    '[2002:7f00:1::]',
    '%31%32%37.0.0.1',
    '127。0。0。1',
    '①②⑦.0.0.1',
    'localhost',
    'LOCALHOST',
    'localhost.',
  ]

  it.each(hosts)('is not fetched from %s: no connection is made', async (host) => {
    const before = connections

    await expect(fetchDocument(`https://${host}:${port}/client.json`)).rejects.toThrow()

    expect(connections).toBe(before)
  })

  it.each(['http:', 'file:', 'data:'])('is not fetched by %s', async (protocol) => {
    const before = connections

    await expect(fetchDocument(`${protocol}//127.0.0.1:${port}/client.json`)).rejects.toThrow()

    expect(connections).toBe(before)
  })

  it.each(hosts)('at %s is a page for the person, and no connection', async (host) => {
    const { url } = running.connector
    const before = connections
    const client = {
      client_id: `https://${host}:${port}/client.json`,
      redirect_uri: 'https://app.example/cb',
    }

    const { challenge } = createPkce()
    const answer = await openAuthorization(authorizationUrl(url, client, challenge))

    expect(answer).toMatchObject({ status: 400, to: null })
    expect(answer.text).toContain('This connection cannot be made')
    expect(answer.text).not.toMatch(/ECONN|socket|TypeError|at .*\.ts/)
    expect(connections).toBe(before)
  })

  it('would be seen here if one was made', async () => {
    const reach = createFetchClientDocument(store.clientDocuments, {
      isAllowedAddress: () => true,
    })

    await expect(reach(`https://127.0.0.1:${port}/client.json`)).rejects.toThrow()

    expect(connections).toBe(1)
  })
})

describe('a name', () => {
  it('that means one address that is not public is refused, before a connection', async () => {
    const refused = Promise.withResolvers<string>()
    createGuardedLookup(isPublicAddress)('localhost', {}, (error) => {
      refused.resolve(error?.message ?? 'allowed')
    })

    expect(await refused.promise).toBe('localhost is not on the public internet')
  })

  it.each([[true], [false]])('gives the address that was judged (all: %s)', async (all) => {
    const given = Promise.withResolvers<unknown>()
    createGuardedLookup(() => true)('localhost', { all }, (_error, found) => given.resolve(found))

    const local = expect.stringMatching(/^(?:127\.0\.0\.1|::1)$/)
    const address = await given.promise
    if (all) expect(address).toContainEqual(expect.objectContaining({ address: local }))
    else expect(address).toEqual(local)
  })
})
