import { describe, expect, it } from '@jest/globals'
import {
  renderDriftMarkdown,
  renderDriftText,
  toDriftReport,
} from '../../../codegen/drift/drift-report.ts'
import type { Drift } from '../../../codegen/drift/manifest-changes.ts'
import { diffTexts } from '../../../codegen/drift/text-diff.ts'

const DRIFT: Drift = {
  note: null,
  changes: [
    { tool: 'orders.get', class: 'breaking', what: 'is gone', diff: null },
    { tool: null, class: 'risky', what: 'the instructions changed', diff: diffTexts('A.', 'B.') },
    { tool: 'orders.list', class: 'breaking', what: 'takes "x" no longer', diff: null },
  ],
}

describe('a report of drift', () => {
  it('groups by class in text', () => {
    expect(renderDriftText(DRIFT)).toEqual([
      '2 breaking',
      '  orders.get: is gone',
      '  orders.list: takes "x" no longer',
      '1 risky',
      '  connector: the instructions changed',
      '    [-A.-] {+B.+}',
    ])
  })

  it('groups by class in Markdown', () => {
    expect(renderDriftMarkdown(DRIFT).join('\n\n')).toBe(`#### 2 breaking

- orders.get: is gone
- orders.list: takes "x" no longer

#### 1 risky

- connector: the instructions changed
  - \\[\\-A.\\-\\] \\{\\+B.\\+\\}`)
  })

  it('counts every class in JSON', () => {
    expect(toDriftReport(DRIFT)).toEqual({
      counts: { breaking: 2, risky: 1, additive: 0, cosmetic: 0 },
      ...DRIFT,
    })
  })

  it('says why not everything was compared', () => {
    expect(renderDriftText({ changes: [], note: 'older' })).toEqual(['older'])
    expect(renderDriftMarkdown({ changes: [], note: 'older' })).toEqual(['older'])
  })

  it.each([
    ['a picture', '![x](https://evil.example/p.png)', '\\!\\[x\\](https://evil.example/p.png)'],
    ['markup', '<img src=x>', '\\<img src=x\\>'],
    ['a mention', '@everyone', '\\@everyone'],
    ['a heading in a line of its own', 'a\n# All is fine', 'a ⏎ \\# All is fine'],
    ['strikethrough', '~~a~~', '\\~\\~a\\~\\~'],
  ])('lets no text become %s', (_what, hostile, shown) => {
    const change = {
      tool: 'a.b',
      class: 'risky',
      what: `${hostile} changed`,
      diff: diffTexts('', hostile),
    } as const

    const [section = ''] = renderDriftMarkdown({ changes: [change], note: null })

    expect(section.split('\n')).toHaveLength(4)
    expect(section).toContain(`\\{\\+${shown}\\+\\}`)
  })
})
