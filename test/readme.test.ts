import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { demoAccess } from '../demo/access.ts'
import { environment } from '../server/config-environment.ts'
import { startWithDemo } from './support/flowtly.ts'
import { operationNames } from './support/listed-tools.ts'
import { parseRpc } from './support/rpc.ts'
import { runNode } from './support/run.ts'

const README = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')
const ALLOW_LIST = readFileSync(join(import.meta.dirname, '../docs/allow-list.md'), 'utf8')
const run = promisify(execFile)

let running: Awaited<ReturnType<typeof startWithDemo>>

beforeAll(async () => {
  running = await startWithDemo()
})

afterAll(() => running.close())

/** The shell blocks below a heading, aimed at the servers of this test. */
function blocksOf(heading: string): readonly string[] {
  const section = README.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? ''
  return [...section.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block = '']) =>
    block
      .replaceAll('http://127.0.0.1:8787', running.connector.url)
      .replaceAll('http://127.0.0.1:8788', new URL(running.demo.url).origin),
  )
}

/** Runs blocks in one shell and gives what the last command printed on its last line. */
async function lastAnswerOf(blocks: readonly string[]) {
  const { stdout } = await run('bash', ['-euc', blocks.join('\necho\n')])
  return parseRpc(stdout.trim().split('\n').at(-1) ?? '')
}

describe('the README', () => {
  it('stays short', () => {
    expect(README.split('\n').length).toBeLessThanOrEqual(200)
  })

  it('has four requests that do what it says, as they stand there', async () => {
    const [auth = '', initialize = '', list = '', call = '', fail = ''] = blocksOf('Four requests')

    const initialized = await lastAnswerOf([auth, initialize])
    const listed = await lastAnswerOf([auth, list])
    const called = await lastAnswerOf([auth, call])
    const failed = await lastAnswerOf([auth, fail])

    expect(initialized).toMatchObject({
      id: 'init-1',
      result: { protocolVersion: '2024-11-05', capabilities: { tools: {} } },
    })
    expect(operationNames(listed.result?.['tools'])).toHaveLength(16)
    expect(called.result?.content).toEqual([
      { type: 'text', text: expect.stringMatching(/^\{"data":\[\{"id":"tx_/) },
    ])
    expect(failed.error).toMatchObject({
      code: -32_000,
      message: 'Upstream Flowtly API failed',
      data: { status: 502 },
    })
  })

  it('refers to an allow-list that generates as it stands', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sluice-readme-'))
    const [, allowList = ''] = /^```yaml\n(# specs\/.*?)^```/ms.exec(ALLOW_LIST) ?? []
    writeFileSync(join(folder, 'allow-list.yaml'), allowList)
    const spec = join(import.meta.dirname, '../specs/flowtly/openapi.yaml')

    const { code, stdout } = await runNode([
      ...['codegen/cli.ts', '--spec', spec, '--allow', join(folder, 'allow-list.yaml')],
      ...['--out', join(folder, 'out')],
    ])

    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^acme: 2 tools/) })
    rmSync(folder, { recursive: true })
  })

  it('shows the access that the demo really has', () => {
    const { password, credentials, emails } = demoAccess

    for (const { key, secret } of Object.values(credentials)) {
      expect(README).toContain(`\`${key}\` / \`${secret}\``)
    }
    for (const part of [password, emails.acmeOwner, emails.acmeMember]) {
      expect(README).toContain(part)
    }
  })

  it('has a row for every variable that the server reads', () => {
    for (const name of Object.keys(environment.shape))
      expect(README).toMatch(new RegExp(`^\\|.*\`${name}\`.*\\|$`, 'm'))
  })
})
