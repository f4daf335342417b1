/** Bytes of an answer before it is encoded. */
export const SIZES = [2_000, 200_000] as const

/** How an answer may be encoded. */
export const ENCODINGS = ['identity', 'gzip', 'br'] as const

/** One of them. */
export type Encoding = (typeof ENCODINGS)[number]

/** One way to carry an answer. */
export type Case = {
  readonly bytes: (typeof SIZES)[number]
  readonly http2: boolean
  readonly encoding: Encoding
}

/** All of them; those of a size are compared with the first of that size. */
export const CASES: readonly Case[] = SIZES.flatMap((bytes) =>
  [false, true].flatMap((http2) => ENCODINGS.map((encoding) => ({ bytes, http2, encoding }))),
)

/** The path that is answered so. */
export function targetOf({ bytes, encoding }: Pick<Case, 'bytes' | 'encoding'>): string {
  return `/${bytes}/${encoding}`
}
