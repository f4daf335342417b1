import type { Header } from './request.ts'

/** How a request says where its body ends. */
export type Framing = keyof typeof FRAMINGS

/** A body as it goes onto the wire. */
export type Framed = {
  readonly headers: readonly Header[]
  readonly payload: Buffer
  /** Head and payload agree, so that exactly one request was sent. */
  readonly isSound: boolean
}

/** Every way, for generators. */
export function allFramings(): { readonly sound: Framing[]; readonly broken: Framing[] } {
  const names = Object.keys(FRAMINGS).filter(isFraming)
  const isSound = (name: Framing) => FRAMINGS[name](Buffer.from('{}')).isSound
  return { sound: names.filter(isSound), broken: names.filter((name) => !isSound(name)) }
}

/** Frames a body. */
export function frame(framing: Framing, body: Buffer): Framed {
  return FRAMINGS[framing](body)
}

const CHUNKED: Header = ['Transfer-Encoding', 'chunked']

const FRAMINGS = {
  length: (body) => sound([length(body.length)], body),
  chunked: (body) => sound([CHUNKED], toChunks(body, 4_096)),
  'small chunks': (body) => sound([CHUNKED], toChunks(body, Math.max(1, body.length >> 6))),
  'chunks with extensions': (body) => sound([CHUNKED], toChunks(body, 1_000, ';a=1;b="c"')),
  'chunks in long digits': (body) => sound([CHUNKED], toChunks(body, 1_000, '', 12)),
  nothing: (body) => broken([], body),
  'a length that is too long': (body) => broken([length(body.length + 7)], body),
  'a length that is too short': (body) => broken([length(Math.max(0, body.length - 7))], body),
  'a huge length': (body) => broken([['Content-Length', '99999999999999999999']], body),
  'a negative length': (body) => broken([['Content-Length', '-1']], body),
  'a signed length': (body) => broken([['Content-Length', `+${body.length}`]], body),
  'a hexadecimal length': (body) => broken([['Content-Length', '0x10']], body),
  'a length twice': (body) => broken([length(body.length), length(body.length)], body),
  'two lengths': (body) => broken([length(body.length), length(0)], body),
  'a list of lengths': (body) => broken([['Content-Length', `${body.length}, 0`]], body),
  'length and chunked': (body) =>
    broken([length(4), CHUNKED], Buffer.concat([toChunks(body, 1_000), SMUGGLED])),
  'chunked and length': (body) =>
    broken([CHUNKED, length(body.length)], Buffer.concat([Buffer.from('0\r\n\r\n'), SMUGGLED])),
  'chunked twice': (body) => broken([CHUNKED, CHUNKED], toChunks(body, 1_000)),
  'chunked behind another coding': (body) =>
    broken([['Transfer-Encoding', 'gzip, chunked']], toChunks(body, 1_000)),
  'chunked before another coding': (body) =>
    broken([['Transfer-Encoding', 'chunked, identity']], toChunks(body, 1_000)),
  'an unknown coding': (body) => broken([['Transfer-Encoding', 'xchunked']], body),
  'chunked behind a tab': (body) =>
    broken([['Transfer-Encoding', '\tchunked']], toChunks(body, 1_000)),
  'chunked, blank before the colon': (body) =>
    broken([['Transfer-Encoding ', 'chunked']], toChunks(body, 1_000)),
  'chunked in another line': (body) =>
    broken([['X-Folded', 'a\r\n Transfer-Encoding: chunked']], toChunks(body, 1_000)),
  'no last chunk': (body) => broken([CHUNKED], toChunks(body, 1_000).subarray(0, -5)),
  'a chunk size that is no number': (body) =>
    broken([CHUNKED], Buffer.concat([Buffer.from('zz\r\n'), body])),
  'a huge chunk size': (body) =>
    broken([CHUNKED], Buffer.concat([Buffer.from('fffffffffffffffff\r\n'), body])),
  'a chunk size without an end': () => broken([CHUNKED], Buffer.from('0'.repeat(20_000))),
  'an endless extension': () => broken([CHUNKED], Buffer.from(`1;${'a'.repeat(40_000)}`)),
  'line feeds alone': (body) =>
    broken(
      [CHUNKED],
      Buffer.from(`${body.length.toString(16)}\n${body.toString('latin1')}\n0\n\n`),
    ),
  trailers: (body) =>
    broken([CHUNKED], Buffer.concat([toChunks(body, 1_000).subarray(0, -2), TRAILERS])),
} as const satisfies Readonly<Record<string, (body: Buffer) => Framed>>

/** What a server that ends the first request elsewhere would take for a second one. */
const SMUGGLED = Buffer.from(
  'GET /smuggled HTTP/1.1\r\nHost: evil.example\r\nX-Injected: 1\r\n\r\n',
)
const TRAILERS = Buffer.from(
  'Authorization: Bearer x\r\nContent-Length: 5\r\nX-Injected: 1\r\n\r\n',
)

function isFraming(name: string): name is Framing {
  return Object.hasOwn(FRAMINGS, name)
}

function sound(headers: readonly Header[], payload: Buffer): Framed {
  return { headers, payload, isSound: true }
}

function broken(headers: readonly Header[], payload: Buffer): Framed {
  return { headers, payload, isSound: false }
}

function length(bytes: number): Header {
  return ['Content-Length', String(bytes)]
}

function toChunks(body: Buffer, size: number, extension = '', digits = 1): Buffer {
  const parts: Buffer[] = []
  for (let at = 0; at < body.length; at += size) {
    const chunk = body.subarray(at, at + size)
    const head = `${chunk.length.toString(16).padStart(digits, '0')}${extension}\r\n`
    parts.push(Buffer.from(head), chunk, Buffer.from('\r\n'))
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')])
}
