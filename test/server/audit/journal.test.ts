import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { completeEvent } from '../../../server/audit/complete-event.ts'
import { createJournal, type Journal } from '../../../server/audit/journal.ts'
import { openLineFile } from '../../../server/audit/line-file.ts'
import { callOf, createSpoolFolder } from './fixture.ts'

/** More than one file has room for. */
const MANY = 2_001

describe('a journal', () => {
  let folder: ReturnType<typeof createSpoolFolder>
  beforeEach(() => {
    folder = createSpoolFolder()
  })
  afterEach(() => folder.remove())

  const open = () =>
    createJournal(openLineFile(join(folder.path, 'a')), openLineFile(join(folder.path, 'b')))

  function add(journal: Journal, number: number): boolean {
    const own = { id: randomUUID(), time: number, connector: 'flowtly' }
    const event = completeEvent(callOf('acme', `r${number}`), own)
    return journal.add(event, JSON.stringify(event))
  }

  const namesOf = (journal: Journal) => journal.take()?.events.map(({ requestId }) => requestId)

  it('gives the oldest events until they are cleared, and then what came meanwhile', () => {
    const journal = open()
    add(journal, 1)
    add(journal, 2)
    const first = namesOf(journal)
    add(journal, 3)
    const again = namesOf(journal)
    const count = journal.countEvents()
    journal.clear()
    const second = namesOf(journal)
    journal.clear()

    expect(first).toEqual(['r1', 'r2'])
    expect(again).toEqual(first)
    expect(count).toBe(3)
    expect(second).toEqual(['r3'])
    expect(journal.take()).toBeNull()
    expect([journal.countEvents(), journal.countChars()]).toEqual([0, 0])
  })

  it('says of a batch that is given again that it was tried', () => {
    const journal = open()
    add(journal, 1)
    const tries = [journal.take()?.isTried, journal.take()?.isTried]
    add(journal, 2)
    journal.clear()

    expect(tries).toEqual([false, true])
    expect(journal.take()?.isTried).toBe(false)
  })

  it('takes no more than there is room for', () => {
    const journal = open()
    const taken = Array.from({ length: MANY }, (_, number) => add(journal, number))
    journal.take()

    expect(taken.indexOf(false)).toBe(MANY - 1)
    expect(add(journal, MANY)).toBe(true)
  })

  it.each([1, 2])('leaves what was not cleared, in its order, after %d swaps', (swaps) => {
    const journal = open()
    for (let swap = 1; swap < swaps; swap += 1) {
      add(journal, swap)
      journal.take()
      journal.clear()
    }
    add(journal, 10)
    journal.take()
    add(journal, 11)
    const next = open()
    const left = next.left.map((body) => /"requestId":"(\w+)"/.exec(body)?.[1])
    next.clearLeft()

    expect(left).toEqual(['r10', 'r11'])
    expect(open().left).toEqual([])
  })
})
