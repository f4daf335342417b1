/** The value that so great a share of others is not above; not a number where there is none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** The value in the middle; the upper one of two. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}
