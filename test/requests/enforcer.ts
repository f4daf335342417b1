import untyped from 'openapi-enforcer'

/** What a decoder made of a request: values by place and name. */
export type Decoded = {
  readonly path: unknown
  readonly query: unknown
  readonly headers: unknown
}

type Enforced = {
  readonly request: (request: {
    readonly method: string
    readonly path: string
    readonly headers: Readonly<Record<string, string>>
  }) => Iterable<unknown> & readonly [decoded: Decoded | undefined, error: unknown]
}

type Enforce = (
  document: unknown,
  options: {
    /** Otherwise warnings go to the console. */
    readonly fullResult: true
    readonly componentOptions: { readonly disablePathNormalization: boolean }
  },
) => Promise<readonly [enforced: Enforced | undefined, error: unknown]>

/** `openapi-enforcer`, which has no types of its own, as far as it is used here. */
export const enforce = typed(untyped)

function typed(loaded: unknown): Enforce {
  if (!isEnforce(loaded)) throw new Error('openapi-enforcer is no function')
  return loaded
}

function isEnforce(value: unknown): value is Enforce {
  return typeof value === 'function'
}
