import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { approveInBrowser } from '../support/approve-in-browser.ts'
import { startWithDemo } from '../support/flowtly.ts'
import { registerClient } from '../support/oauth-client.ts'
import { portOf } from '../support/port.ts'
import { CONFORMANCE } from './conformance-path.ts'

let running: Awaited<ReturnType<typeof startWithDemo>>
let folder: string
beforeAll(async () => {
  running = await startWithDemo()
  folder = await mkdtemp(join(tmpdir(), 'sluice-conformance-'))
})
afterAll(async () => {
  await running.close()
  await rm(folder, { recursive: true, force: true })
})

/** Checks of the suite, as far as they say how they went. */
const Checks = z.array(
  z.object({ id: z.string(), status: z.string(), errorMessage: z.string().optional() }),
)

const CHECKS = [
  'authorization-server-metadata',
  'authorization-server-metadata-cimd',
  'authorization-code-grant',
]

describe('the official conformance suite for authorization servers', () => {
  it.each([
    ['2026-07-28', 'with a resource', ['--resource']],
    ['2025-11-25', 'with a resource', ['--resource']],
    ['2025-11-25', 'without a resource', []],
  ])('finds nothing against %s, %s', async (revision, how, options) => {
    const { url } = running.connector
    const output = join(folder, `${revision} ${how}`)
    const client = await registerClient(url, { redirect_uris: ['http://127.0.0.1/callback'] })

    const code = await runSuite([
      ...['--url', url, '--client-id', client.client_id, '--spec-version', revision],
      ...['--port', String(await findFreePort()), '--output-dir', output],
      ...options.flatMap((option) => [option, `${url}/mcp`]),
    ])
    const checks = await readChecks(output)

    expect(checks.filter(({ status }) => status !== 'SUCCESS')).toEqual([])
    expect(checks.map(({ id }) => id).sort()).toEqual([...CHECKS].sort())
    expect(code).toBe(0)
  })
})

/** Runs the suite to its end; when it shows an address, somebody approves there. */
function runSuite(args: readonly string[]): Promise<number | null> {
  const child = spawn(process.execPath, [CONFORMANCE, 'authorization', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const { promise, resolve, reject } = Promise.withResolvers<number | null>()
  let printed = ''
  let isOpened = false
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString()
    const address = /^(http\S+\/authorize\?\S+)\n/m.exec(printed)?.[1]
    if (address === undefined || isOpened) return
    isOpened = true
    approveInBrowser(address)
      .then((callback) => fetch(callback))
      .catch((error: unknown) => {
        child.kill()
        reject(error instanceof Error ? error : new Error(String(error)))
      })
  })
  child.on('error', reject)
  child.on('close', resolve)
  return promise
}

/** All checks of all scenarios that the suite wrote down. */
async function readChecks(output: string): Promise<z.infer<typeof Checks>> {
  const names = await readdir(output, { recursive: true })
  const files = names.filter((name) => name.endsWith('checks.json'))
  const texts = await Promise.all(files.map((name) => readFile(join(output, name), 'utf8')))
  return texts.flatMap((text) => Checks.parse(JSON.parse(text)))
}

async function findFreePort(): Promise<number> {
  const server = createServer()
  const listening = Promise.withResolvers<undefined>()
  server.listen(0, '127.0.0.1', () => listening.resolve(undefined))
  await listening.promise
  const port = portOf(server)
  server.close()
  return port
}
