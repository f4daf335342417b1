import fc, { type Arbitrary } from 'fast-check'
import { bodyText } from './messages.ts'
import { toBytes } from './odd-texts.ts'
import type { Body } from './request.ts'

/** What `/mcp` reads of a request; one byte more is refused. */
const MAX_REQUEST_BYTES = 128 * 1024

const ENCODINGS: readonly ((text: string) => string)[] = [
  (text) => `\u00ef\u00bb\u00bf${toBytes(text)}`,
  (text) => Buffer.from(text, 'utf16le').toString('latin1'),
  (text) => `\u00ff\u00fe${Buffer.from(text, 'utf16le').toString('latin1')}`,
  (text) => Buffer.from(text, 'utf16le').swap16().toString('latin1'),
  (text) => `${toBytes(text)}\u0000`,
]

/** Bytes that are nowhere in UTF-8, are the half of a character, or say one in too many bytes. */
const STRAY_BYTES = [
  '\u00ff',
  '\u00c0\u0080',
  '\u00ed\u00a0\u0080',
  '\u00e2\u0082',
  '\u0000',
  '\u0080',
]

const plain = bodyText.map((text): Body => ({ kind: 'bytes', bytes: toBytes(text) }))

const encoded = fc
  .tuple(bodyText, fc.constantFrom(...ENCODINGS))
  .map(([text, encode]): Body => ({ kind: 'bytes', bytes: encode(text) }))

/** Cut off, or with something in it that does not belong there. */
const damaged = fc
  .tuple(
    bodyText,
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.constantFrom(null, ...STRAY_BYTES),
  )
  .map(([text, at, stray]): Body => {
    const bytes = toBytes(text)
    const place = Math.floor(bytes.length * at)
    const rest = stray === null ? '' : stray + bytes.slice(place)
    return { kind: 'bytes', bytes: bytes.slice(0, place) + rest }
  })

const noise = fc
  .uint8Array({ maxLength: 200 })
  .map((bytes): Body => ({ kind: 'bytes', bytes: Buffer.from(bytes).toString('latin1') }))

const sized = fc
  .tuple(
    bodyText,
    fc.constantFrom(
      0,
      MAX_REQUEST_BYTES - 1,
      MAX_REQUEST_BYTES,
      MAX_REQUEST_BYTES + 1,
      2 * MAX_REQUEST_BYTES,
    ),
  )
  .map(([text, size]): Body => {
    const bytes = toBytes(text)
    return size === 0 ? { kind: 'bytes', bytes: '' } : { kind: 'padded', bytes, size }
  })

const nested = fc.record({
  kind: fc.constant('nested' as const),
  open: fc.constantFrom('[' as const, '{"a":' as const),
  levels: fc.constantFrom(1, 62, 63, 64, 65, 1_000, 20_000),
})

const compressed = bodyText.map((text): Body => ({ kind: 'compressed', bytes: toBytes(text) }))

/** A body that is meant for `/mcp`. */
export const messageBody: Arbitrary<Body> = fc.oneof(
  { weight: 20, arbitrary: plain },
  { weight: 4, arbitrary: damaged },
  { weight: 2, arbitrary: encoded },
  { weight: 2, arbitrary: noise },
  { weight: 1, arbitrary: sized },
  { weight: 2, arbitrary: nested },
  { weight: 1, arbitrary: compressed },
)
