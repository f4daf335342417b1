import type { Json, JsonObject } from './json.ts'
import type { Path } from './json-pointer.ts'
import type { Intent } from '../server/intents/contract.ts'
import type { ToolName } from './tool/names.ts'

/** How one parameter is written on the wire, every default of the specification filled in. */
export type WireParameter = {
  readonly name: string
  readonly in: 'path' | 'query' | 'header' | 'cookie'
  readonly style: string
  readonly explode: boolean
  readonly allowReserved: boolean
  /** The media type that the whole value is written in instead of a style; `null` where it has a style. */
  readonly content: string | null
}

/** One operation as it is compiled into the connector. */
export type OperationModel = {
  /** The document's `operationId`, or `GET /path` where it has none. */
  readonly id: string
  readonly method: string
  /** The key under the document's `paths`. */
  readonly path: string
  /** The path template below the server's base URL: `path` without query and fragment, percent-encoded. */
  readonly template: string
  /** What `path` has behind its `?`, without it. */
  readonly query: string
  /** The base URL of this operation alone, or its base path on the connector's own origin; `null` is the connector's. */
  readonly server: string | null
  /** The `Accept` header: what the document says the operation answers with. */
  readonly accept: string
  /** What can be sent, and nothing else. */
  readonly parameters: readonly WireParameter[]
  /** The media type of the request's body; `null` where it has none. */
  readonly body: string | null
}

/** One parameter that a caller may give a value for. */
export type ParameterModel = {
  /** The argument's name; differs from the parameter's where clients would not accept that. */
  readonly key: string
  readonly name: string
  readonly required: boolean
  /** JSON Schema (2020-12) with the parameter's own description, default and examples. */
  readonly schema: JsonObject
  /** `null` where it is the body, or a member of it. */
  readonly wire: WireParameter | null
}

/** A parameter's value in a call: an argument of the caller, or what the allow-list fixes. */
export type SentValue =
  | { readonly wire: WireParameter; readonly from: 'argument'; readonly key: string }
  | { readonly wire: WireParameter; readonly from: 'allow-list'; readonly value: Json }

/** What a call sends as its body, in the operation's media type. */
export type BodyModel =
  | {
      /** An object put together from arguments, and from what the allow-list fixes. */
      readonly kind: 'members'
      readonly members: readonly BodyMember[]
      /** Where it is not, a body that would have no member is not sent. */
      readonly required: boolean
    }
  | {
      /** One value as it is; no body is sent without it. */
      readonly kind: 'whole'
      readonly value: BodyValue
    }

/** One member of a body, by its name in the document. */
export type BodyMember = {
  readonly name: string
  readonly value: BodyValue
}

/** A value of a body: an argument of the caller, or what the allow-list fixes. */
export type BodyValue =
  | { readonly from: 'argument'; readonly key: string }
  | { readonly from: 'allow-list'; readonly value: Json }

/** Where the answer keeps its items, and what is shown of each. */
export type AnswerModel = {
  /** JSON Pointer of the list; `null` where the answer is one record. */
  readonly items: string | null
  /** Dotted paths into each item, or into the record; `null` shows everything. */
  readonly columns: readonly string[] | null
  /** The arguments that page the list, by their keys; `null` where none does that. */
  readonly paging: PagingModel | null
  /** The arguments that narrow a list, by their keys. */
  readonly filters: readonly string[]
}

/** The arguments that page a list, by their keys. */
export type PagingModel = {
  readonly kind: 'page' | 'offset' | 'cursor'
  readonly argument: string
  readonly size: string | null
}

/** How tools are offered, and what the whole list costs a model. */
export type CatalogueModel = {
  readonly mode: 'full' | 'search' | 'auto'
  /** Of o200k_base. */
  readonly tokens: number
}

/** A list whose items have what another tool reads a record by. */
export type ItemLinkModel = {
  readonly tool: string
  readonly item: string
  readonly argument: string
  /** JSON Pointer into an item, or into its member. */
  readonly id: string
}

/** What may be read by its URI. */
export type ResourcesModel = {
  readonly allowPrefixes: readonly string[]
  /** The namespaces' own resources, with the list that each gives. */
  readonly indexes: readonly { readonly tool: string; readonly uri: string }[]
  /** The lists whose items have URIs, with the tool that reads an item. */
  readonly lists: readonly ItemLinkModel[]
  /** The members of items that name a record of another namespace. */
  readonly references: readonly (ItemLinkModel & {
    /** A name; the id is inside. */
    readonly member: string
  })[]
}

/** An example prompt. */
export type PromptModel = {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly arguments: readonly {
    readonly name: string
    readonly description: string
    readonly required: boolean
    readonly values: readonly string[] | null
  }[]
  readonly text: string
  readonly attach: readonly string[]
}

/** Where `search` and `fetch` look in a namespace. */
export type ResearchModel = {
  readonly namespace: string
  readonly search: { readonly tool: string; readonly query: string }
  /** `record` is a JSON Pointer into the answer. */
  readonly fetch: { readonly tool: string; readonly argument: string; readonly record: string }
  readonly id: string
  readonly title: string
  readonly url: string | null
}

/** One tool, fully resolved: no reference left to follow and no default left to guess. */
export type ToolModel = {
  /** `namespace.action`, unique in its catalogue in both spellings. */
  readonly name: string
  readonly parts: ToolName
  readonly title: string
  /** At most 1,024 bytes, and 2,048 with the instructions. */
  readonly description: string
  readonly instructions: string
  readonly public: boolean
  readonly pinned: boolean
  /** `resource`: read by its URI only. */
  readonly offer: 'tool' | 'resource'
  /** A URI with arguments in braces; `null` for none. */
  readonly uri: string | null
  /** Why a POST changes nothing; `null` where the method says so. */
  readonly readOnly: string | null
  readonly operation: OperationModel
  /** What the caller may give, in document order. */
  readonly arguments: readonly ParameterModel[]
  /** What is sent when the caller is silent, by argument key. */
  readonly defaults: ReadonlyMap<string, Json>
  readonly sent: readonly SentValue[]
  /** `null` where the operation has no body. */
  readonly body: BodyModel | null
  /** JSON Schema (2020-12) of the arguments. */
  readonly inputSchema: JsonObject
  /** JSON Schema (2020-12) of `structuredContent`; `null` where none is given. */
  readonly outputSchema: JsonObject | null
  readonly answer: AnswerModel
  /** What the docs show as an answer; `null` where the document says nothing of one. */
  readonly exampleAnswer: Json
}

/** A read that the connector itself needs, with pointers into its answer. */
export type SessionModel = {
  readonly operation: OperationModel
  /** In the order they are written; `null` where the upstream does not tell. */
  readonly pointers: Readonly<Record<string, string | null>>
}

/** How a member proves who they are. */
export type LoginModel =
  | { readonly kind: 'api-credentials' }
  | {
      readonly kind: 'oidc'
      readonly issuer: string
      readonly scopes: readonly string[]
      readonly resource: string | null
    }
  | {
      readonly kind: 'password'
      readonly operation: OperationModel
      readonly username: Path
      readonly password: Path
      readonly token: string
      readonly refresh: RefreshModel | null
    }

/** Where a fixed credential is sent. */
export type CredentialPlaceModel =
  | { readonly in: 'header'; readonly name: string; readonly scheme: string | null }
  | { readonly in: 'query'; readonly name: string }
  | { readonly in: 'cookie'; readonly name: string }

/** One credential and one organization for everybody. */
export type ServiceLoginModel = {
  readonly kind: 'service'
  readonly organization: { readonly id: string; readonly name: string }
  readonly credential: CredentialPlaceModel | null
  readonly access: {
    readonly issuer: string
    readonly scopes: readonly string[]
    readonly domain: string | null
    readonly claim: { readonly name: string; readonly values: readonly string[] } | null
  } | null
}

/** How a password login is renewed. */
export type RefreshModel = {
  readonly operation: OperationModel
  /** Where the refresh token goes in the request's body. */
  readonly body: Path
  readonly token: string
  readonly refreshToken: string
}

/** What the connector itself asks the upstream; a service login asks nothing. */
export type SessionsModel =
  | {
      readonly login: LoginModel
      readonly profile: SessionModel
      readonly organizations: SessionModel & { readonly approvers: readonly string[] }
    }
  | { readonly login: ServiceLoginModel; readonly profile: null; readonly organizations: null }

/** Everything the templates need, and nothing they would have to decide. */
export type ConnectorModel = {
  readonly name: string
  readonly title: string
  readonly instructions: string | null
  readonly document: {
    readonly title: string
    readonly version: string
    readonly sha256: string
  }
  readonly upstream: {
    readonly serverUrl: string | null
    readonly organizationHeader: string | null
    readonly apiCredentials: Readonly<Record<'key' | 'secret' | 'email', string>> | null
  } & SessionsModel
  /** In name order. */
  readonly namespaces: readonly {
    readonly name: string
    readonly title: string
    readonly description: string
  }[]
  /** In name order. */
  readonly tools: readonly ToolModel[]
  readonly catalogue: CatalogueModel
  readonly resources: ResourcesModel | null
  /** In name order. */
  readonly intents: readonly Intent[]
  /** In name order. */
  readonly prompts: readonly PromptModel[]
  /** In name order. */
  readonly research: readonly ResearchModel[]
}
