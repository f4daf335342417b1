import { describe, expect, it } from '@jest/globals'
import { drawChart } from '../../../server/console/overview/chart.ts'
import { toHealthView } from '../../../server/console/overview/health-view.ts'

describe('the health of the upstream', () => {
  const origin = 'https://api.example'
  const idle = { lastAnswerAt: null, waiting: 0, retries: 0 }

  it.each([
    ['Not asked yet', { ...idle, breakers: [] }],
    ['Answering', { ...idle, breakers: [{ origin, state: 'closed' }], lastAnswerAt: 1 }],
    ['Not answering', { ...idle, breakers: [{ origin, state: 'open' }], lastAnswerAt: 1 }],
    ['Being tried again', { ...idle, breakers: [{ origin, state: 'half-open' }] }],
  ] as const)('is %s', (badge, status) => {
    const view = toHealthView(status, 'Flowtly')

    expect(view.badge.text).toBe(badge)
    expect(JSON.stringify(view)).not.toContain('api.example')
  })
})

describe('the chart', () => {
  it('gives the highest bar all of the height, and one call among thousands a bar that is seen', () => {
    const { bars, most } = drawChart([
      { calls: 10_000, failures: 5_000 },
      { calls: 1, failures: 0 },
      { calls: 0, failures: 0 },
    ])

    expect(most).toBe(10_000)
    expect(bars.map(({ height, failedHeight }) => [height, failedHeight])).toEqual([
      [100, 50],
      [2, 0],
      [0, 0],
    ])
  })
})
