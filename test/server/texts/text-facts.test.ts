import { describe, expect, it } from '@jest/globals'
import type { ToolTextVersion } from '../../../server/store/tool-texts.ts'
import { toTextPublished, toTextReverted } from '../../../server/texts/text-facts.ts'

const VERSION: ToolTextVersion = {
  ...{ organizationId: 'acme', tool: 'invoices.list', version: 7 },
  ...{ description: 'Words of ours.', instructions: 'More words.' },
  ...{ authorId: 'mem_01', authorName: 'Olga', publishedAt: 1, replacedAt: null },
}
const WHICH = {
  ...{ outcome: 'success', organization: 'acme', member: 'mem_01', tool: 'invoices.list' },
  ...{ subject: 'tool:invoices.list', count: 7 },
}

describe('what is on record of a text', () => {
  it.each([
    ['published', toTextPublished(VERSION), { type: 'tool-text.published', ...WHICH }],
    [
      'shown again',
      toTextReverted(VERSION),
      { type: 'tool-text.reverted', reason: 'earlier_version', ...WHICH },
    ],
    [
      'replaced by the generated one',
      toTextReverted({ ...VERSION, description: null, instructions: null }),
      { type: 'tool-text.reverted', reason: 'generated_text', ...WHICH },
    ],
  ])('that is %s says which and who, and no word of it', (_what, fact, wanted) => {
    expect(fact).toEqual(wanted)
    expect(JSON.stringify(fact)).not.toMatch(/words|Olga/i)
  })
})
