import { readFileSync } from 'node:fs'
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { approveInBrowser } from '../../../support/approve-in-browser.ts'
import { startWithDemo } from '../../../support/flowtly.ts'
import { operationNames } from '../../../support/listed-tools.ts'
import { until } from '../../../support/until.ts'
import { spoil } from './sdk-session.ts'
import { A_RESULT } from './sdk-suite.ts'

const MCP_REMOTE = join(import.meta.dirname, '../../../../node_modules/mcp-remote/dist/proxy.js')

let running: Awaited<ReturnType<typeof startWithDemo>>
let folder: string
const clients: Client[] = []
beforeAll(async () => {
  running = await startWithDemo()
  folder = await mkdtemp(join(tmpdir(), 'sluice-mcp-remote-'))
  // Whatever the system uses to open an address ends here, so that no browser starts.
  for (const name of ['xdg-open', 'open', 'browser']) {
    const path = join(folder, name)
    await writeFile(path, `#!/bin/sh\nprintf '%s\\n' "$1" >> '${folder}/opened'\n`)
    await chmod(path, 0o755)
  }
})
afterAll(async () => {
  for (const client of clients) await client.close()
  await running.close()
  await rm(folder, { recursive: true, force: true })
})

/** Starts mcp-remote as a desktop application does, which speaks to it over stdio. */
async function startMcpRemote(...options: readonly string[]): Promise<Client> {
  const client = new Client({ name: 'desktop', version: '1' })
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [MCP_REMOTE, `${running.connector.url}/mcp`, ...options],
    env: {
      HOME: folder,
      PATH: `${folder}:${process.env['PATH'] ?? ''}`,
      BROWSER: join(folder, 'browser'),
      MCP_REMOTE_CONFIG_DIR: join(folder, 'config'),
    },
    stderr: 'ignore',
  })
  clients.push(client)
  await client.connect(transport)
  return client
}

describe('mcp-remote', () => {
  it('signs in through the browser and hands tools and results on', async () => {
    const [client] = await Promise.all([startMcpRemote(), approveThe(1)])

    const { tools } = await client.listTools()
    const result = await callTool(client)
    await client.close()

    expect(operationNames(tools)).toHaveLength(16)
    expect(result).toMatchObject(A_RESULT)
  })

  it.each([['legacy'], ['auto']])(
    'starts again with the tokens it has kept, in %s mode',
    async (mode) => {
      const before = await readTokens()

      const client = await startMcpRemote('--protocol', mode)
      const result = await callTool(client)
      await client.close()

      expect(result).toMatchObject(A_RESULT)
      expect(await readTokens()).toEqual(before)
    },
  )

  it('refreshes by itself, and keeps the new refresh token on disk', async () => {
    const before = await readTokens()
    await writeTokens({ ...before, access_token: spoil(before.access_token) })

    const client = await startMcpRemote()
    const result = await callTool(client)
    await client.close()

    const after = await readTokens()
    expect(result).toMatchObject(A_RESULT)
    expect(after.refresh_token).not.toBe(before.refresh_token)
    expect(readOpened()).toHaveLength(1)
  })

  it('signs in anew once its grant was revoked', async () => {
    const { refresh_token: token } = await readTokens()
    await fetch(`${running.connector.url}/oauth/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: await readClientId(), token }),
    })

    const [client] = await Promise.all([startMcpRemote(), approveThe(2)])
    const result = await callTool(client)
    await client.close()

    expect(result).toMatchObject(A_RESULT)
  })
})

function callTool(client: Client): Promise<unknown> {
  return client.callTool({ name: 'invoices.list', arguments: { pageSize: 1 } })
}

/** Approves at the address that is opened as the n-th, and follows the way back to mcp-remote. */
async function approveThe(count: number): Promise<void> {
  await until(() => readOpened().length >= count)
  const callback = await approveInBrowser(readOpened()[count - 1] ?? '')
  const { status } = await fetch(callback)
  if (status !== 200) throw new Error(`mcp-remote refuses the callback: ${status}`)
}

function readOpened(): readonly string[] {
  try {
    return readFileSync(join(folder, 'opened'), 'utf8').split('\n').slice(0, -1)
  } catch {
    return []
  }
}

type KeptFile = Readonly<Record<string, unknown>>

async function readTokens(): Promise<
  KeptFile & { readonly access_token: string; readonly refresh_token: string }
> {
  const kept = await readKept('_tokens.json')
  return {
    ...kept,
    access_token: String(kept['access_token']),
    refresh_token: String(kept['refresh_token']),
  }
}

async function readClientId(): Promise<string> {
  return String((await readKept('_client_info.json'))['client_id'])
}

async function writeTokens(tokens: KeptFile): Promise<void> {
  await writeFile(await findKept('_tokens.json'), JSON.stringify(tokens))
}

async function readKept(suffix: string): Promise<KeptFile> {
  const kept: unknown = JSON.parse(await readFile(await findKept(suffix), 'utf8'))
  if (typeof kept !== 'object' || kept === null) throw new Error(`no object in *${suffix}`)
  return { ...kept }
}

/** Its files are named after the server's address. */
async function findKept(suffix: string): Promise<string> {
  const config = join(folder, 'config')
  const names = await readdir(config, { recursive: true })
  const name = names.find((each) => each.endsWith(suffix))
  if (name === undefined) throw new Error(`no *${suffix} in ${names.join(', ')}`)
  return join(config, name)
}
