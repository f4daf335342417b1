import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram, run } from '../services/programs.ts'

/** Where `bench/package.json` is, and what it names is installed. */
export const BENCH = join(import.meta.dirname, '..')

/**
 * Installs what `bench/package.json` names, where that was not done before.
 *
 * @throws {Error} that says what to do, where it cannot be installed
 */
export async function installPeers(): Promise<void> {
  if (existsSync(join(BENCH, 'node_modules/.package-lock.json'))) return
  try {
    const npm = findProgram('npm', 'Node with npm')
    await run(npm, ['ci', '--prefix', BENCH, '--no-audit', '--no-fund'])
  } catch (error) {
    const [why] = String(error).split('\n')
    throw new Error(`"npm ci --prefix bench" fails, or use --no-peers: ${why ?? ''}`, {
      cause: error,
    })
  }
}
