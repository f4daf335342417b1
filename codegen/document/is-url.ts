/** Answers whether a document is named by its address instead of by its file. */
export function isUrl(spec: string): boolean {
  return /^https?:\/\//i.test(spec)
}
