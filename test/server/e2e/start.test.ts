import { spawn, type ChildProcess } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import { DOCS_FORMAT } from '../../../site/docs.ts'
import { portOf } from '../../support/port.ts'
import { createProjectCopy } from '../../support/project-copy.ts'
import { startRawUpstream, writeJson } from '../../support/raw-upstream.ts'
import { callTool, resultOf } from '../../support/rpc.ts'
import { runNode } from '../../support/run.ts'
import { until } from '../../support/until.ts'
import { START_COMMAND, START_FLAGS } from '../../support/start-command.ts'
import { PROCESS_ENV } from '../../support/process-env.ts'

const ROOT = join(import.meta.dirname, '../../..')

/** What a server needs beside an upstream; nothing of it stays behind. */
const KEPT = {
  DATABASE_URL: 'sqlite::memory:',
  SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
}

const started: ChildProcess[] = []

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})

/** Starts `npm start`'s own command and waits for what it prints. */
async function start(env: Readonly<Record<string, string>>, cwd = ROOT) {
  const child = spawn(process.execPath, [...START_FLAGS, join(ROOT, 'server/main.ts')], {
    cwd,
    env: { ...PROCESS_ENV, ...KEPT, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  started.push(child)
  const output = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  await Promise.race([
    until(() => output.stdout.includes('claude mcp add') || output.stdout.includes('upstream')),
    ended,
  ])
  return { child, output, ended }
}

describe('npm start', () => {
  it('prints the addresses, the demo access and a line for Claude Code that work', async () => {
    const { output } = await start({ PORT: '0' })
    const url = /MCP +(http:\S+)/.exec(output.stdout)?.[1] ?? ''
    const headers = [...output.stdout.matchAll(/--header "([^:]+): ([^"]+)"/g)].map(
      ([, name = '', value = '']) => [name, value] as const,
    )

    expect(output.stdout).toContain(`claude mcp add --transport http flowtly ${url}`)
    expect(output.stdout).toContain(url.replace('/mcp', '/health'))
    for (const part of [
      'owner@acme.example',
      'sluice-demo',
      'globex-demo-key / globex-demo-secret',
    ]) {
      expect(output.stdout).toContain(part)
    }
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...Object.fromEntries(headers) },
      body: '{"jsonrpc":"2.0","id":1,"method":"ping"}',
    })
    expect(await answer.json()).toEqual({ jsonrpc: '2.0', id: 1, result: {} })
  })

  it.each([['SIGTERM'], ['SIGINT']] as const)('ends with 0 on %s', async (signal) => {
    const { child, ended } = await start({ PORT: '0' })

    child.kill(signal)

    expect(await ended).toBe(0)
  })

  it('finishes what runs when it is told to stop, and then ends', async () => {
    await using upstream = await startRawUpstream()
    const asked = Promise.withResolvers<Socket>()
    upstream.answer = (socket) => asked.resolve(socket)
    const { child, ended, output } = await start({ PORT: '0', UPSTREAM_URL: upstream.url })
    const call = callTool(
      new URL(/MCP +(\S+)/.exec(output.stdout)?.[1] ?? '').origin,
      'projects.list',
    )
    const socket = await asked.promise

    child.kill('SIGTERM')
    await new Promise((resolve) => setTimeout(resolve, 200))
    writeJson(socket, { data: [] })

    expect(resultOf(await call)).toEqual({ data: [] })
    expect(await ended).toBe(0)
  })

  it("shows no demo access with an upstream of one's own", async () => {
    const { output } = await start({ PORT: '0', UPSTREAM_URL: 'http://127.0.0.1:9/v1' })

    expect(output.stdout).toContain('http://127.0.0.1:9/v1')
    expect(output.stdout).not.toContain('demo')
  })

  it('ends with 2 and every mistake in the environment, without a stack', async () => {
    const { code, stdout, stderr } = await runNode(START_COMMAND, {
      env: { PORT: 'x', LOG_LEVEL: 'y' },
    })

    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toMatch(
      /^error: the environment is not usable\n {2}PORT .*\n {2}LOG_LEVEL .*\n$/,
    )
  })

  it('makes a key for the demo only, and keeps it and the data to its owner', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'sluice-start-'))
    const first = await start({ PORT: '0', DATABASE_URL: '', SECRET_KEY: '' }, cwd)
    first.child.kill('SIGTERM')
    await first.ended
    const key = readFileSync(join(cwd, 'data/secret.key'), 'utf8')

    const second = await start({ PORT: '0', DATABASE_URL: '', SECRET_KEY: '' }, cwd)
    second.child.kill('SIGTERM')

    expect(await second.ended).toBe(0)
    expect(Buffer.from(key, 'base64')).toHaveLength(32)
    expect(readFileSync(join(cwd, 'data/secret.key'), 'utf8')).toBe(key)
    for (const file of ['data/secret.key', 'data/sluice.db']) {
      expect(statSync(join(cwd, file)).mode & 0o077).toBe(0)
    }
    rmSync(cwd, { recursive: true })
  })

  it('asks for a key where the data is real', async () => {
    const { code, stderr } = await runNode(START_COMMAND, {
      env: { PORT: '0', UPSTREAM_URL: 'http://127.0.0.1:9/v1', DATABASE_URL: 'sqlite::memory:' },
    })

    expect(code).toBe(2)
    expect(stderr).toMatch(/^error: .*\n {2}SECRET_KEY is required: .*openssl rand -base64 32/)
  })

  it('refuses a key that the database was not written with', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'sluice-start-'))
    const DATABASE_URL = `sqlite:${join(cwd, 'sluice.db')}`
    const first = await start({ PORT: '0', DATABASE_URL }, cwd)
    first.child.kill('SIGTERM')
    await first.ended

    const other = Buffer.alloc(32, 8).toString('base64')
    const { code, stderr } = await runNode(START_COMMAND, {
      env: { PORT: '0', DATABASE_URL, SECRET_KEY: other },
    })

    expect(code).toBe(2)
    expect(stderr).toMatch(/SECRET_KEY is not the one that this database was written with/)
    expect(stderr).not.toContain(other)
    rmSync(cwd, { recursive: true })
  })

  it('says what to do about a connector that was not generated', async () => {
    const { code, stderr } = await runNode(START_COMMAND, {
      env: { PORT: '0', CONNECTOR: 'nope', UPSTREAM_URL: 'http://127.0.0.1:9' },
    })

    expect(code).toBe(2)
    expect(stderr).toMatch(/"nope".*not generated/s)
    expect(stderr).toContain('npm run generate')
    expect(stderr).not.toContain('    at ')
  })

  it.each([
    [
      'an older docs.json',
      'docs.json',
      '{"format":1}',
      `docs.json is not of format ${DOCS_FORMAT}`,
    ],
    ['a broken docs.json', 'docs.json', '{', 'docs.json is not JSON'],
    ['no docs.json', 'docs.json', null, 'generated/old/docs.json is missing'],
    ['no search.json', 'search.json', null, 'generated/old/search.json is missing'],
  ])('says what to do about a connector with %s', async (_what, file, text, said) => {
    const project = createProjectCopy()
    cpSync(join(ROOT, 'generated/flowtly'), join(project.folder, 'generated/old'), {
      recursive: true,
    })
    rmSync(join(project.folder, 'generated/old', file))
    if (text !== null) project.write(`generated/old/${file}`, text)

    const { code, stderr } = await runNode([join(project.folder, 'server/main.ts')], {
      cwd: project.folder,
      env: { PORT: '0', CONNECTOR: 'old', UPSTREAM_URL: 'http://127.0.0.1:9' },
    })
    project.remove()

    expect(code).toBe(2)
    expect(stderr).toContain(said)
    expect(stderr).toContain('run: npm run generate')
    expect(stderr).not.toContain('    at ')
  })

  it('says what to do about a port in use', async () => {
    const taken = createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))

    const { code, stderr } = await runNode(START_COMMAND, { env: { PORT: String(portOf(taken)) } })

    expect(code).toBe(2)
    expect(stderr).toContain('the port is in use')
    taken.close()
  })
})
