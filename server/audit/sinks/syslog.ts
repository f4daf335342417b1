import type { AuditFormat } from '../../config-sinks.ts'
import { DELIVERED, type Sink } from './sink.ts'
import { openSyslogLink, type SyslogLink, type SyslogTarget } from './syslog-link.ts'
import { toSyslogFrame, type SyslogOrigin } from './syslog-message.ts'
import { createUnsureFrames } from './unsure-frames.ts'

const LAST_TRY_MS = 1_000

/**
 * Sends events to a syslog receiver over one connection, which is made again when it is lost.
 *
 * Syslog over TCP has no acknowledgement: what a receiver's machine had taken and its program had
 * not read when it died is lost. So a batch counts as delivered when the connection has outlived it
 * for a moment, and when a connection dies, what was written shortly before goes first over the next
 * one: a receiver may see events twice.
 *
 * @param options.now milliseconds since the epoch
 */
export function createSyslogSink(options: {
  readonly target: SyslogTarget
  readonly format: AuditFormat
  readonly origin: SyslogOrigin
  readonly now: () => number
}): Sink {
  const { target, format, origin, now } = options
  const unsure = createUnsureFrames(now)
  let link: SyslogLink | null = null

  async function send(frames: string, signal: AbortSignal): Promise<void> {
    if (link?.isOpen() !== true) link = await openSyslogLink(target, signal, unsure.noteLoss)
    const again = unsure.lost()
    await link.write(again + frames, signal)
    unsure.noteWritten(frames)
  }

  return {
    async deliver(batch, signal) {
      await send(batch.map((event) => toSyslogFrame(event, format, origin)).join(''), signal)
      return DELIVERED
    },
    async close() {
      // Its events are no longer in the queue, so this is the last that can be done for them.
      if (unsure.lost() !== '') {
        await send('', AbortSignal.timeout(LAST_TRY_MS)).catch(() => undefined)
      }
      await link?.close()
    },
  }
}
