import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { runNode } from '../support/run.ts'
import { findFreePorts, startServerProcess, type ServerProcess } from '../support/server-process.ts'

const ROOT = join(import.meta.dirname, '../..')
const DOCKERFILE = readFileSync(join(ROOT, 'deploy/Dockerfile'), 'utf8')
const IGNORED = readFileSync(join(ROOT, 'deploy/Dockerfile.dockerignore'), 'utf8')
const FINAL_STAGE = DOCKERFILE.slice(DOCKERFILE.lastIndexOf('\nFROM '))

/** What the last stage copies from the repository. */
const COPIED = [...FINAL_STAGE.matchAll(/^COPY (?!--from)(\S+) \S+$/gm)].map(
  ([, path = '']) => path,
)

/** The words of an instruction in its exec form. */
function wordsOf(instruction: RegExp): readonly string[] {
  const [, words = ''] = instruction.exec(FINAL_STAGE) ?? []
  return z.array(z.string()).parse(JSON.parse(words))
}

let folder: string
let port: number
let server: ServerProcess

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-image-'))
  for (const path of COPIED) cpSync(join(ROOT, path), join(folder, path), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  port = (await findFreePorts(1))[0] ?? 0
  const env = { DATABASE_URL: 'sqlite::memory:', UPSTREAM_URL: 'http://127.0.0.1:9/v1' }
  server = await startServerProcess(port, env, folder)
})

afterAll(async () => {
  await server.kill()
  rmSync(folder, { recursive: true })
})

describe('the image', () => {
  it('starts what `npm start` starts', () => {
    const manifest: unknown = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
    const [node, ...flags] = wordsOf(/^ENTRYPOINT (\[.*\])$/m)
    const start = [node, ...flags, ...wordsOf(/^CMD (\[.*\])$/m)].join(' ')

    expect(manifest).toMatchObject({ scripts: { start } })
  })

  it('has the Node that the repository pins', () => {
    const version = readFileSync(join(ROOT, '.nvmrc'), 'utf8').trim().replace(/^v/, '')
    const bases = [...DOCKERFILE.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image)

    expect(bases).toEqual(Array(2).fill(`node:${version}-bookworm-slim`))
  })

  it('has everything that the server needs, and its health check tells whether it answers', async () => {
    const [node, ...args] = wordsOf(/^HEALTHCHECK .* CMD (\[.*\])$/m)
    const check = () => runNode(args, { env: { PORT: String(port) } })

    const up = await check()
    const answers = await Promise.all(
      ['/docs/quickstart', '/docs/search.json', '/assets/docs.js', '/console'].map(
        async (path) => (await fetch(`${server.url}${path}`, { redirect: 'manual' })).status,
      ),
    )
    const code = await server.stop()
    const down = await check()

    expect(node).toBe('node')
    expect(up).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(answers.map((status) => Math.floor(status / 100))).toEqual([2, 2, 2, 3])
    expect(code).toBe(0)
    expect(down.code).toBe(1)
  })

  it('brings what Node has compiled, in a folder that only its user can write to', () => {
    const [, folder = ''] = /NODE_COMPILE_CACHE=\/app\/(\S+)/.exec(FINAL_STAGE) ?? []
    const [made = '', started = ''] = [...FINAL_STAGE.matchAll(/^RUN (?:.*\\\n)*.*$/gm)].map(
      ([instruction]) => instruction,
    )

    expect(made).toMatch(/^RUN install -d -o 1000 -g 1000 -m 0700 /)
    expect(made.split(' ')).toContain(folder)
    expect(FINAL_STAGE.indexOf(started)).toBeGreaterThan(FINAL_STAGE.indexOf('\nUSER 1000:1000\n'))
    expect(started).toContain(' server/main.ts ')
  })

  it('is built from nothing else: no data, no settings, no tests', () => {
    const [first, ...sent] = IGNORED.trim().split('\n')
    const used = [...DOCKERFILE.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths = '']) =>
      paths.split(' '),
    )

    expect(first).toBe('*')
    expect(sent.map((line) => line.slice(1)).sort()).toEqual([...new Set(used)].sort())
  })

  it('does not run as root', () => {
    expect(FINAL_STAGE).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m)
  })
})
