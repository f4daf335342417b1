/** The part of the HTTP Archive format that is used here; `@readme/oas-to-har` asks for its types. */
declare module 'har-format' {
  type Pair = { readonly name: string; readonly value: string }
  export type Request = {
    readonly method: string
    readonly url: string
    readonly headers: readonly Pair[]
    readonly queryString: readonly Pair[]
    readonly postData?: { readonly text?: string }
  }
}
