/** About how many bytes the upstream's answers have. */
export const SIZES = { small: 2_000, large: 200_000 } as const

/** One of the two. */
export type Size = keyof typeof SIZES
