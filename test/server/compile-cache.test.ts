import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { runNode } from '../support/run.ts'

const SOURCE = pathToFileURL(join(import.meta.dirname, '../../server/compile-cache.ts')).href
const SOMEBODY = 65_534
const isRoot = process.getuid?.() === 0

describe('what Node keeps of the source', () => {
  let parent: string
  let folder: string

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'sluice-compiled-'))
    folder = join(parent, 'cache')
  })

  afterEach(() => rmSync(parent, { recursive: true }))

  /** Loads a module in a process of its own, with the cache in the folder. */
  async function keep(source = 'export const answer: number = 42') {
    const loaded = join(parent, 'loaded.ts')
    writeFileSync(loaded, source)
    const program = `
      const { keepCompiled } = await import(${JSON.stringify(SOURCE)})
      const isKept = keepCompiled(new URL(${JSON.stringify(pathToFileURL(folder).href)}))
      const { answer } = await import(${JSON.stringify(pathToFileURL(loaded).href)})
      console.log(JSON.stringify({ isKept, answer }))`
    const { stdout } = await runNode(['--input-type=module', '-e', program], {
      env: { NODE_COMPILE_CACHE: '' },
    })
    const result: unknown = JSON.parse(stdout)
    return result
  }

  function keptFiles(): readonly string[] {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name)
  }

  it('is in a folder of which nobody else can read or write', async () => {
    expect(await keep()).toEqual({ isKept: true, answer: 42 })

    expect(keptFiles().length).toBeGreaterThan(0)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  })

  it('is not used for a source that has changed since', async () => {
    await keep('export const answer: number = 42')

    expect(await keep('export const answer: number = 43')).toEqual({ isKept: true, answer: 43 })
  })

  const otherPlaces: readonly (readonly [string, () => void])[] = [
    ['that its group can write to', () => makeFolder(0o770)],
    ['that everybody can write to', () => makeFolder(0o707)],
    ['that is a link', () => symlinkSync(mkdtempSync(join(parent, 'elsewhere-')), folder)],
    ['that is a file', () => writeFileSync(folder, '')],
    ['that cannot be made', () => placeBelowFile()],
  ]
  it.each(otherPlaces)('is not kept in a folder %s, and nothing fails', async (_what, make) => {
    make()

    expect(await keep()).toEqual({ isKept: false, answer: 42 })
  })

  const whereOwnersChange = isRoot ? it : it.skip
  whereOwnersChange('is not kept in a folder of somebody else', async () => {
    makeFolder(0o755)
    chownSync(folder, SOMEBODY, SOMEBODY)

    expect(await keep()).toEqual({ isKept: false, answer: 42 })
    expect(keptFiles()).toEqual([])
  })

  function makeFolder(mode: number): void {
    mkdirSync(folder)
    chmodSync(folder, mode)
  }

  function placeBelowFile(): void {
    writeFileSync(join(parent, 'file'), '')
    folder = join(parent, 'file/cache')
  }
})
