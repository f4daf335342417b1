import { closeSync, fdatasyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'

/** Lines that are added one by one, and removed all at once. */
export interface LineFile {
  /** What was there when it was opened; a line that a crash cut off is not. */
  readonly left: readonly string[]
  /** @throws where the disk does not take the whole line; then nothing of it is there */
  add(line: string): void
  clear(): void
  /** Waits until a power cut cannot take away what was added. */
  sync(): void
  close(): void
}

/**
 * Opens a file of lines; it is created where it is missing, readable by its owner only. What was
 * added outlives the process from then on.
 */
export function openLineFile(path: string): LineFile {
  const file = openSync(path, 'a', 0o600)
  const found = readFileSync(path, 'utf8')
  const whole = found.slice(0, found.lastIndexOf('\n') + 1)
  let size = Buffer.byteLength(whole)
  let isCut = whole.length < found.length

  return {
    left: whole.split('\n').slice(0, -1),
    add(line) {
      const bytes = Buffer.from(`${line}\n`)
      if (isCut) ftruncateSync(file, size)
      isCut = true
      const written = writeSync(file, bytes)
      if (written < bytes.length)
        throw new Error(`${path} took ${written} of ${bytes.length} bytes`)
      isCut = false
      size += written
    },
    clear() {
      ftruncateSync(file, 0)
      size = 0
    },
    sync: () => fdatasyncSync(file),
    close: () => closeSync(file),
  }
}

/** In place of a file, for what need not outlive the process. */
export function openNoFile(): LineFile {
  const nothing = () => undefined
  return { left: [], add: nothing, clear: nothing, sync: nothing, close: nothing }
}
