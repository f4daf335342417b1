import type { Writable } from 'node:stream'
import type { AuditFormat } from '../../config-sinks.ts'
import { formatEvent } from '../formats/format-event.ts'
import { DELIVERED, type Sink } from './sink.ts'

/**
 * Writes lines to a stream, standard output in practice, and waits until it has taken them: a reader
 * that stops reading holds up this sink and nothing else. The stream is left open.
 */
export function createStreamSink({
  stream,
  format,
}: {
  readonly stream: Writable
  readonly format: AuditFormat
}): Sink {
  // An error event without a listener would end the process; the write's own callback tells, too.
  const ignore = () => undefined
  stream.on('error', ignore)
  return {
    async deliver(batch) {
      const lines = batch.map((event) => `${formatEvent(format, event)}\n`).join('')
      const written = Promise.withResolvers<undefined>()
      stream.write(lines, (error) => {
        if (error === null || error === undefined) written.resolve(undefined)
        else written.reject(error)
      })
      await written.promise
      return DELIVERED
    },
    close: () => Promise.resolve(),
  }
}
