import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { ConfigError } from '../config.ts'
import { createJournal } from './journal.ts'
import { openLineFile, openNoFile } from './line-file.ts'
import { createSpool, type Spool, type SpoolLimits } from './spool.ts'
import { openSpoolFile } from './spool-file.ts'

/** More processes on one machine than anybody starts. */
const MAX_FILES = 1_000
/** Nothing more is taken over while so many wait: what is left on disk is not lost, and a full queue is. */
const MAX_WAITING = 100_000
/** How many events are taken over between two turns of the event loop. */
const ADOPT_STEP = 200

/** The spool of this process, and those of others in the same folder. */
export type SpoolFolder = {
  readonly own: Spool
  /**
   * Takes over what processes left that have ended: a file that nobody holds is emptied into the own
   * spool. It stays, for the next process that starts.
   *
   * @returns how many events there were
   */
  readonly adopt: () => Promise<number>
}

/**
 * Opens the first spool of a folder that no other process has; so one that starts again has its own.
 *
 * @param folder `null` for a spool in memory
 * @throws {ConfigError} where it cannot be written
 */
export function openSpoolFolder(folder: string | null, limits?: SpoolLimits): SpoolFolder {
  try {
    if (folder === null) {
      const database = openSpoolFile(':memory:')
      if (database === null) throw new Error('there is no memory for it')
      const own = createSpool(database, createJournal(openNoFile(), openNoFile()), limits)
      return { own, adopt: () => Promise.resolve(0) }
    }
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const { name, spool: own } = openFirst(folder, limits)
    return { own, adopt: () => adoptAll(own, name, folder) }
  } catch (error) {
    if (error instanceof ConfigError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new ConfigError([
      `AUDIT_SPOOL ${folder ?? ''} cannot be used (${reason}): name a folder on a local disk that this user may write`,
    ])
  }
}

function openFirst(
  folder: string,
  limits?: SpoolLimits,
): { readonly name: string; readonly spool: Spool } {
  for (let number = 0; number < MAX_FILES; number += 1) {
    const name = `spool-${number}.db`
    const spool = openSpool(folder, name, limits)
    if (spool !== null) return { name, spool }
  }
  throw new Error(`${MAX_FILES} processes use it`)
}

/**
 * Who has the database has the journal's files beside it, too.
 *
 * @returns `null` where another process has them
 */
function openSpool(folder: string, name: string, limits?: SpoolLimits): Spool | null {
  const database = openSpoolFile(join(folder, name))
  if (database === null) return null
  const openHalf = (half: string) =>
    openLineFile(join(folder, name.replace('.db', `.${half}.jsonl`)))
  return createSpool(database, createJournal(openHalf('a'), openHalf('b')), limits)
}

async function adoptAll(own: Spool, ownName: string, folder: string): Promise<number> {
  const names = readdirSync(folder).filter(
    (name) => /^spool-\d+\.db$/.test(name) && name !== ownName,
  )
  let adopted = 0
  for (const name of names) {
    const left = openSpool(folder, name)
    if (left === null) continue
    try {
      adopted += await empty(left, own)
    } finally {
      left.close()
    }
  }
  return adopted
}

/**
 * Adds before it removes: what a crash in between doubles is known by its id in the store, and sinks
 * get some events twice.
 */
async function empty(left: Spool, own: Spool): Promise<number> {
  let moved = 0
  for (const loss of left.readLosses()) {
    own.addLoss(loss.name, loss.count)
    left.forgetLoss(loss)
  }
  for (const sink of left.listSinks()) {
    for (;;) {
      const entries = left.readSink(sink, ADOPT_STEP)
      const last = entries.at(-1)
      if (last === undefined || own.countSink(sink) > MAX_WAITING) break
      own.addToSink(
        sink,
        entries.map(({ body }) => body),
      )
      left.advance(sink, last.position)
      await turn()
    }
  }
  for (;;) {
    const entries = left.take(ADOPT_STEP)
    const last = entries.at(-1)
    if (last === undefined || own.countInbox() > MAX_WAITING) return moved
    for (const { body } of entries) own.add(body)
    left.finish(last.position, [], [])
    moved += entries.length
    await turn()
  }
}
