import { describe, expect, it } from '@jest/globals'
import { measureRecall } from '../../bench/search/measure-recall.ts'
import { readQuestions } from '../../bench/search/questions.ts'
import { renderMisses, renderRecall } from '../../bench/search/report.ts'
import { loadConnector } from '../../server/connector.ts'
import type { Router } from '../../server/intents/router.ts'
import { createToolRouter } from '../../server/mcp/own-tools/tool-router.ts'

const { connector } = await loadConnector('flowtly')

/** A router that always says the same. */
function saying(...names: readonly string[]): Router {
  const rest = { title: '', line: '', score: 1 }
  return { rank: () => names.map((name) => ({ kind: 'tool', name, ...rest })) }
}

const QUESTIONS = [
  { ask: 'one', right: ['a.b'] },
  { ask: 'two', right: ['c.d', 'e.f'] },
  { ask: 'three', right: ['x.y'] },
  { ask: 'four', right: ['i.j'] },
]

describe('bench:search', () => {
  it('counts how deep the right tool stands, and names what was missed', () => {
    const recall = measureRecall(saying('a.b', 'g.h', 'e.f', 'i.j'), QUESTIONS)

    expect(recall).toEqual({
      questions: 4,
      at: [25, 50, 75],
      misses: [{ ask: 'three', first: ['a.b', 'g.h', 'e.f'] }],
    })
    const asked = [{ name: 'shop', recall }]
    expect(renderRecall(asked)).toContain('| shop      | 4     | 25 %        | 50 %')
    expect(renderMisses(asked)).toBe('missed (shop): three\n  first: a.b, g.h, e.f')
  })

  it('says so where nothing was missed', () => {
    const recall = measureRecall(saying('a.b'), QUESTIONS.slice(0, 1))

    expect(renderMisses([{ name: 'shop', recall }])).toBe('nothing was missed')
  })

  it('refuses a question whose answer is no tool', () => {
    expect(() => readQuestions('flowtly', { ...connector, intents: [] })).toThrow(
      /^flowtly: no tool is called insights\./,
    )
  })

  it('has questions enough about the shipped connector, half of them held out, each once', () => {
    const { tuned, heldOut } = readQuestions('flowtly', connector)

    expect(Math.abs(tuned.length - heldOut.length)).toBeLessThanOrEqual(1)
    expect(new Set([...tuned, ...heldOut].map(({ ask }) => ask)).size).toBeGreaterThanOrEqual(60)
  })

  it('finds most of what is asked of the shipped connector, also of what is held out', () => {
    const { tuned, heldOut } = readQuestions('flowtly', connector)
    const router = createToolRouter(connector, [])

    for (const half of [tuned, heldOut]) {
      const [, atThree = 0, atTen = 0] = measureRecall(router, half).at

      expect(atThree).toBeGreaterThanOrEqual(75)
      expect(atTen).toBeGreaterThanOrEqual(90)
    }
  })
})
