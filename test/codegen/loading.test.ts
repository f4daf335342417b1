import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { generate } from '../../codegen/generate.ts'
import type { Path } from '../../codegen/json-pointer.ts'
import { readSource } from '../../codegen/document/load.ts'
import { runNode } from '../support/run.ts'

const ROOT = join(import.meta.dirname, '../..')
const PRELOAD = join(ROOT, 'test/support/tell-packages.ts')
/** It finds the word that somebody may have meant. */
const SMALL = 'fastest-levenshtein'

/** Runs a command, and reads which packages it loaded. */
async function packagesOf(program: string, args: readonly string[]) {
  const { code, stderr } = await runNode(['--import', PRELOAD, join(ROOT, program), ...args])
  return { code, packages: /^packages: (.*)$/m.exec(stderr)?.[1]?.split(', ') ?? [] }
}

describe.each([['codegen/cli.ts'], ['codegen/sync.ts'], ['codegen/init/main.ts']])(
  '%s',
  (program) => {
    it.each([
      ['explains itself', '--help', 0],
      ['refuses a wrong option', '--nope', 2],
    ])('%s before it loads the generator', async (_what, option, code) => {
      expect(await packagesOf(program, [option])).toEqual({ code, packages: [SMALL] })
    })
  },
)

describe('npm run generate', () => {
  it('loads no HTTP client for documents that are files', async () => {
    const { code, packages } = await packagesOf('codegen/cli.ts', ['--check'])

    expect(code).toBe(0)
    expect(packages).toContain('zod')
    expect(packages).not.toContain('undici')
  })

  it('looks for no place in a document in which nothing is wrong', async () => {
    const folder = join(ROOT, 'specs/flowtly')
    const source = readSource(join(folder, 'openapi.yaml'), join(folder, 'allow-list.yaml'))
    const { main, files } = source.document
    const asked: Path[] = []
    const watched: typeof main = {
      ...main,
      position: (path, on) => {
        asked.push(path)
        return main.position(path, on)
      },
    }

    const document = {
      ...source.document,
      main: watched,
      files: new Map([...files, ['', watched]]),
    }
    await generate({ ...source, document })

    expect(asked).toEqual([])
  })
})
