import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it } from '@jest/globals'
import { gather, MAX_UNDER_WAY } from '../../../server/store/gather.ts'

/** Questions as they were sent; each is answered, with its keys in capitals, when the test says so. */
function startAsking() {
  const sent: { readonly keys: readonly string[]; readonly answer: () => void }[] = []
  const lookUp = gather<string>((keys) => {
    const answered = Promise.withResolvers<ReadonlyMap<string, string>>()
    const known = keys.filter((key) => key !== 'unknown')
    const answer = () => answered.resolve(new Map(known.map((key) => [key, key.toUpperCase()])))
    sent.push({ keys, answer })
    return answered.promise
  })
  return { sent, lookUp, asked: () => sent.map(({ keys }) => keys) }
}

describe('lookups that are gathered', () => {
  it('ask once for all of one turn, and give each caller their own', async () => {
    const { sent, lookUp, asked } = startAsking()

    const found = Promise.all(['a', 'b', 'unknown', 'a'].map(lookUp))
    await nextTurn()
    sent[0]?.answer()

    expect(asked()).toEqual([['a', 'b', 'unknown']])
    expect(await found).toEqual(['A', 'B', null, 'A'])
  })

  it('are not served by a question that was sent before them', async () => {
    const { sent, lookUp, asked } = startAsking()
    const first = lookUp('a')
    await nextTurn()

    const second = lookUp('a')
    sent[0]?.answer()
    const isSecondServed = await Promise.race([second.then(() => true), nextTurn(false)])

    expect(await first).toBe('A')
    expect(isSecondServed).toBe(false)
    sent[1]?.answer()
    expect(await second).toBe('A')
    expect(asked()).toEqual([['a'], ['a']])
  })

  it('wait together while as many questions are under way as may be', async () => {
    const { sent, lookUp, asked } = startAsking()
    for (let number = 0; number < MAX_UNDER_WAY; number += 1) {
      void lookUp(`early-${number}`)
      await nextTurn()
    }

    const late = Promise.all(['x', 'y', 'z'].map(lookUp))
    await nextTurn()
    const before = asked().length
    sent[1]?.answer()
    await nextTurn()
    await nextTurn()
    sent[MAX_UNDER_WAY]?.answer()

    expect(before).toBe(MAX_UNDER_WAY)
    expect(await late).toEqual(['X', 'Y', 'Z'])
    expect(asked().at(-1)).toEqual(['x', 'y', 'z'])
  })

  it('fail together with their question, and the next one is asked', async () => {
    const answers = [Promise.reject(new Error('away')), Promise.resolve(new Map([['a', 'A']]))]
    const lookUp = gather<string>(() => answers.shift() ?? Promise.resolve(new Map()))

    const failed = await Promise.allSettled(['a', 'b'].map(lookUp))

    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(await lookUp('a')).toBe('A')
  })
})
