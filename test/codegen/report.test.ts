import { describe, expect, it } from '@jest/globals'
import type { FailOn } from '../../codegen/command.ts'
import type { ChangeClass } from '../../codegen/drift/change.ts'
import { isFine, type Report } from '../../codegen/report.ts'

/** What a run found out that wrote one file and found one change, if any. */
const reportOf = (failOn: FailOn, found: ChangeClass | null): Report => ({
  check: true,
  failOn,
  connectors: [
    {
      connector: 'shop',
      folder: 'generated/shop',
      version: '1',
      clients: null,
      tools: 1,
      files: 6,
      posts: [],
      changes: { added: [], changed: ['index.ts'], removed: [] },
      drift: {
        note: null,
        changes: found === null ? [] : [{ tool: 'a.b', class: found, what: 'changed', diff: null }],
      },
    },
  ],
  staleFolders: [],
  problems: [],
  warnings: [],
})

describe('isFine', () => {
  it.each<
    [
      failOn: FailOn,
      passes: readonly (ChangeClass | null)[],
      fails: readonly (ChangeClass | null)[],
    ]
  >([
    ['none', ['breaking', 'risky', 'additive', 'cosmetic', null], []],
    ['breaking', ['risky', 'additive', 'cosmetic', null], ['breaking']],
    ['risky', ['additive', 'cosmetic', null], ['breaking', 'risky']],
    ['any', [], ['breaking', 'risky', 'additive', 'cosmetic', null]],
  ])('with %s lets %j pass, and not %j', (failOn, passes, fails) => {
    for (const found of passes) expect(isFine(reportOf(failOn, found))).toBe(true)
    for (const found of fails) expect(isFine(reportOf(failOn, found))).toBe(false)
  })

  it.each<[FailOn, boolean]>([
    ['none', true],
    ['breaking', false],
    ['risky', false],
    ['any', false],
  ])('with %s judges a connector without a specification', (failOn, expected) => {
    const report = { ...reportOf(failOn, null), staleFolders: ['generated/old'] }

    expect(isFine(report)).toBe(expected)
  })

  it('lets no problem pass', () => {
    const place = { file: 'a', line: null, column: null, where: '' }
    const problems = [{ ...place, what: 'is wrong', hint: null }]

    expect(isFine({ ...reportOf('none', null), problems })).toBe(false)
  })
})
