import { describe, expect, it } from '@jest/globals'
import { parseOptions } from '../../bench/compare/options.ts'
import { toQuartiles } from '../../bench/compare/summarize.ts'
import { runNode } from '../support/run.ts'

describe('options', () => {
  it.each([
    ['--fast'],
    ['extra'],
    ['--rounds', '0'],
    ['--rounds', 'many'],
    ['--sample-ms', '1.5'],
    ['--seed', 'x'],
  ])('are refused: %s %s', (...args) => {
    expect(parseOptions(args)).toBeNull()
  })

  it('are fewer rounds for a quick run', () => {
    expect(parseOptions(['--quick'])).toMatchObject({ rounds: 5, json: false, out: null })
  })
})

it('finds quartiles', () => {
  expect(toQuartiles([5, 1, 4, 2, 3])).toEqual({ lower: 2, median: 3, upper: 4 })
})

it('answers a wrong option with the usage and exit code 2', async () => {
  const { code, stdout, stderr } = await runNode(['bench/compare.ts', '--fast'])

  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain('usage: npm run bench')
})

const onLinux = process.platform === 'linux' ? it : it.skip

onLinux(
  'prints JSON with the ratio of processor times, and holds the connector to its work',
  async () => {
    const few = ['--rounds', '1', '--sample-ms', '50', '--warm-calls', '1']

    const { code, stdout, stderr } = await runNode([
      ...[
        '--disable-warning=ExperimentalWarning',
        'bench/compare.ts',
        '--quick',
        '--no-peers',
        '--json',
      ],
      ...few,
    ])

    expect({ code, stderr }).toMatchObject({ code: 0 })
    const report: unknown = JSON.parse(stdout)
    expect(report).toMatchObject({
      ratios: { toolsCallCpuVsFloor: expect.any(Number) },
      memory: { requests: 2_000 },
      starts: [{ tools: 16 }],
    })
  },
  180_000,
)
