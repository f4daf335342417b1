import { execFileSync } from 'node:child_process'

/**
 * Whether the files of a process can be kept from growing while it runs (`prlimit` of Linux). It is
 * required where `CI` is set; elsewhere its tests are left out, with a line that says so.
 */
export const canFillDisk = findProgram()

/** Lets no file of a process take anything from now on, as a full disk does. */
export function fillDisk(pid: number): void {
  limitFiles(pid, '0:')
}

/** Makes room again. */
export function freeDisk(pid: number): void {
  limitFiles(pid, 'unlimited:')
}

function limitFiles(pid: number, limit: string): void {
  execFileSync('prlimit', [`--pid=${pid}`, `--fsize=${limit}`])
}

function findProgram(): boolean {
  try {
    execFileSync('prlimit', ['--version'])
    return true
  } catch (error) {
    if (process.env['CI'] !== undefined) throw error
    process.stderr.write('skipped on a full disk: there is no "prlimit" (util-linux)\n')
    return false
  }
}
