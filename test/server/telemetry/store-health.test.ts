import { describe, expect, it } from '@jest/globals'
import { createStoreHealth } from '../../../server/telemetry/store-health.ts'

/** A store that answers when the test says so. */
function createQuietStore() {
  const asked: PromiseWithResolvers<undefined>[] = []
  const clock = { now: 0 }
  const ping = async (): Promise<void> => {
    const question = Promise.withResolvers<undefined>()
    asked.push(question)
    await question.promise
  }
  return { asked, clock, read: createStoreHealth({ ping, now: () => clock.now, timeoutMs: 20 }) }
}

describe('the store’s health', () => {
  it('is asked once for all who want to know it at the same time', async () => {
    const { asked, read } = createQuietStore()

    const reading = Promise.all([read(), read(), read()])
    asked[0]?.resolve(undefined)

    expect((await reading).map(({ isUp }) => isUp)).toEqual([true, true, true])
    expect(asked).toHaveLength(1)
  })

  it('is not asked again for a second', async () => {
    const { asked, clock, read } = createQuietStore()
    const first = read()
    asked[0]?.resolve(undefined)
    await first

    clock.now = 999
    await read()
    expect(asked).toHaveLength(1)

    clock.now = 1_000
    void read()
    expect(asked).toHaveLength(2)
  })

  it('is bad where the store refuses', async () => {
    const { asked, read } = createQuietStore()

    const reading = read()
    asked[0]?.reject(new Error('refused'))

    expect((await reading).isUp).toBe(false)
  })

  it('is bad while the store says nothing, and a second question does not hang beside the first', async () => {
    const { asked, read } = createQuietStore()

    expect(await read()).toEqual({ isUp: false, latencyMs: 20 })
    expect(await read()).toEqual({ isUp: false, latencyMs: 20 })

    expect(asked).toHaveLength(1)
  })

  it('is asked anew where a question hangs for ten seconds: its connection may be dead', async () => {
    const { asked, clock, read } = createQuietStore()
    await read()

    clock.now = 10_001
    const reading = read()
    asked[1]?.resolve(undefined)

    expect((await reading).isUp).toBe(true)
  })

  it('is good again as soon as the hanging question is answered', async () => {
    const { asked, clock, read } = createQuietStore()
    await read()

    asked[0]?.resolve(undefined)
    clock.now = 500

    expect((await read()).isUp).toBe(true)
  })
})
