import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { compareFiles, readOutput, writeOutput } from '../../../codegen/output/output.ts'
import { OutputError } from '../../../codegen/output/replace-all.ts'
import { inFolder } from '../fixture.ts'

const MANIFEST = '{"format":1,"tools":{}}\n'

const files = (...entries: [string, string][]) =>
  new Map([['manifest.json', MANIFEST] as const, ...entries])

describe('writeOutput', () => {
  it('writes what belongs in the folder and removes what does not', () =>
    inFolder({}, (parent) => {
      const folder = join(parent, 'new', 'out')
      writeOutput(folder, files(['a.ts', '1'], ['tools/b.ts', '2'], ['tools/c.ts', '3']))

      const changes = writeOutput(folder, files(['a.ts', '1'], ['tools/b.ts', '4'], ['d.ts', '5']))

      expect(changes).toEqual({ added: ['d.ts'], changed: ['tools/b.ts'], removed: ['tools/c.ts'] })
      expect([...readOutput(folder)]).toEqual([
        ['a.ts', '1'],
        ['d.ts', '5'],
        ['manifest.json', MANIFEST],
        ['tools/b.ts', '4'],
      ])
      expect(readdirSync(join(parent, 'new'))).toEqual(['out'])
    }))

  it('does not touch files that stay the same', () =>
    inFolder({}, (folder) => {
      const out = join(folder, 'out')
      writeOutput(out, files(['a.ts', '1'], ['b.ts', '2']))
      utimesSync(join(out, 'a.ts'), 1, 1)

      writeOutput(out, files(['a.ts', '1'], ['b.ts', '3']))

      expect(statSync(join(out, 'a.ts')).mtimeMs).toBe(1000)
      expect(statSync(join(out, 'a.ts')).nlink).toBe(1)
    }))

  it('does nothing at all where nothing differs', () =>
    inFolder({}, (folder) => {
      const out = join(folder, 'out')
      writeOutput(out, files(['a.ts', '1']))
      const before = statSync(out).ino

      writeOutput(out, files(['a.ts', '1']))

      expect(statSync(out).ino).toBe(before)
    }))

  it('leaves everything as it was when it fails', () =>
    inFolder({}, (folder) => {
      const out = join(folder, 'out')
      writeOutput(out, files(['a.ts', '1'], ['b.ts', '2']))

      // A file cannot be written where a folder of its name must be.
      const wanted = files(['a.ts', '3'], ['b.ts', '4'], ['b.ts/c.ts', '5'])

      expect(() => writeOutput(out, wanted)).toThrow(OutputError)
      expect(readFileSync(join(out, 'a.ts'), 'utf8')).toBe('1')
      expect(readFileSync(join(out, 'b.ts'), 'utf8')).toBe('2')
      expect(readdirSync(folder)).toEqual(['out'])
    }))

  it('leaves a folder alone that it did not write', () =>
    inFolder({ 'src/main.ts': 'precious' }, (folder) => {
      const write = () => writeOutput(join(folder, 'src'), files(['a.ts', '1']))

      expect(write).toThrow(/holds files that were not generated/)
      expect(readFileSync(join(folder, 'src/main.ts'), 'utf8')).toBe('precious')
    }))

  it('fills a folder that is empty', () =>
    inFolder({}, (folder) => {
      mkdirSync(join(folder, 'out'))
      writeOutput(join(folder, 'out'), files(['a.ts', '1']))

      expect(existsSync(join(folder, 'out/a.ts'))).toBe(true)
    }))

  it('says which folder it could not use', () =>
    inFolder({ out: 'a file' }, (folder) => {
      expect(() => writeOutput(join(folder, 'out'), files())).toThrow(OutputError)
    }))
})

describe('compareFiles', () => {
  it('sees the difference of a single byte', () => {
    expect(compareFiles(new Map([['a', 'x\n']]), new Map([['a', 'x\r\n']]))).toEqual({
      added: [],
      changed: ['a'],
      removed: [],
    })
  })
})

describe('a folder that somebody else filled', () => {
  it.each([['{"manifest_version":3}'], ['{}'], ['{'], ['[]']])(
    'is not replaced, though it has a manifest: %s',
    (manifest) =>
      inFolder({ 'out/manifest.json': manifest, 'out/src/work.ts': 'x' }, (folder) => {
        expect(() => writeOutput(join(folder, 'out'), files(['a.ts', '1']))).toThrow(OutputError)

        expect(existsSync(join(folder, 'out/src/work.ts'))).toBe(true)
      }),
  )
})

describe('a folder that was written', () => {
  it('can be read by whoever may read its parent', () =>
    inFolder({}, (parent) => {
      writeOutput(join(parent, 'out'), files(['a.ts', '1']))
      mkdirSync(join(parent, 'plain'))

      expect(statSync(join(parent, 'out')).mode).toBe(statSync(join(parent, 'plain')).mode)
    }))
})
