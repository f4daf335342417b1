import { z } from 'zod'

const attributes = z
  .array(
    z.strictObject({
      key: z.string().min(1),
      value: z.union([
        z.strictObject({ stringValue: z.string() }).transform((value) => value.stringValue),
        z.strictObject({ intValue: z.string().regex(/^-?\d+$/) }).transform((v) => v.intValue),
        z.strictObject({ doubleValue: z.number() }).transform((value) => value.doubleValue),
      ]),
    }),
  )
  .transform((list) => Object.fromEntries(list.map(({ key, value }) => [key, value])))

const record = z.strictObject({
  timeUnixNano: z.string().regex(/^\d{19}$/),
  observedTimeUnixNano: z.string().regex(/^\d{19}$/),
  severityNumber: z.int().min(1).max(24),
  severityText: z.string(),
  eventName: z.string(),
  body: z.strictObject({ stringValue: z.string() }).transform(({ stringValue }) => stringValue),
  attributes,
  traceId: z
    .string()
    .regex(/^[0-9a-f]{32}$/i)
    .optional(),
})

/** `ExportLogsServiceRequest`, as much of it as our exporter writes, and nothing else. */
const request = z.strictObject({
  resourceLogs: z.array(
    z.strictObject({
      resource: z.strictObject({ attributes }),
      scopeLogs: z.array(
        z.strictObject({
          scope: z.strictObject({ name: z.string() }),
          logRecords: z.array(record),
        }),
      ),
    }),
  ),
})

/** What one resource logged. */
export type OtlpLogs = {
  readonly resource: Readonly<Record<string, string | number>>
  readonly records: readonly z.output<typeof record>[]
}

/**
 * Reads an export of logs the way a collector does.
 *
 * @throws {z.ZodError} for a field that the protocol does not have, or of another type
 */
export function readOtlpLogs(body: string): readonly OtlpLogs[] {
  const { resourceLogs } = request.parse(JSON.parse(body))
  return resourceLogs.map(({ resource, scopeLogs }) => ({
    resource: resource.attributes,
    records: scopeLogs.flatMap(({ logRecords }) => logRecords),
  }))
}
