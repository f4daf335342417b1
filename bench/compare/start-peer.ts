import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { startNodeProgram } from '../services/node-program.ts'
import type { Case } from './cases.ts'
import type { Ground } from './ground.ts'
import { nameOf, type Peer } from './peers.ts'
import type { Subject } from './subject.ts'

const VERSION = '2025-06-18'
const HEADERS = {
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
}

/** Starts a peer and shakes hands with it. */
export async function startPeer(ground: Ground, peer: Peer): Promise<Subject> {
  const port = ground.takePort()
  const folder = join(ground.folder, `peer-${port}`)
  mkdirSync(folder)
  const { upstreamUrl, cores } = ground
  const program = await startNodeProgram({
    args: await peer.prepare({ port, upstreamUrl, folder }),
    port,
    logFile: join(folder, 'peer.log'),
    core: cores.measured,
  })
  ground.keep(program)
  return {
    name: nameOf(peer),
    program,
    headers: await shakeHands(`http://127.0.0.1:${port}/mcp`),
    toolNames: peer.toolNames,
    takes: ({ era, isProjected }: Case) => !isProjected && peer.eras.includes(era),
    projects: false,
    isPeer: true,
    sent: new Map(),
  }
}

/** @returns the headers that a session needs */
async function shakeHands(url: string): Promise<Readonly<Record<string, string>>> {
  const params = {
    protocolVersion: VERSION,
    capabilities: {},
    clientInfo: { name: 'bench', version: '1' },
  }
  const answer = await post(url, { id: 'start', method: 'initialize', params }, {})
  const session = answer.headers.get('mcp-session-id')
  const headers = session === null ? {} : { 'mcp-session-id': session }
  await post(url, { method: 'notifications/initialized' }, headers)
  return headers
}

async function post(
  url: string,
  message: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...HEADERS, ...headers },
    body: JSON.stringify({ jsonrpc: '2.0', ...message }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`no handshake: ${response.status} ${text.slice(0, 200)}`)
  return response
}
