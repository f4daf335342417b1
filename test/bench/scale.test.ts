import { describe, expect, it } from '@jest/globals'
import type { Cost } from '../../bench/scale/cost.ts'
import { interleave } from '../../bench/scale/interleave.ts'
import { judgeParts } from '../../bench/scale/verdicts.ts'
import { runNode } from '../support/run.ts'

function cost(connector: number, wrong: readonly string[] = []): Cost {
  const cpuMs = { connector, postgres: 0, redis: 0, proxy: 0, upstream: 0 }
  return { requests: 100, perSecond: 1, cpuMs, p50Ms: 1, p99Ms: 1, wrong }
}

function contender(name: string, costs: readonly Cost[]) {
  const left = [...costs]
  return { name, measure: () => Promise.resolve(left.shift() ?? cost(Number.NaN)) }
}

describe('interleaved rounds', () => {
  it('compare within a round, so that a slow one does not count more for the later', async () => {
    const rows = await interleave(
      [
        contender('one', [cost(9), cost(1), cost(4), cost(2)]),
        contender('other', [cost(9), cost(2), cost(8), cost(4)]),
      ],
      3,
    )

    expect(rows.map(({ name, ratio }) => [name, ratio])).toEqual([
      ['one', 1],
      ['other', 2],
    ])
    expect(rows[0]?.cpuMs.connector).toBe(2)
  })

  it('take from the first round what was sent and what was wrong, and no figure', async () => {
    const [row] = await interleave([contender('one', [cost(9, ['no']), cost(1), cost(1)])], 2)

    expect(row).toMatchObject({ requests: 300, wrong: ['no'], cpuMs: { connector: 1 } })
  })
})

describe('the verdict', () => {
  const right = {
    loads: [{ requests: 60, wrong: [] }],
    lastWords: [{ messages: 60, rssMegabytes: 1, exitCode: 0 }],
  }

  function brokenOf(part: typeof right, recorded: number): readonly string[] {
    return judgeParts([right, part], recorded).flatMap(({ violations }) => violations)
  }

  it('holds where sender, figures and audit say the same', () => {
    expect(brokenOf(right, 120)).toEqual([])
  })

  it('breaks where an event is missing', () => {
    expect(brokenOf(right, 119)).toEqual(['119 of 120 are on record'])
  })

  it('breaks where a request was not counted', () => {
    const lastWords = [{ messages: 59, rssMegabytes: 1, exitCode: 0 }]

    expect(brokenOf({ ...right, lastWords }, 120)).toEqual(['119 of 120 were counted'])
  })
})

it.each(['scale', 'soak'])('%s explains itself where an option is wrong', async (name) => {
  const { code, stdout, stderr } = await runNode([`bench/${name}.ts`, '--fast'])

  expect(code).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toContain(`usage: npm run bench:${name}`)
})
