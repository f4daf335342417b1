import fc, { type Arbitrary } from 'fast-check'
import { anyCharacter } from '../any-character.ts'

/** What programs stumble over, as text. */
const ODD_TEXTS = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udc00\ud800',
  '😀',
  '\u202egnp.exe',
  '\ufeff',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  'NaN',
  '-0',
  '9'.repeat(400),
  'a'.repeat(3_000),
  '../../etc/passwd',
  '..%2f..%2f',
  '%00',
  '%',
  '%ff%fe',
  '<xss>',
  '"><xss>',
  "' or 1=1 --",
  '${7*7}{{7*7}}',
  '\r\nX-Injected: 1\r\n\r\n',
  '\n',
  '\\',
  '"',
  'https://evil.example/',
  'javascript:alert(1)',
  'file:///etc/passwd',
  'http://[::1',
  'data:,x',
] as const

/** A text that somebody did not think of. */
export const oddText: Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...ODD_TEXTS) },
  { weight: 1, arbitrary: fc.string({ unit: anyCharacter, maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ maxLength: 20 }) },
)

/** The same as bytes, one character each (latin1). */
export const oddBytes: Arbitrary<string> = oddText.map(toBytes)

/** A text in UTF-8, as one character for each byte. Lone surrogates become U+FFFD. */
export function toBytes(text: string): string {
  return Buffer.from(text).toString('latin1')
}
