/** One HTTP answer as it stood on the wire. */
export type RawAnswer = {
  readonly status: number
  /** Names in lower case; of doubled ones the last. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

/** What a connection has brought so far. */
export type ReadAnswers = {
  /** Whole ones; interim answers (1xx) are left out. */
  readonly answers: readonly RawAnswer[]
  /** Bytes of one more, which has begun. */
  readonly hasRest: boolean
}

const END_OF_HEAD = '\r\n\r\n'
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

/**
 * Reads the answers to requests of one connection, strictly (RFC 9112).
 *
 * @param text the bytes, one character each (latin1)
 * @param options.isHead the requests were HEAD: no answer has a body
 * @param options.hasEnded the server has closed; what reaches until then is whole
 * @throws {Error} for anything that is no HTTP answer
 */
export function readAnswers(
  text: string,
  options: { readonly isHead: boolean; readonly hasEnded: boolean },
): ReadAnswers {
  const answers: RawAnswer[] = []
  let at = 0
  while (at < text.length) {
    const end = text.indexOf(END_OF_HEAD, at)
    if (end === -1) break
    const { status, headers } = readHead(text.slice(at, end))
    const from = end + END_OF_HEAD.length
    const hasBody = !options.isHead && status >= 200 && status !== 204 && status !== 304
    const read = hasBody ? readBody(text, from, headers, options.hasEnded) : { body: '', end: from }
    if (read === null) break
    at = read.end
    if (status >= 200) answers.push({ status, headers, body: read.body })
  }
  return { answers, hasRest: at < text.length }
}

function readHead(head: string): Pick<RawAnswer, 'status' | 'headers'> {
  const [statusLine = '', ...lines] = head.split('\r\n')
  const [, status] = /^HTTP\/1\.1 ([1-5]\d\d) [\x20-\x7e]*$/.exec(statusLine) ?? []
  if (status === undefined) throw new Error(`no status line: ${statusLine.slice(0, 80)}`)
  const headers = new Map<string, string>()
  for (const line of lines) {
    const [, name, value] = /^([^:]+):[ \t]*(.*)$/.exec(line) ?? []
    if (name === undefined || value === undefined || !TOKEN.test(name)) {
      throw new Error(`no header: ${line.slice(0, 80)}`)
    }
    if (/[\p{Cc}--\t]/v.test(value)) throw new Error(`control character in ${name}`)
    headers.set(name.toLowerCase(), value)
  }
  return { status: Number(status), headers }
}

function readBody(
  text: string,
  from: number,
  headers: ReadonlyMap<string, string>,
  hasEnded: boolean,
): { readonly body: string; readonly end: number } | null {
  if (headers.get('transfer-encoding') === 'chunked') return readChunks(text, from)
  const length = headers.get('content-length')
  if (length === undefined) return hasEnded ? { body: text.slice(from), end: text.length } : null
  if (!/^\d+$/.test(length)) throw new Error(`no length: ${length}`)
  const end = from + Number(length)
  return end <= text.length ? { body: text.slice(from, end), end } : null
}

function readChunks(text: string, from: number) {
  let body = ''
  let at = from
  for (;;) {
    const lineEnd = text.indexOf('\r\n', at)
    if (lineEnd === -1) return null
    const line = text.slice(at, lineEnd)
    if (!/^[0-9a-f]+$/i.test(line)) throw new Error(`no chunk size: ${line.slice(0, 80)}`)
    const size = parseInt(line, 16)
    const end = lineEnd + 2 + size + 2
    if (end > text.length) return null
    if (text.slice(end - 2, end) !== '\r\n') throw new Error('a chunk without its end')
    if (size === 0) return { body, end }
    body += text.slice(lineEnd + 2, end - 2)
    at = end
  }
}
