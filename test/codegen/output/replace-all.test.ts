import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { OutputError, replaceAll, type Replacement } from '../../../codegen/output/replace-all.ts'
import { inFolder } from '../fixture.ts'

const NOTHING = new Map<string, string>()

/** Every file below a folder with its text, and every folder that is empty. */
function readTree(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return Object.fromEntries(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name)
      return [relative(folder, path), entry.isFile() ? readFileSync(path, 'utf8') : 'a folder']
    }),
  )
}

const FILES = {
  'out/a.ts': '1',
  'out/deep/b.ts': '2',
  'specs/doc.yaml': 'old',
  'specs/source.json': '{}',
}

const wantedIn = (folder: string): readonly Replacement[] => [
  { path: join(folder, 'out'), content: new Map([['a.ts', '9']]), present: NOTHING },
  { path: join(folder, 'specs/doc.yaml'), content: Buffer.from('new'), present: NOTHING },
  { path: join(folder, 'specs/changes.json'), content: '[]', present: NOTHING },
  { path: join(folder, 'specs/source.json'), content: '{"x":1}', present: NOTHING },
]

describe('replaceAll', () => {
  it('puts files and folders in place of what was there, and leaves nothing beside them', () =>
    inFolder(FILES, (folder) => {
      replaceAll(wantedIn(folder))

      expect(readTree(folder)).toEqual({
        out: 'a folder',
        'out/a.ts': '9',
        specs: 'a folder',
        'specs/changes.json': '[]',
        'specs/doc.yaml': 'new',
        'specs/source.json': '{"x":1}',
      })
    }))

  it.each<[what: string, spoil: (folder: string) => Replacement]>([
    [
      'a folder is where a file must be',
      (folder) => {
        mkdirSync(join(folder, 'specs/last.json/inner'), { recursive: true })
        return { path: join(folder, 'specs/last.json'), content: 'x', present: NOTHING }
      },
    ],
    [
      'a file is where a folder must be',
      (folder) => ({ path: join(folder, 'out/a.ts/x/last.json'), content: 'x', present: NOTHING }),
    ],
    [
      'a name is too long to be written',
      (folder) => ({ path: join(folder, 'x'.repeat(300)), content: 'x', present: NOTHING }),
    ],
    [
      'what is to be kept is gone',
      (folder) => ({
        path: join(folder, 'other'),
        content: new Map([['a', '1']]),
        present: new Map([['a', '1']]),
      }),
    ],
    [
      // The first renames it away, so that it is known only when the second is to be put in place.
      'the target is inside of what was just replaced',
      (folder) => ({ path: join(folder, 'out/deep/b.ts'), content: 'x', present: NOTHING }),
    ],
  ])('leaves every byte as it was when %s', (_what, spoil) =>
    inFolder(FILES, (folder) => {
      const spoiler = spoil(folder)
      const before = readTree(folder)

      expect(() => replaceAll([...wantedIn(folder), spoiler])).toThrow(OutputError)

      expect(readTree(folder)).toEqual(before)
    }),
  )

  it('names what it could not write', () =>
    inFolder({ 'specs/a.json/x': '' }, (folder) => {
      const bad = { path: join(folder, 'specs/a.json'), content: 'x', present: NOTHING }

      expect(() => replaceAll([bad])).toThrow(/cannot write ".*specs\/a\.json"/)
    }))

  it('keeps the very files of a folder that stay the same', () =>
    inFolder({ 'out/a.ts': '1', 'out/b.ts': '2' }, (folder) => {
      const inode = statSync(join(folder, 'out/a.ts')).ino
      const present = new Map([
        ['a.ts', '1'],
        ['b.ts', '2'],
      ])
      const content = new Map([
        ['a.ts', '1'],
        ['b.ts', '3'],
      ])
      writeFileSync(join(folder, 'beside'), '')

      replaceAll([{ path: join(folder, 'out'), content, present }])

      expect(statSync(join(folder, 'out/a.ts')).ino).toBe(inode)
      expect(readTree(folder)).toEqual({
        beside: '',
        out: 'a folder',
        'out/a.ts': '1',
        'out/b.ts': '3',
      })
    }))
})
