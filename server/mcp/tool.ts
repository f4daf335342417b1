import type { z } from 'zod'
import { isRecord } from '../json.ts'
import type { Intent } from '../intents/contract.ts'
import type { Upstream } from './document-calls.ts'

export type { BodyOf } from './document-calls.ts'

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

/** A read that the connector itself needs, and where its answer keeps what is needed. */
type SessionRead<Pointers> = Pointers & {
  readonly operation: Operation
  readonly send: (open: OpenUpstream) => Promise<unknown>
}

/** Who the credential belongs to. Every member is a JSON Pointer into the answer. */
export type ProfileRead = SessionRead<{
  readonly id: string
  readonly email: string
  readonly name: string
}>

/** Which organizations the member belongs to. `items` points into the answer, the rest into an item. */
export type OrganizationsRead = SessionRead<{
  readonly items: string
  readonly id: string
  readonly name: string
  readonly role: string
  /** These three are `null` where the upstream does not tell. */
  readonly plan: string | null
  readonly baseCurrency: string | null
  /** Of an IANA time zone, such as `Europe/Warsaw`. */
  readonly timeZone: string | null
  /** Roles whose holders may approve a client. */
  readonly approvers: readonly string[]
}>

/** How a password login is renewed: the request takes a refresh token and is answered with a new one. */
export type LoginRefresh = {
  readonly operation: Operation
  readonly send: (open: OpenUpstream, refreshToken: string) => Promise<unknown>
  /** JSON Pointer of the upstream's new bearer token in the answer. */
  readonly token: string
  /** JSON Pointer of the refresh token, in the answers of login and renewal alike. */
  readonly refreshToken: string
}

/** How a member proves to the upstream who they are. */
export type Login =
  | {
      readonly kind: 'password'
      readonly operation: Operation
      readonly send: (open: OpenUpstream, username: string, password: string) => Promise<unknown>
      /** JSON Pointer of the upstream's bearer token in the answer. */
      readonly token: string
      /** `null` where the upstream has no operation for it: its token lives as long as it lives. */
      readonly refresh: LoginRefresh | null
    }
  | { readonly kind: 'api-credentials' }
  | {
      /** The vendor's own identity provider, whose access tokens the upstream accepts. */
      readonly kind: 'oidc'
      /** As the identity provider writes it (OpenID Connect Discovery 1.0, section 3). */
      readonly issuer: string
      /** With `openid`; what is asked of the identity provider, not of this connector. */
      readonly scopes: readonly string[]
      /** The upstream as the identity provider knows it (RFC 8707); `null` where it need not be told. */
      readonly resource: string | null
    }

/** Where a fixed credential goes in a request; a header's may stand behind an authentication scheme. */
export type CredentialPlace =
  | { readonly in: 'header'; readonly name: string; readonly scheme: string | null }
  | { readonly in: 'query'; readonly name: string }
  | { readonly in: 'cookie'; readonly name: string }

/** Who may connect where one credential speaks for everybody: people whom an identity provider knows. */
export type ServiceAccess = {
  /** As the identity provider writes it (OpenID Connect Discovery 1.0, section 3). */
  readonly issuer: string
  /** With `openid`. */
  readonly scopes: readonly string[]
  /** Only addresses of this domain that the identity provider has verified; `null` asks for none. */
  readonly domain: string | null
  /** Only people of whom this claim has one of the values; `null` asks for none. */
  readonly claim: { readonly name: string; readonly values: readonly string[] } | null
}

/** One credential and one organization for everybody who is let in here. */
export type ServiceLogin = {
  readonly kind: 'service'
  readonly organization: { readonly id: string; readonly name: string }
  /** `null` where the upstream asks for none. */
  readonly credential: CredentialPlace | null
  /** `null` where nobody signs in: API keys are the only way in. */
  readonly access: ServiceAccess | null
}

/** The names of the request headers that carry API credentials, here and upstream alike. */
export type ApiCredentialHeaders = {
  readonly key: string
  readonly secret: string
  readonly email: string
}

type UpstreamFacts = {
  /** The document's first server; `UPSTREAM_URL` replaces it. */
  readonly serverUrl: string | null
  readonly organizationHeader: string | null
}

/** An upstream that knows the members: each call is made with a credential of theirs. */
export type MemberUpstream = UpstreamFacts & {
  readonly apiCredentials: ApiCredentialHeaders | null
  readonly login: Login
  readonly profile: ProfileRead
  readonly organizations: OrganizationsRead
}

/** An upstream that knows one credential only, the operator's. It is told apart by having no `profile`. */
export type ServiceUpstream = UpstreamFacts & {
  readonly apiCredentials: null
  readonly login: ServiceLogin
  readonly profile: null
  readonly organizations: null
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

/** How tools are offered: all in one list, or found by a search. */
export type CatalogueMode = {
  /** `auto` is a search where the list would cost a client too much. */
  readonly mode: 'full' | 'search' | 'auto'
  /** What the whole list costs a model, in tokens of o200k_base. */
  readonly tokens: number
}

/** What may be read by its URI. */
export type Resources = {
  /** A URI is read where it begins with one of these, and never otherwise. */
  readonly allowPrefixes: readonly string[]
  /** The namespaces' own resources: each gives what its list gives to whoever asks for nothing more. */
  readonly indexes: readonly { readonly tool: string; readonly uri: string }[]
  /** The lists whose items have URIs of their own. */
  readonly lists: readonly ItemLink[]
  /** The members of items that name a record of another namespace. */
  readonly references: readonly (ItemLink & {
    /** A name; the id is inside. */
    readonly member: string
  })[]
}

/** A list whose items have what another tool reads a record by. */
export type ItemLink = {
  readonly tool: string
  /** The tool that reads the record, and its argument. */
  readonly item: string
  readonly argument: string
  /** JSON Pointer into an item, or into its member: what the argument takes. */
  readonly id: string
}

/** A question that the allow-list has a prompt for. */
export type ExamplePrompt = {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly arguments: readonly {
    readonly name: string
    readonly description: string
    readonly required: boolean
    /** What completes it; `null` where anything may stand. */
    readonly values: readonly string[] | null
  }[]
  /** What the person would say, with arguments in braces. */
  readonly text: string
  /** URIs of resources that go with it, with arguments in braces. */
  readonly attach: readonly string[]
}

/** A namespace that `search` and `fetch` look into. */
export type ResearchSource = {
  readonly namespace: string
  /** The tool that searches, and its argument for the words. */
  readonly search: { readonly tool: string; readonly query: string }
  /** The tool that reads one record, its argument for the id, and where its answer has the record (JSON Pointer). */
  readonly fetch: { readonly tool: string; readonly argument: string; readonly record: string }
  /** JSON Pointer into an item of the search: what the argument takes. */
  readonly id: string
  /** With dotted paths in braces, as of columns, into an item and into a record alike. */
  readonly title: string
  /** The record's page for people, an https URL with such paths in braces; `null` where there is none. */
  readonly url: string | null
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
