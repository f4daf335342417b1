import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isRecord } from '../../server/json.ts'
import type { Era } from '../load/messages.ts'
import type { Case } from './cases.ts'
import { generatePeer } from './generate-peer.ts'
import { BENCH } from './install-peers.ts'

/** Another program that answers calls of tools from the same document. */
export type Peer = {
  /** A package of `bench/package.json`. */
  readonly name: string
  readonly eras: readonly Era[]
  /** What it calls the tools. */
  readonly toolNames: Readonly<Record<Case['tool'], string>>
  /** What Node runs. */
  readonly prepare: (way: PeerWay) => Promise<readonly string[]>
}

/** What a peer is told. */
export type PeerWay = {
  readonly port: number
  readonly upstreamUrl: string
  /** For what it writes. */
  readonly folder: string
}

/** What the connector's own document has become: the operations of its tools. */
const DOCUMENT = join(BENCH, '../generated/flowtly/openapi.json')
const BY_OPERATION = { 'invoices.get': 'getInvoice', 'invoices.list': 'listInvoices' } as const

/** All of them; where one has several ways to run, the one that costs it least. */
export const PEERS: readonly Peer[] = [
  {
    name: '@modelcontextprotocol/node',
    eras: ['legacy', 'modern'],
    toolNames: { 'invoices.get': 'invoices.get', 'invoices.list': 'invoices.list' },
    prepare: ({ port, upstreamUrl }) =>
      Promise.resolve([join(BENCH, 'peers/sdk.js'), String(port), upstreamUrl]),
  },
  {
    name: '@ivotoby/openapi-mcp-server',
    eras: ['legacy'],
    toolNames: { 'invoices.get': 'get-invoice', 'invoices.list': 'lst-invoices' },
    prepare: ({ port, upstreamUrl }) =>
      Promise.resolve([
        join(BENCH, 'node_modules/@ivotoby/openapi-mcp-server/bin/mcp-server.js'),
        ...['--transport', 'http', '--port', String(port)],
        ...['--openapi-spec', DOCUMENT, '--api-base-url', upstreamUrl],
      ]),
  },
  {
    name: 'fastmcp',
    eras: ['legacy'],
    toolNames: BY_OPERATION,
    prepare: ({ port, upstreamUrl }) =>
      Promise.resolve([join(BENCH, 'peers/fastmcp.js'), String(port), upstreamUrl, DOCUMENT]),
  },
  {
    name: 'openapi-mcp-generator',
    eras: ['legacy'],
    toolNames: BY_OPERATION,
    prepare: (way) => generatePeer(way, DOCUMENT),
  },
]

/** A peer's name with its version, as a table shows it. */
export function nameOf({ name }: Peer): string {
  const manifest: unknown = JSON.parse(readFileSync(join(BENCH, 'package.json'), 'utf8'))
  const versions: unknown = isRecord(manifest) ? manifest['dependencies'] : null
  return `${name} ${isRecord(versions) ? String(versions[name]) : ''}`
}
