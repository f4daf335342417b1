import type { AuditFormat } from '../../config-sinks.ts'
import type { SealedEvent } from '../sealed-event.ts'
import { toCef } from './cef.ts'
import { toJson } from './json.ts'
import { toOcsf } from './ocsf.ts'

const FORMATTERS = { json: toJson, ocsf: toOcsf, cef: toCef } as const satisfies Record<
  AuditFormat,
  (event: SealedEvent) => string
>

/** Renders an event as one line, without its end; whatever its texts hold, they stay in their field. */
export function formatEvent(format: AuditFormat, event: SealedEvent): string {
  return FORMATTERS[format](event)
}
