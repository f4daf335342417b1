/** A JSON text as it stands in a JSON string, without the quotes around it. */
export type EscapedJson = {
  /** What `JSON.stringify` would write of the text, in UTF-8, each byte as a character. */
  readonly latin1: string
  /** It holds a number of more than 15 characters, or with an exponent: a double may not hold it exactly. */
  readonly hasLongNumber: boolean
}

/** No byte: the text is over. */
const NOTHING = 0x100
const TAB = 0x09
const LINE_FEED = 0x0a
const RETURN = 0x0d
const SPACE = 0x20
const QUOTE = 0x22
const PLUS = 0x2b
const COMMA = 0x2c
const MINUS = 0x2d
const POINT = 0x2e
const ZERO = 0x30
const COLON = 0x3a
const BACKSLASH = 0x5c
const LETTER_N = 0x6e
const LETTER_R = 0x72
const LETTER_T = 0x74
const LETTER_U = 0x75
/** In ASCII, what closes a list or an object is two behind what opens it. */
const OPEN_LIST = 0x5b
const OPEN_OBJECT = 0x7b
const CLOSING = 2
/** So many digits a double is sure to hold exactly. */
const SAFE_CHARS = 15

/**
 * Where texts are escaped, one after the other: a buffer of its own for each would have the whole
 * heap collected after a hundred large answers. Nothing is read of it but what was just written.
 */
let workspace = Buffer.allocUnsafeSlow(64 * 1024)
/** A larger one is made for one text, and not kept. */
const MAX_KEPT_BYTES = 1024 * 1024

/**
 * Escapes bytes for a JSON string, if they are one JSON text (RFC 8259), exactly as `JSON.parse`
 * would find. No value is made of it, and nothing is decoded.
 *
 * @param utf8 well-formed UTF-8
 * @returns `null` for what is not JSON
 */
export function escapeJson(utf8: Uint8Array): EscapedJson | null {
  // Each byte makes two at most.
  const out = takeWorkspace(2 * utf8.length)
  const written = escapeInto(out, utf8)
  if (written === null) return null
  const { end, hasLongNumber } = written
  return { latin1: out.toString('latin1', 0, end), hasLongNumber }
}

function takeWorkspace(bytes: number): Buffer {
  if (bytes <= workspace.length) return workspace
  const larger = Buffer.allocUnsafeSlow(bytes)
  if (bytes <= MAX_KEPT_BYTES) workspace = larger
  return larger
}

type Written = { readonly end: number; readonly hasLongNumber: boolean }

/**
 * Does both in one loop over the bytes, which takes what `JSON.stringify` takes for the escaping
 * alone, as long as it calls nothing for a text and shares its counters with no closure.
 */
function escapeInto(out: Buffer, utf8: Uint8Array): Written | null {
  const { length } = utf8
  const outer: number[] = []
  let container = 0
  let expected: Expected = 'value'
  let hasLongNumber = false
  let at = 0
  let end = 0

  for (;;) {
    let byte = at < length ? (utf8[at] ?? 0) : NOTHING
    while (byte <= SPACE) {
      const name = SPACE_NAMES[byte] ?? 0
      if (name === 0) return null
      if (name !== SPACE) out[end++] = BACKSLASH
      out[end++] = name
      at += 1
      byte = at < length ? (utf8[at] ?? 0) : NOTHING
    }

    const isKey: boolean = expected === 'key' || expected === 'first-key'
    const isFirst = expected === 'first-value' || expected === 'first-key'
    const isClosing = byte === container + CLOSING && container !== 0
    if (isClosing && (isFirst || expected === 'end')) {
      container = outer.pop() ?? 0
      expected = 'end'
      out[end++] = byte
      at += 1
    } else if (expected === 'end') {
      if (byte === NOTHING) return container === 0 ? { end, hasLongNumber } : null
      if (byte !== COMMA || container === 0) return null
      expected = container === OPEN_OBJECT ? 'key' : 'value'
      out[end++] = byte
      at += 1
    } else if (expected === 'colon') {
      if (byte !== COLON) return null
      expected = 'value'
      out[end++] = byte
      at += 1
    } else if (byte === QUOTE) {
      out[end++] = BACKSLASH
      out[end++] = QUOTE
      at += 1
      for (;;) {
        let text = utf8[at] ?? 0
        while (PLAIN[text] === 1) {
          out[end++] = text
          at += 1
          text = utf8[at] ?? 0
        }
        if (text !== BACKSLASH) break
        const escaped = utf8[at + 1] ?? 0
        if (escaped === LETTER_U ? !isHex(utf8, at + 2) : !ESCAPED.includes(escaped)) return null
        out[end++] = BACKSLASH
        out[end++] = BACKSLASH
        if (escaped === QUOTE || escaped === BACKSLASH) out[end++] = BACKSLASH
        out[end++] = escaped
        at += 2
      }
      if (utf8[at] !== QUOTE) return null
      out[end++] = BACKSLASH
      out[end++] = QUOTE
      at += 1
      expected = isKey ? 'colon' : 'end'
    } else if (isKey) return null
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      outer.push(container)
      container = byte
      expected = byte === OPEN_OBJECT ? 'first-key' : 'first-value'
      out[end++] = byte
      at += 1
    } else {
      const isNumber = byte === MINUS || isDigit(byte)
      const behind = isNumber ? skipNumber(utf8, at) : skipWord(utf8, at)
      if (behind === -1) return null
      hasLongNumber ||= isNumber && isLongNumber(utf8, at, behind)
      while (at < behind) out[end++] = utf8[at++] ?? 0
      expected = 'end'
    }
  }
}

/** What comes next: `end` is the comma, the closing or the end of the text behind a value. */
type Expected = 'value' | 'first-value' | 'key' | 'first-key' | 'colon' | 'end'

/** Bytes that mean nothing but themselves in a text. */
const PLAIN = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < SPACE || byte === QUOTE || byte === BACKSLASH ? 0 : 1,
)

/** By the bytes that may stand between values, how they are written in a string. */
const SPACE_NAMES = Uint8Array.from({ length: SPACE + 1 })
SPACE_NAMES[SPACE] = SPACE
SPACE_NAMES[TAB] = LETTER_T
SPACE_NAMES[LINE_FEED] = LETTER_N
SPACE_NAMES[RETURN] = LETTER_R

const ESCAPED: readonly number[] = [...Buffer.from('"\\/bfnrt')]

function isHex(utf8: Uint8Array, at: number): boolean {
  return /^[0-9a-fA-F]{4}$/.test(String.fromCharCode(...utf8.subarray(at, at + 4)))
}

/** Behind a number; -1 where there is none. */
function skipNumber(utf8: Uint8Array, from: number): number {
  const whole = utf8[from] === MINUS ? from + 1 : from
  let at = skipDigits(utf8, whole)
  const isPadded = utf8[whole] === ZERO && at - whole > 1
  if (at === whole || isPadded) return -1
  if (utf8[at] === POINT) {
    const end = skipDigits(utf8, at + 1)
    if (end === at + 1) return -1
    at = end
  }
  if (!isExponent(utf8[at] ?? 0)) return at
  const isSigned = utf8[at + 1] === MINUS || utf8[at + 1] === PLUS
  const exponent = at + (isSigned ? 2 : 1)
  const end = skipDigits(utf8, exponent)
  return end === exponent ? -1 : end
}

/** Whether a double may not hold a number exactly; in doubt, that it may not. */
function isLongNumber(utf8: Uint8Array, from: number, end: number): boolean {
  if (end - from > SAFE_CHARS) return true
  for (let at = from; at < end; at += 1) if (isExponent(utf8[at] ?? 0)) return true
  return false
}

function isExponent(byte: number): boolean {
  return byte === 0x65 || byte === 0x45
}

/** Behind `true`, `false` or `null`; -1 where there is none. */
function skipWord(utf8: Uint8Array, at: number): number {
  const word = WORDS.find(([first]) => first === utf8[at])
  const isWhole = word?.every((byte, index) => utf8[at + index] === byte) === true
  return isWhole ? at + word.length : -1
}

const WORDS = ['true', 'false', 'null'].map((word) => [...Buffer.from(word)])

function skipDigits(utf8: Uint8Array, from: number): number {
  let at = from
  while (at < utf8.length && isDigit(utf8[at] ?? 0)) at += 1
  return at
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= 0x39
}
