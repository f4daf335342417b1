import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { cutText } from '../../../server/mcp/cut-text.ts'

const CALL = {
  tool: {
    answer: { items: null, columns: null, paging: null, filters: ['from'] },
    inputSchema: { type: 'object' },
  },
  args: {},
}

describe('cutText', () => {
  it('leaves what fits as it is', () => {
    expect(cutText('x\n'.repeat(500), CALL, 1_000)).toBe('x\n'.repeat(500))
  })

  it('cuts at the end of a line, and says so', () => {
    const text = 'id,total\n'.repeat(200)

    expect(cutText(text, CALL, 1_000)).toMatch(
      /^(?:id,total\n){66}\[Cut: the first 593 of 1800 characters\. Call again and narrow it with "from"\.\]$/,
    )
  })

  it('cuts a line that is too long itself, and breaks no character', () => {
    expect(cutText('😀'.repeat(1_000), CALL, 1_001)).toMatch(
      /^(?:😀){300}\n\[Cut: the first 600 of/u,
    )
  })

  it('never gives more than was asked for', () => {
    const texts = fc.array(fc.string(), { maxLength: 500 }).map((lines) => lines.join('\n'))
    fc.assert(
      fc.property(texts, (text) => {
        expect(cutText(text, CALL, 1_000).length).toBeLessThanOrEqual(1_000)
      }),
    )
  })
})
