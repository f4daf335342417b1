import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { generate } from '../../codegen/generate.ts'
import { readSource } from '../../codegen/document/load.ts'
import { readOutput, writeOutput } from '../../codegen/output/output.ts'
import type { GeneratedFiles } from '../../codegen/output/render.ts'

const GOLDEN = join(import.meta.dirname, '../golden')
const cases = readdirSync(GOLDEN, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

function generateIn(folder: string) {
  return generate(readSource(join(folder, 'openapi.yaml'), join(folder, 'allow-list.yaml')))
}

/** The index of the search is words of the documentation, and nothing to be read. */
function withoutIndex(files: GeneratedFiles): GeneratedFiles {
  return new Map([...files].filter(([path]) => path !== 'search.json'))
}

describe('generate', () => {
  it.each(cases)('writes the reviewed output of %s', async (name) => {
    const folder = join(GOLDEN, name)
    const files = withoutIndex((await generateIn(folder)).files)
    if (process.env['UPDATE_GOLDEN'] === '1') writeOutput(join(folder, 'out'), files)

    expect(Object.fromEntries(files)).toEqual(Object.fromEntries(readOutput(join(folder, 'out'))))
  })

  it.each(cases)('writes the same bytes for %s wherever its files lie', async (name) => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'sluice-golden-'))
    cpSync(join(GOLDEN, name), elsewhere, { recursive: true })

    const here = await generateIn(join(GOLDEN, name))
    const there = await generateIn(elsewhere)
    rmSync(elsewhere, { recursive: true })

    expect([...there.files]).toEqual([...here.files])
  })

  it.each(cases)('leaves no path, date or program version in %s', async (name) => {
    const { files } = await generateIn(join(GOLDEN, name))
    const text = [...files.values()].join('\n')

    expect(text).not.toContain(process.cwd())
    expect(text).not.toContain(process.version)
    expect(text).not.toContain(new Date().toISOString().slice(0, 10))
    for (const file of files.values()) expect(file).toMatch(/[^\n]\n$/)
  })
})
