import { spawn, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { describe, expect, it } from '@jest/globals'
import { readSource } from '../../codegen/document/load.ts'
import { generate } from '../../codegen/generate.ts'
import { createProgressLine, inTurn } from '../../codegen/progress.ts'
import { portOf } from '../support/port.ts'
import { ALLOW_LIST, DOCUMENT, inFolder } from './fixture.ts'

const ROOT = join(import.meta.dirname, '../..')
const ERASE = '\r\u001b[K'

type Setting = {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly env?: Readonly<Record<string, string>>
}

/** A line on a stream, what came out of it, and a clock to set. */
function open({ isTTY = true, columns = 80, env = {} }: Setting = {}) {
  const stream = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY, columns })
  const clock = { now: 0 }
  const line = createProgressLine(stream, { env, now: () => clock.now })
  const read = () => String(stream.read() ?? '')
  return { line, clock, read }
}

describe('the line of progress', () => {
  it('writes over itself, and leaves nothing', () => {
    const { line, read } = open()

    line.show('bundling')
    line.show('tools', 1, 20)
    line.show('fetched', 3)
    line.clear()

    expect(read()).toBe(`${ERASE}bundling${ERASE}tools 1 of 20${ERASE}fetched 3${ERASE}`)
  })

  it('erases only what it showed', () => {
    const { line, read } = open()

    line.clear()
    expect(read()).toBe('')

    line.show('types')
    line.clear()
    line.clear()
    expect(read()).toBe(`${ERASE}types${ERASE}`)
  })

  it('shows counts at most every 100 ms, and a new phase at once', () => {
    const { line, clock, read } = open()

    for (let done = 1; done <= 1000; done += 1) {
      line.show('tools', done, 1000)
      clock.now += 1
    }
    line.show('types')

    const shown = read().split(ERASE).slice(1)
    expect(shown).toHaveLength(11)
    expect(shown.slice(0, 3)).toEqual(['tools 1 of 1000', 'tools 101 of 1000', 'tools 201 of 1000'])
    expect(shown.at(-1)).toBe('types')
  })

  it.each([
    ['is narrow', 10, 'trying ea'],
    ['does not know its width', 0, 'trying each alone 1 of 2'],
  ])('never wraps on a terminal that %s', (_which, columns, shown) => {
    const { line, read } = open({ columns })

    line.show('trying each alone', 1, 2)

    expect(read()).toBe(ERASE + shown)
  })

  it.each<[string, Setting, boolean]>([
    ['on a terminal', {}, true],
    ['with CI set to false', { env: { CI: 'false' } }, true],
    ['without a terminal', { isTTY: false }, false],
    ['with CI=true', { env: { CI: 'true' } }, false],
    ['with CI=1', { env: { CI: '1' } }, false],
    ['on a terminal that cannot write over a line', { env: { TERM: 'dumb' } }, false],
  ])('is written only for a person: %s', (_where, setting, isWritten) => {
    const { line, read } = open(setting)

    line.show('tools', 1, 2)
    line.clear()

    expect(read() !== '').toBe(isWritten)
  })

  it('says which of several connectors it is about, and nothing of a single one', () => {
    const { line, read } = open()

    inTurn(line.show, 1, 1)('types')
    inTurn(line.show, 2, 3)('tools', 4, 5)

    expect(read()).toBe(`${ERASE}types${ERASE}connector 2 of 3: tools 4 of 5`)
  })
})

describe('generate', () => {
  it('tells its steps in order, and gives the same bytes whether anybody listens or not', () =>
    inFolder({ 'openapi.yaml': DOCUMENT, 'allow-list.yaml': ALLOW_LIST }, async (folder) => {
      const source = readSource(join(folder, 'openapi.yaml'), join(folder, 'allow-list.yaml'))
      const told: string[] = []

      const heard = await generate(source, { progress: (...step) => told.push(step.join(' ')) })
      const unheard = await generate(source)

      expect(told).toEqual([
        'selecting',
        'bundling',
        'tools 1 1',
        'types',
        'validating',
        'rendering',
      ])
      expect([...heard.files]).toEqual([...unheard.files])
    }))
})

const SPECS = { 'specs/shop/openapi.yaml': DOCUMENT, 'specs/shop/allow-list.yaml': ALLOW_LIST }
const GENERATE = 'codegen/cli.ts'
const INIT = 'codegen/init/main.ts --yes --out new --spec specs/shop/openapi.yaml'

/** As util-linux has it; the `script` of other systems has other options. */
const hasScript = spawnSync('script', ['-qec', 'true', '/dev/null']).status === 0

/** Runs a command on a terminal of its own, which gets what the command does not redirect. */
async function onTerminal(
  cwd: string,
  command: string,
  env: Readonly<Record<string, string>> = {},
) {
  const [file, ...rest] = command.split(' ')
  const line = [process.execPath, join(ROOT, file ?? ''), ...rest].join(' ')
  const child = spawn('script', ['-qec', line, '/dev/null'], {
    cwd,
    env: { PATH: process.env['PATH'], TERM: 'xterm', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  const { promise, resolve } = Promise.withResolvers<number | null>()
  child.on('close', resolve)
  const code = await promise
  return { code, terminal: Buffer.concat(chunks).toString() }
}

if (!hasScript) {
  if ((process.env['CI'] ?? '') !== '') throw new Error('util-linux `script` is required in CI')
  process.stderr.write('skipped: progress on a terminal (util-linux `script` is not there)\n')
}
const whereScriptIs = hasScript ? describe : describe.skip

whereScriptIs('on a terminal', () => {
  it.each([
    ['generate', GENERATE, ['reading', 'tools 1 of 1', 'writing']],
    ['init', INIT, ['reading', 'inspecting', 'proposing', 'writing']],
  ])('%s shows its progress on stderr, and stdout has the result only', (_name, command, phases) =>
    inFolder(SPECS, async (folder) => {
      const { code, terminal } = await onTerminal(folder, `${command} > stdout.txt`)

      expect(code).toBe(0)
      expect(terminal.split(ERASE)).toEqual(expect.arrayContaining(phases))
      expect(terminal.endsWith(ERASE)).toBe(true)
      expect(readFileSync(join(folder, 'stdout.txt'), 'utf8')).not.toContain('\u001b')
    }),
  )

  it('sync shows its progress on stderr, and stdout has the result only', () =>
    inFolder(SPECS, async (folder) => {
      const site = createServer((_request, response) => response.end(DOCUMENT))
      await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
      const record = JSON.stringify({ url: `http://127.0.0.1:${portOf(site)}/` })
      writeFileSync(join(folder, 'specs/shop/source.json'), record)

      const { code, terminal } = await onTerminal(folder, 'codegen/sync.ts > stdout.txt')
      site.close()

      expect(code).toBe(0)
      expect(terminal.split(ERASE)).toEqual(
        expect.arrayContaining(['fetching', 'types', 'writing']),
      )
      expect(terminal.endsWith(ERASE)).toBe(true)
      expect(readFileSync(join(folder, 'stdout.txt'), 'utf8')).not.toContain('\u001b')
    }))

  it.each([
    ['CI is set', GENERATE, { CI: 'true' }],
    ['stderr is redirected', `${GENERATE} 2> stderr.txt`, {}],
  ])('nothing but the result is shown when %s', (_when, command, env) =>
    inFolder(SPECS, async (folder) => {
      const { terminal } = await onTerminal(folder, command, env)

      expect(terminal).toBe('shop: 1 tool, 7 files in generated/shop (7 written, 0 removed)\r\n')
    }),
  )

  it('is gone before a problem is told', () =>
    inFolder({ ...SPECS, 'specs/shop/allow-list.yaml': 'connector: 1\n' }, async (folder) => {
      const { code, terminal } = await onTerminal(folder, GENERATE)

      expect(code).toBe(1)
      const shown = terminal.split(ERASE)
      expect(shown).toContain('reading')
      expect(shown.at(-1)).toMatch(/^error: \d+ problems? in/)
    }))
})
