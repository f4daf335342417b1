import type { z } from 'zod'
import { isRecord } from '../json.ts'
import type { Intent } from '../intents/contract.ts'
import type { Upstream } from './document-calls.ts'
import type { CatalogueMode, ExamplePrompt, ResearchSource, Resources } from './offers.ts'
import type { MemberUpstream, ServiceUpstream } from './upstream-contract.ts'

export type { BodyOf } from './document-calls.ts'
export type { CatalogueMode, ExamplePrompt, ItemLink, ResearchSource, Resources } from './offers.ts'
export type {
  ApiCredentialHeaders,
  CredentialPlace,
  Login,
  LoginRefresh,
  MemberUpstream,
  OrganizationsRead,
  ProfileRead,
  ServiceAccess,
  ServiceLogin,
  ServiceUpstream,
} from './upstream-contract.ts'

export { also, distinct, format, length, multipleOf } from './argument-checks.ts'

/** A JSON value as `JSON.parse` gives it, never to be changed. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** A JSON object: a schema, an argument list, a problem document. */
export type JsonObject = { readonly [key: string]: Json }

/**
 * How one parameter of an operation is written on the wire (OpenAPI 3.1, section 4.8.12).
 * Every default of the specification is filled in.
 */
export type WireParameter = {
  readonly name: string
  readonly in: 'path' | 'query' | 'header' | 'cookie'
  /** `tabDelimited` is Swagger 2.0's `tsv`; there, delimited lists may stand in paths and headers too. */
  readonly style:
    | 'simple'
    | 'label'
    | 'matrix'
    | 'form'
    | 'spaceDelimited'
    | 'pipeDelimited'
    | 'tabDelimited'
    | 'deepObject'
  readonly explode: boolean
  readonly allowReserved: boolean
  /** The media type that the whole value is written in instead of a style; `null` where it has a style. */
  readonly content: string | null
}

/** One upstream operation as it was compiled: nothing but this method on this path can be sent. */
export type Operation = {
  /** The document's `operationId`, or `GET /path` where it has none. */
  readonly id: string
  readonly method: 'GET' | 'HEAD' | 'POST'
  /** The key under the document's `paths`, for example `/invoices/{invoiceId}`. */
  readonly path: string
  /** The path template below the server's base URL: `path` without query and fragment, percent-encoded. */
  readonly template: string
  /** What `path` has behind its `?`, without it; always sent, before the query parameters. */
  readonly query: string
  /** The base URL of this operation alone, or its base path on the connector's own origin; `null` is the connector's. */
  readonly server: string | null
  /** The `Accept` header: what the document says the operation answers with. */
  readonly accept: string
  readonly parameters: readonly WireParameter[]
  /** The media type of the request's body; `null` where it has none. */
  readonly body: string | null
}

/**
 * Opens the upstream for one operation on behalf of one member. What it gives sends that
 * operation and nothing else, whatever it is asked for.
 */
export type OpenUpstream = <Paths extends object>() => Upstream<Paths>

/** Arguments after the tool's schema had its say. */
export type Prepared =
  | {
      readonly ok: true
      /** By key, with the allow-list's defaults. */
      readonly args: Readonly<Record<string, unknown>>
      readonly send: (open: OpenUpstream) => Promise<unknown>
    }
  | { readonly ok: false; readonly issues: readonly z.core.$ZodIssue[] }

/** Where the answer keeps its items, and what is shown of each. */
export type Answer = {
  /** JSON Pointer (RFC 6901) of the list inside the answer; `''` is the answer itself, `null` says there is no list. */
  readonly items: string | null
  /** Dotted paths that are kept of each item (of the answer itself where `items` is `null`); `null` keeps all. */
  readonly columns: readonly string[] | null
  /** How a caller gets the rest of a list; `null` where no argument of the tool does that. */
  readonly paging: Paging | null
  /** The arguments that narrow a list, by their keys. */
  readonly filters: readonly string[]
}

/** The arguments that page a list, by their keys. */
export type Paging = {
  readonly kind: 'page' | 'offset' | 'cursor'
  /** Takes the page's number, the offset, or the cursor that the previous answer gave. */
  readonly argument: string
  /** How many items one answer has; `null` where that cannot be chosen. */
  readonly size: string | null
}

type ToolFacts = {
  /** `namespace.action`, at most 64 characters, unique in its catalogue in both spellings. */
  readonly name: string
  readonly title: string
  readonly description: string
  /** When to use it, how to narrow and page it; `null` where the description says it all. */
  readonly instructions: string | null
  /** Offered without a token at `/public/mcp`. */
  readonly public: boolean
  /** Listed also where the catalogue is searched. */
  readonly pinned: boolean
  /** `resource`: read by its URI only, and no tool for anybody. */
  readonly offer: 'tool' | 'resource'
  /** What it reads as a resource: a URI with its arguments in braces (RFC 6570, level 1); `null` for none. */
  readonly uri: string | null
  readonly operation: Operation
  /** JSON Schema (2020-12) of the arguments, losslessly from the document. */
  readonly inputSchema: JsonObject
  /** JSON Schema (2020-12) of `structuredContent`, an object at its root; `null` where none is given. */
  readonly outputSchema: JsonObject | null
  readonly answer: Answer
}

/** One allowed read operation, as the server uses it. */
export type Tool = ToolFacts & {
  /** Judges the caller's arguments and fills in the allow-list's defaults; sends nothing yet. */
  readonly prepare: (argumentsFromCaller: unknown) => Prepared
}

/** One allowed read operation, as the generator writes it: its arguments fit its call, or `tsc` fails. */
export type ToolDefinition<Paths extends object, Input extends z.ZodType> = ToolFacts & {
  /** Made when the tool is first called: a connector may have many tools that nobody calls. */
  readonly input: () => Input
  readonly call: (upstream: Upstream<Paths>, args: z.output<Input>) => Promise<unknown>
}

/** One upstream API made available over MCP: everything the server knows about it. */
export type Connector = {
  readonly name: string
  readonly title: string
  /** What the client is told about the connector as a whole. */
  readonly instructions: string | null
  readonly document: {
    readonly title: string
    readonly version: string
    /** Of the document's bytes, in hexadecimal. */
    readonly sha256: string
  }
  readonly upstream: MemberUpstream | ServiceUpstream
  readonly namespaces: readonly {
    readonly name: string
    readonly title: string
    readonly description: string
  }[]
  /** In name order; those that are read by their URI only are among them. */
  readonly tools: readonly Tool[]
  readonly catalogue: CatalogueMode
  /** What may be read by its URI; `null` where nothing may. */
  readonly resources: Resources | null
  /** In name order. */
  readonly intents: readonly Intent[]
  /** In name order. */
  readonly prompts: readonly ExamplePrompt[]
  /** Where `search` and `fetch` look, in name order; without any, there are none of these tools. */
  readonly research: readonly ResearchSource[]
}

/** Makes a tool from its generated definition; the first, empty call fixes the document's types. */
export function defineTool<Paths extends object>() {
  return <Input extends z.ZodType>(definition: ToolDefinition<Paths, Input>): Tool => {
    const { input, call, ...facts } = definition
    let schema: Input | null = null
    return {
      ...facts,
      prepare(argumentsFromCaller) {
        schema ??= input()
        const parsed = schema.safeParse(argumentsFromCaller, { reportInput: true })
        if (!parsed.success) return { ok: false, issues: parsed.error.issues }
        const { data } = parsed
        const args = isRecord(data) ? data : {}
        return { ok: true, args, send: (open) => call(open<Paths>(), data) }
      },
    }
  }
}

/** Fixes the document's types for a request that no caller's arguments go into, or only a login's. */
export function defineRequest<Paths extends object>() {
  return <Inputs extends readonly string[]>(
      call: (upstream: Upstream<Paths>, ...inputs: Inputs) => Promise<unknown>,
    ) =>
    (open: OpenUpstream, ...inputs: Inputs): Promise<unknown> =>
      call(open<Paths>(), ...inputs)
}

/** The values of an object under construction: what is optional may be `undefined`, nothing else. */
type Values<Expected> = {
  [Key in keyof Expected]: Pick<Expected, Key> extends Required<Pick<Expected, Key>>
    ? Expected[Key]
    : Expected[Key] | undefined
}

/**
 * Leaves out what the caller did not give, so that an absent argument is absent on the wire.
 * `Expected` is what the place of the result asks for: the generated call names every key itself.
 */
export function defined<Expected extends object>(values: NoInfer<Values<Expected>>): Expected
export function defined(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}

/** Does the same for what is left out as a whole where the caller gave none of its values. */
export function definedIfAny<Expected extends object>(
  values: NoInfer<Values<Expected>>,
): Expected | undefined
export function definedIfAny(values: object): object | undefined {
  const given = Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  )
  return Object.keys(given).length === 0 ? undefined : given
}
