import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { accessSync, constants, globSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

/** Debian keeps the programs of a cluster out of the PATH. */
const EXTRA_FOLDERS = ['/usr/sbin', ...globSync('/usr/lib/postgresql/*/bin')]
/** PostgreSQL refuses to run as root; the first of these that exists runs it then. */
const USERS = ['postgres', 'nobody']

/**
 * Finds a program.
 *
 * @param from what an operator would install to have it
 * @throws {Error} that says so
 */
export function findProgram(name: string, from: string): string {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...EXTRA_FOLDERS]
  const found = folders.map((folder) => join(folder, name)).find(isExecutable)
  if (found === undefined) throw new Error(`"${name}" is missing: install ${from}`)
  return found
}

/** Runs a program to its end. @throws {Error} with what it wrote, where it fails */
export async function run(program: string, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(program, [...args])
  return stdout
}

/** Starts a program that goes on; what it writes is dropped. */
export function start(program: string, args: readonly string[]): ChildProcess {
  return spawn(program, [...args], { stdio: 'ignore' })
}

/**
 * Who runs what root must not: `null` where this process is somebody else already.
 *
 * @throws {Error} where there is nobody
 */
export async function findUser(): Promise<string | null> {
  if (process.getuid?.() !== 0) return null
  for (const user of USERS) {
    const exists = await run('id', ['-u', user]).catch(() => null)
    if (exists !== null) return user
  }
  throw new Error(`as root, PostgreSQL needs one of the users ${USERS.join(', ')}`)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
