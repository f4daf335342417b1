import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { PROCESS_ENV } from './process-env.ts'

const ROOT = join(import.meta.dirname, '../..')

/** How a process ended, and all it printed. */
export type Run = { readonly code: number | null; readonly stdout: string; readonly stderr: string }

/** Runs a program of this repository on its own Node, and waits for its end. */
export function runNode(
  args: readonly string[],
  options: {
    readonly env?: Readonly<Record<string, string>>
    readonly cwd?: string
    /** What it reads from standard input; nothing without it. */
    readonly input?: string
  } = {},
): Promise<Run> {
  const child = spawn(process.execPath, args, {
    cwd: options.cwd ?? ROOT,
    env: { ...PROCESS_ENV, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  // A program that ends without reading its input is no failure of the test's own.
  child.stdin.on('error', () => undefined)
  child.stdin.end(options.input ?? '')
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const { promise, resolve, reject } = Promise.withResolvers<Run>()
  child.on('error', reject)
  child.on('close', (code) => resolve({ code, stdout, stderr }))
  return promise
}
