import { z } from 'zod'

/** Raised when the shape of `docs.json` changes. */
export const DOCS_FORMAT = 3

/** A JSON value as `JSON.parse` gives it, never to be changed. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** `docs.json`: all that the pages about a connector know of it. */
export type Docs = {
  readonly format: typeof DOCS_FORMAT
  /** Whether AI tools list only a few of the tools, and find the others by a search. */
  readonly searched: boolean
  readonly connector: {
    readonly name: string
    readonly title: string
    /** What the client is told about the connector as a whole. */
    readonly instructions: string | null
  }
  readonly document: {
    readonly title: string
    readonly version: string
    /** Of the document's bytes, in hexadecimal. */
    readonly sha256: string
    /** When the upstream was last asked for it, ISO 8601 in UTC; `null` before the first time. */
    readonly syncedAt: string | null
  }
  /** What each sync changed, the newest first. */
  readonly changes: readonly DocsChange[]
  /** In name order. */
  readonly namespaces: readonly DocsNamespace[]
  /** In name order. */
  readonly prompts: readonly DocsPrompt[]
  /** In name order. */
  readonly intents: readonly DocsIntent[]
  /** The titles of the namespaces that `search` and `fetch` look into; without any, there are none of these tools. */
  readonly research: readonly string[]
  /** What can be read by its URI; `null` where nothing can. */
  readonly resources: DocsResources | null
}

/** What can be read by its URI. */
export type DocsResources = {
  /** What a URI has to begin with. */
  readonly allowPrefixes: readonly string[]
  /** The resources of whole namespaces, and the tool that gives the same. */
  readonly indexes: readonly { readonly tool: string; readonly uri: string }[]
  /** In the name order of what reads them. */
  readonly records: readonly DocsRecord[]
}

/** A record that has a URI. */
export type DocsRecord = {
  /** With its arguments in braces (RFC 6570, level 1). */
  readonly uri: string
  readonly title: string
  readonly description: string
  /** `GET /path`. */
  readonly operation: string
  readonly scope: string
  /** The tool that gives the same; `null` where it is read by its URI only. */
  readonly tool: string | null
  /** The URI with values in it. */
  readonly example: string
}

/** Tools that belong together, and the permission that they need. */
export type DocsNamespace = {
  readonly name: string
  readonly title: string
  readonly description: string
  /** `<namespace>:read`. */
  readonly scope: string
  /** In name order. */
  readonly tools: readonly DocsTool[]
}

/** One tool, as its users have to know it. */
export type DocsTool = {
  /** `namespace.action`. */
  readonly name: string
  readonly title: string
  readonly description: string
  readonly instructions: string
  /** `GET /path`. */
  readonly operation: string
  readonly scope: string
  readonly public: boolean
  /** Why a POST changes nothing; `null` where the method says so. */
  readonly readOnly: string | null
  readonly arguments: readonly DocsArgument[]
  /** JSON Pointer of the list in the answer; `null` where it is one record. */
  readonly items: string | null
  /** Dotted paths that are kept of each item; `null` keeps all. */
  readonly columns: readonly string[] | null
  /** The arguments that page the list; `null` where none does that. */
  readonly paging: {
    readonly kind: 'page' | 'offset' | 'cursor'
    readonly argument: string
    readonly size: string | null
  } | null
  /** The arguments that narrow a list. */
  readonly filters: readonly string[]
  readonly example: {
    readonly name: string
    readonly arguments: { readonly [key: string]: Json }
    /** As the connector would show it, a list with few items; `null` where nothing is known of it. */
    readonly answer: Json
  }
}

/** One argument of a tool. */
export type DocsArgument = {
  readonly name: string
  /** What the upstream calls it. */
  readonly parameter: string
  /** In words, for example `list of string`. */
  readonly type: string
  readonly required: boolean
  readonly default: Json
  readonly description: string | null
  /** All that it may be; `null` where that is not a list. */
  readonly values: readonly Json[] | null
  /** In words, for example `from 1 to 100`. */
  readonly limits: string | null
  readonly deprecated: boolean
}

/** An example prompt, as people choose it. */
export type DocsPrompt = {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly arguments: readonly DocsPromptArgument[]
  /** What the person would say, with arguments in braces. */
  readonly text: string
  /** URIs of what goes with it, with arguments in braces. */
  readonly attach: readonly string[]
}

/** A question that the connector knows how to answer with several reads. */
export type DocsIntent = {
  readonly name: string
  readonly title: string
  readonly description: string
  /** How people ask for it. */
  readonly utterances: readonly string[]
  readonly arguments: readonly DocsPromptArgument[]
  /** The tool that answers it; `null` where it is a prompt only. */
  readonly tool: string | null
}

/** What a prompt or an intent can be asked with. */
export type DocsPromptArgument = {
  readonly name: string
  readonly description: string
  readonly required: boolean
  /** All that it may be; `null` where that is not a list. */
  readonly values: readonly string[] | null
}

/** What a change means to those who use the connector, the worst first. */
export const CHANGE_CLASSES = ['breaking', 'risky', 'additive', 'cosmetic'] as const

/** What one sync changed. */
export type DocsChange = {
  /** ISO 8601 in UTC. */
  readonly at: string
  /** The document's version since then. */
  readonly version: string
  readonly changes: readonly {
    /** `null` where the connector as a whole changed. */
    readonly tool: string | null
    readonly class: (typeof CHANGE_CLASSES)[number]
    /** A sentence part, for example `argument "status" is gone`. */
    readonly what: string
  }[]
}

/** A `docs.json` that is not what the pages need; the message says what is wrong with it. */
export class DocsError extends Error {
  override readonly name = 'DocsError'
}

const argument = z.object({
  name: z.string(),
  parameter: z.string(),
  type: z.string(),
  required: z.boolean(),
  default: z.json(),
  description: z.string().nullable(),
  values: z.array(z.json()).nullable(),
  limits: z.string().nullable(),
  deprecated: z.boolean(),
})

const tool = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  instructions: z.string(),
  operation: z.string(),
  scope: z.string(),
  public: z.boolean(),
  readOnly: z.string().nullable(),
  arguments: z.array(argument),
  items: z.string().nullable(),
  columns: z.array(z.string()).nullable(),
  paging: z
    .object({
      kind: z.enum(['page', 'offset', 'cursor']),
      argument: z.string(),
      size: z.string().nullable(),
    })
    .nullable(),
  filters: z.array(z.string()),
  example: z.object({
    name: z.string(),
    arguments: z.record(z.string(), z.json()),
    answer: z.json(),
  }),
})

const promptArguments = z.array(
  z.object({
    name: z.string(),
    description: z.string(),
    required: z.boolean(),
    values: z.array(z.string()).nullable(),
  }),
)

const prompt = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  arguments: promptArguments,
})

const schema = z.object({
  format: z.literal(DOCS_FORMAT),
  searched: z.boolean(),
  connector: z.object({
    name: z.string(),
    title: z.string(),
    instructions: z.string().nullable(),
  }),
  document: z.object({
    title: z.string(),
    version: z.string(),
    sha256: z.string(),
    syncedAt: z.iso.datetime().nullable(),
  }),
  changes: z.array(
    z.object({
      at: z.iso.datetime(),
      version: z.string(),
      changes: z.array(
        z.object({
          tool: z.string().nullable(),
          class: z.enum(CHANGE_CLASSES),
          what: z.string(),
        }),
      ),
    }),
  ),
  namespaces: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      description: z.string(),
      scope: z.string(),
      tools: z.array(tool),
    }),
  ),
  prompts: z.array(prompt.extend({ text: z.string(), attach: z.array(z.string()) })),
  intents: z.array(prompt.extend({ utterances: z.array(z.string()), tool: z.string().nullable() })),
  research: z.array(z.string()),
  resources: z
    .object({
      allowPrefixes: z.array(z.string()),
      indexes: z.array(z.object({ tool: z.string(), uri: z.string() })),
      records: z.array(
        z.object({
          uri: z.string(),
          title: z.string(),
          description: z.string(),
          operation: z.string(),
          scope: z.string(),
          tool: z.string().nullable(),
          example: z.string(),
        }),
      ),
    })
    .nullable(),
})

/**
 * Reads what `docs.json` holds.
 *
 * @throws {DocsError} for another format, or where something is missing
 */
export function parseDocs(value: unknown): Docs {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const place = issue === undefined || issue.path.length === 0 ? 'it' : issue.path.join('.')
  throw new DocsError(
    place === 'format'
      ? `is not of format ${DOCS_FORMAT}`
      : `does not fit the pages: ${place} ${issue?.message ?? 'is wrong'}`,
  )
}
