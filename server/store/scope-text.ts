/** Joins scopes for a column, in code-unit order and each once. */
export function toScopeText(scopes: readonly string[]): string {
  return [...new Set(scopes)].sort().join(' ')
}

/** Splits what `toScopeText` joined. */
export function parseScopeText(text: string): readonly string[] {
  return text === '' ? [] : text.split(' ')
}
