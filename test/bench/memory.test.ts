import { describe, expect, it } from '@jest/globals'
import { judgeMemory, measureMemory, type MemorySample } from '../../bench/soak/memory.ts'

const MEGABYTE = 1024 * 1024

function samples(heldMegabytes: (index: number) => number): readonly MemorySample[] {
  return Array.from({ length: 25 }, (_, index) => ({
    calls: index * 4_000,
    seconds: index,
    rssBytes: 200 * MEGABYTE,
    heldBytes: heldMegabytes(index) * MEGABYTE,
    sockets: 1,
  }))
}

describe('memory', () => {
  it('is flat where it only warms up', () => {
    const figures = measureMemory(samples((index) => Math.min(100, 60 + 10 * index)))

    expect(figures.heldSlope).toBeCloseTo(0)
    expect(judgeMemory(figures).violations).toEqual([])
  })

  it('is flat where it swings', () => {
    const figures = measureMemory(samples((index) => 100 + (index % 2) * 8))

    expect(judgeMemory(figures).violations).toEqual([])
  })

  it('is not flat where every call leaves something behind', () => {
    const figures = measureMemory(samples((index) => 60 + index))

    expect(figures.heldSlope).toBeCloseTo(2.5)
    expect(judgeMemory(figures).violations).toEqual(['held after a collection: +22.4 %'])
  })
})
