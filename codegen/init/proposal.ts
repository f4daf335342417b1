import type { Json } from '../json.ts'

/** What a new connector's allow-list will say, before anybody wrote it down. */
export type Proposal = {
  readonly connector: {
    readonly name: string
    readonly title: string
    readonly instructions: string
  }
  readonly login: LoginProposal
  /** Origins of single operations that are not the document's own. */
  readonly servers: readonly string[]
  /** In name order. */
  readonly namespaces: readonly NamespaceProposal[]
  /** By namespace, its list first. */
  readonly tools: readonly ToolProposal[]
  /** In document order. */
  readonly leftOut: readonly LeftOut[]
  /** How many operations of the document are no GET. */
  readonly others: number
}

/** One credential for everybody, as nothing in a document says how each person would sign in. */
export type LoginProposal = {
  /** Where it is sent; `null` where the document asks for none. */
  readonly credential: CredentialPlace | null
  /** The security scheme it was read from. */
  readonly scheme: string | null
  /** Where each person could sign in instead. */
  readonly issuer: string | null
}

/** The one place of a request that a credential is sent in. */
export type CredentialPlace =
  | { readonly header: string; readonly scheme?: string }
  | { readonly query: string }
  | { readonly cookie: string }

/** A group of tools, and of permissions. */
export type NamespaceProposal = {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly defaults: Readonly<Record<string, Json>>
}

/** One operation that would be allowed. */
export type ToolProposal = {
  readonly name: string
  readonly namespace: string
  /** As the allow-list names the operation. */
  readonly operation: string
  /** For people: `GET /invoices – List invoices`. */
  readonly text: string
  readonly isDeprecated: boolean
  readonly defaults: Readonly<Record<string, Json>>
  readonly fixed: Readonly<Record<string, Json>>
  readonly omit: readonly string[]
  /** Where the list is; `null` says that there is none. Absent where the generator finds it. */
  readonly items?: string | null
  readonly columns: readonly string[] | null
}

/** One GET that is not allowed, and why. */
export type LeftOut = {
  readonly operation: string
  readonly text: string
  readonly kind: 'changes' | 'signIn' | 'streams' | 'redirects' | 'deprecated' | 'refused'
  readonly why: string
}

/** What a person decided otherwise; absent is as proposed. */
export type Choices = {
  readonly name?: string
  readonly title?: string
  readonly login?: LoginProposal
  /** Only these namespaces. */
  readonly namespaces?: readonly string[]
  /** Operations that only look as if they changed something, as the allow-list names them. */
  readonly harmless?: readonly string[]
  /** What could not be generated, with the reason; by the operation's name in the allow-list. */
  readonly refused?: ReadonlyMap<string, string>
}
