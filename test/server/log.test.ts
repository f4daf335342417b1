import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { runNode } from '../support/run.ts'

const WORKER = join(import.meta.dirname, 'log-worker.ts')

describe('the log on standard error', () => {
  const endings = [
    ['returns', 0, []],
    ['exits', 3, []],
    ['throws', 1, []],
    ['errs', null, ['failed']],
  ] as const

  it.each(endings)('has every line of a process that %s, in order', async (ending, code, rest) => {
    const run = await runNode(['--disable-warning=ExperimentalWarning', WORKER, ending])

    const lines = run.stderr.split('\n').filter((line) => line.startsWith('{'))
    const events = lines.map((line) => parse(line))
    expect(run.code).toBe(code)
    expect(events).toMatchObject([
      ...Array.from({ length: 500 }, (_, index) => ({ event: 'counted', index })),
      ...rest.map((event) => ({ event })),
    ])
  })
})

function parse(line: string): unknown {
  return JSON.parse(line)
}
