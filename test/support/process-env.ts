import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * What every process of a test has in its environment, and nothing else of this one's. Node keeps
 * what it compiled: most of the time that a process takes to start is spent on that.
 */
export const PROCESS_ENV: Readonly<Record<string, string>> = {
  PATH: process.env['PATH'] ?? '',
  NODE_COMPILE_CACHE: join(tmpdir(), 'sluice-compile-cache'),
}
