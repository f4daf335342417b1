/** Everything that some reader takes for the end of a line, or for a command to a terminal. */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}]/gu
const OUTSIDE_ASCII = /[\u007f-\uffff]/g

/**
 * Renders a value as JSON on one line of ASCII: whoever splits lines at U+2028 or U+0085, or reads
 * another encoding than UTF-8, sees the same.
 */
export function toJsonLine(value: unknown): string {
  return JSON.stringify(value).replaceAll(OUTSIDE_ASCII, escapeUnit)
}

/** Puts a space where a text has a control character or a separator of lines. */
export function withoutControls(text: string): string {
  return text.replaceAll(CONTROLS, ' ')
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
