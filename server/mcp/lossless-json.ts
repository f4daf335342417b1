/** Digits or exponents that a double may not hold: an identifier of 17 digits, an amount in 1e400. */
const UNSAFE_NUMBER = /[0-9](?:\.?[0-9]){15}|[eE][+-]?[0-9]{3}/

declare global {
  interface JSON {
    /** Source text access (ECMAScript 2026): a value that `stringify` writes as the given text. */
    rawJSON(text: string): object
    /** Answers whether a value was made by `rawJSON`. */
    isRawJSON(value: unknown): boolean
    parse(
      text: string,
      reviver: (key: string, value: unknown, context: { readonly source: string }) => unknown,
    ): unknown
  }
}

/**
 * Parses JSON so that `JSON.stringify` writes every number back with the value that was read.
 *
 * @throws {SyntaxError} for text that is not JSON
 */
export function parseLossless(text: string): unknown {
  if (!UNSAFE_NUMBER.test(text)) return JSON.parse(text)
  return JSON.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== String(value) ? JSON.rawJSON(source) : value,
  )
}
