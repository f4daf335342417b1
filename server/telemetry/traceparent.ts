/** A place in a trace (W3C Trace Context, section 3.2): what spans hang below, and what goes upstream. */
export type TraceContext = {
  /** 32 hexadecimal digits. */
  readonly traceId: string
  /** 16 hexadecimal digits. */
  readonly spanId: string
  readonly isSampled: boolean
}

/** Takes a `traceparent` (W3C Trace Context, section 3.2) or nothing. */
export function parseTraceparent(value: unknown): string | null {
  if (typeof value !== 'string' || value === '') return null
  const match = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/.exec(value)
  const isZero = /^0+$/.test(match?.[1] ?? '') || /^0+$/.test(match?.[2] ?? '')
  return match === null || isZero ? null : value
}

/** The trace that a valid `traceparent` belongs to. */
export function traceIdOf(traceparent: string | null): string | null {
  return traceparent?.slice(3, 35) ?? null
}

/** Reads a valid `traceparent`; of a version that is not known yet, what all versions have. */
export function readTraceparent(traceparent: string): TraceContext {
  return {
    traceId: traceparent.slice(3, 35),
    spanId: traceparent.slice(36, 52),
    isSampled: (Number.parseInt(traceparent.slice(53, 55), 16) & 1) === 1,
  }
}

/** Writes a `traceparent` of version 00. */
export function writeTraceparent({ traceId, spanId, isSampled }: TraceContext): string {
  return `00-${traceId}-${spanId}-${isSampled ? '01' : '00'}`
}
