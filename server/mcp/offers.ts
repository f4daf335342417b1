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
