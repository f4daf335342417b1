import type { SpanExporter } from '@opentelemetry/sdk-trace'
import type { Logger } from 'pino'
import type { ExporterStatus } from './status.ts'

/** What the SDK calls a batch that was taken. */
const SUCCESS = 0

/**
 * Watches what becomes of batches: the log has a line when the collector goes away and one when it
 * comes back, and not one for each batch.
 */
export function watchExporter(
  exporter: SpanExporter,
  log: Logger,
): { readonly exporter: SpanExporter; readonly status: () => ExporterStatus } {
  let isHealthy = true
  let lost = 0

  function note(spans: number, error: Error | null): void {
    if (error !== null) {
      lost += spans
      if (isHealthy) log.warn({ event: 'trace_exporter_failed', reason: reasonOf(error) })
    } else if (!isHealthy) {
      log.info({ event: 'trace_exporter_recovered', lost })
    }
    isHealthy = error === null
  }

  return {
    exporter: {
      export(spans, callback) {
        exporter.export(spans, (result) => {
          const code: number = result.code
          const failed = result.error ?? new Error('the batch was not taken')
          note(spans.length, code === SUCCESS ? null : failed)
          callback(result)
        })
      },
      shutdown: () => exporter.shutdown(),
    },
    status: () => ({ isHealthy, lost }),
  }
}

/** The message of a refused connection is empty where a name has several addresses. */
function reasonOf(error: Error): string {
  const code = 'code' in error ? String(error.code) : ''
  return [code, error.message].filter((part) => part !== '').join(': ')
}
