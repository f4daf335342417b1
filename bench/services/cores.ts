import { availableParallelism } from 'node:os'
import { findProgram, run } from './programs.ts'

/** Which core measured programs have for themselves. */
export type Cores = {
  /** The number of the core; `null` where programs run wherever the system puts them. */
  readonly measured: number | null
  /** Why there is none. */
  readonly reason: string | null
}

const MEASURED = 0

/** Keeps this process, and what it starts without a core, off the one that is measured. */
export async function claimCores(): Promise<Cores> {
  const count = availableParallelism()
  if (count < 2) return { measured: null, reason: 'there is one core for everything' }
  try {
    const taskset = findProgram('taskset', 'util-linux')
    await run(taskset, ['-a', '-c', '-p', `${MEASURED + 1}-${count - 1}`, String(process.pid)])
    return { measured: MEASURED, reason: null }
  } catch (error) {
    return { measured: null, reason: error instanceof Error ? error.message : String(error) }
  }
}
