/**
 * The document's paths as functions. It has no other method than a read can need, and each takes
 * only the paths that have it.
 */
export type Upstream<Paths extends object> = {
  readonly GET: Call<Paths, 'get'>
  readonly HEAD: Call<Paths, 'head'>
  readonly POST: Call<Paths, 'post'>
}

/** Sends what the document says a path can be sent; the answer is not for the one who calls. */
type Call<Paths extends object, Method extends string> = <Path extends PathsWith<Paths, Method>>(
  path: Path,
  request: RequestOf<OperationAt<Paths, Path, Method>>,
) => Promise<unknown>

/** `openapi-typescript` writes `get?: never` where a path has no GET. */
type PathsWith<Paths extends object, Method extends string> = {
  [Path in keyof Paths]: Paths[Path] extends { readonly [Key in Method]: object } ? Path : never
}[keyof Paths]

type OperationAt<
  Paths extends object,
  Path extends keyof Paths,
  Method extends string,
> = Paths[Path] extends { readonly [Key in Method]: infer Operation } ? Operation : never

type RequestOf<Operation> = ParametersOf<Operation> & BodyMemberOf<Operation>

/** A path without anything required may be asked for with nothing. */
type ParametersOf<Operation> = Operation extends { parameters: infer Parameters }
  ? object extends Parameters
    ? { readonly params?: Parameters }
    : { readonly params: Parameters }
  : { readonly params?: never }

type BodyMemberOf<Operation> = Operation extends { requestBody: object }
  ? { readonly body: BodyOf<Operation> }
  : { readonly body?: BodyOf<Operation> | undefined }

/** What an operation takes as its JSON body; `never` where it takes none. */
export type BodyOf<Operation> = Operation extends { requestBody?: infer Body }
  ? NonNullable<Body> extends { content: infer Content }
    ? Content[keyof Content & JsonMediaType]
    : never
  : never

/** A range lets the sender choose, and JSON is what is sent. */
type JsonMediaType = `${string}json${string}` | 'application/*' | '*/*'
