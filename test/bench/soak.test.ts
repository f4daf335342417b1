import { expect, it } from '@jest/globals'
import { runSoak } from '../../bench/soak/run-soak.ts'

it('gets the right answer to every kind of request, and counts and records each once', async () => {
  const { entries, verdicts } = await runSoak({ calls: 2_000, seed: 7, isMemoryJudged: false })

  expect(entries).toHaveLength(2_000)
  expect(verdicts.filter(({ violations }) => violations.length > 0)).toEqual([])
}, 60_000)
