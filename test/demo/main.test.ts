import { spawn } from 'node:child_process'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from '@jest/globals'

describe('npm run demo', () => {
  it('starts, says how to get in, and stops when told', async () => {
    const demo = run([], '0')
    const banner = await readFirst(demo)

    const url = /http:\S+\/v1/.exec(banner)?.[0] ?? ''
    const { status } = await fetch(`${url}/me`)
    demo.kill('SIGTERM')
    const code = await readExitCode(demo)

    expect(banner).toContain('owner@acme.example')
    expect(status).toBe(401)
    expect(code).toBe(0)
  })

  it.each([
    ['an unknown option', ['--nonsense'], '0', 'usage: npm run demo'],
    ['a stray word', ['start'], '0', 'usage: npm run demo'],
    ['a port that is none', [], 'http', '"PORT" must be a port number, not "http"'],
    ['a port that is too high', [], '70000', '"PORT" must be a port number, not "70000"'],
  ])('answers %s with exit code 2', async (_name, args, port, message) => {
    const demo = run(args, port)
    let errors = ''
    demo.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))

    const code = await readExitCode(demo)

    expect(code).toBe(2)
    expect(errors).toContain(message)
    expect(errors).not.toContain('    at ')
  })

  it('answers a file that is no database with exit code 1', async () => {
    const demo = run(['--file', 'package.json'], '0')
    let errors = ''
    demo.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))

    const code = await readExitCode(demo)

    expect(code).toBe(1)
    expect(errors).toContain('not a database')
    expect(errors).not.toContain('    at ')
  })
})

function run(args: readonly string[], port: string): ChildProcessWithoutNullStreams {
  const flags = ['--disable-warning=ExperimentalWarning', 'demo/main.ts', ...args]
  return spawn(process.execPath, flags, { env: { ...process.env, PORT: port, NODE_OPTIONS: '' } })
}

async function readFirst(child: ChildProcessWithoutNullStreams): Promise<string> {
  const chunks: unknown[] = await once(child.stdout, 'data')
  return String(chunks[0])
}

async function readExitCode(child: ChildProcessWithoutNullStreams): Promise<unknown> {
  const exit: unknown[] = await once(child, 'close')
  return exit[0]
}
