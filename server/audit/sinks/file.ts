import { open, type FileHandle } from 'node:fs/promises'
import type { AuditFormat } from '../../config-sinks.ts'
import { formatEvent } from '../formats/format-event.ts'
import { DELIVERED, SinkFailure, type Sink } from './sink.ts'

/** What is on record is for the operator's eyes. */
const MODE = 0o600
const LINE_END = 0x0a

/**
 * Appends lines to a file, which is made where there is none, for its owner only.
 *
 * The file is opened for each batch, so one that was moved away or cut short (logrotate, with or
 * without `copytruncate`) is followed by a new one or goes on at its new end. A batch counts as
 * delivered once it is on the disk. What a full disk or a crash left of a line gets a line of its own.
 */
export function createFileSink({
  path,
  format,
}: {
  readonly path: string
  readonly format: AuditFormat
}): Sink {
  return {
    async deliver(batch) {
      const lines = batch.map((event) => `${formatEvent(format, event)}\n`).join('')
      const file = await openFile(path)
      try {
        await append(file, Buffer.from(lines))
      } finally {
        await file.close()
      }
      return DELIVERED
    },
    close: () => Promise.resolve(),
  }
}

/** Readable too, for its last byte. */
async function openFile(path: string): Promise<FileHandle> {
  return open(path, 'a+', MODE)
}

async function append(file: FileHandle, lines: Buffer): Promise<void> {
  const stats = await file.stat()
  if (!stats.isFile()) throw new SinkFailure('not_a_file')
  const isBroken = stats.size > 0 && (await readByte(file, stats.size - 1)) !== LINE_END
  await writeAll(file, isBroken ? Buffer.concat([Buffer.of(LINE_END), lines]) : lines)
  await file.datasync()
}

async function readByte(file: FileHandle, position: number): Promise<number | undefined> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(1), 0, 1, position)
  return bytesRead === 1 ? buffer[0] : undefined
}

/** A disk that runs full takes a part first, and refuses the rest. */
async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  let written = 0
  while (written < bytes.length) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written, null)
    written += bytesWritten
  }
}
