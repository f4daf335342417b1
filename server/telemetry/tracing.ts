/** What a span may say: names of ours and numbers, never a value, an id of a person, or a secret. */
export type SpanAttributes = Readonly<Record<string, string | number>>

/** A span that has begun. */
export type TracedSpan = {
  /** What hangs below it names this as its parent; `null` where there is neither a trace nor tracing. */
  readonly traceparent: string | null
  /** Nothing is told of a span that never ends. */
  readonly end: (told: {
    /** Replaces the name that it began with. */
    readonly name?: string
    readonly attributes: SpanAttributes
    /** A class of failure, for example an HTTP status; `null` where it went well. */
    readonly errorType: string | null
  }) => void
}

/** Begins spans. Where a span belongs is said by its parent's `traceparent`, and by nothing hidden. */
export interface Tracing {
  begin(span: {
    readonly name: string
    readonly kind: 'server' | 'client'
    /** A valid `traceparent`; `null` begins a trace. */
    readonly parent: string | null
    /** The `traceparent` of a span in another trace that this one is about, too. */
    readonly link?: string | null
  }): TracedSpan
}

/** No spans: whatever trace a caller is in goes on behind us. */
export const noTracing: Tracing = {
  begin: ({ parent }) => ({ traceparent: parent, end: () => undefined }),
}
