/** A vendor's document is refused beyond this. */
const MAX_DOCUMENT_BYTES = 32 * 1024 * 1024
const TIMEOUT_MS = 30_000

/** What is known of the copy at hand (RFC 9110, section 8.8). */
export type Validators = { readonly etag: string | null; readonly lastModified: string | null }

/** A header that proves to the upstream who fetches its document; the value is secret. */
export type DocumentHeader = { readonly name: string; readonly value: string }

/** The upstream's answer: the same document as before, or its bytes. */
export type FetchedDocument =
  | { readonly changed: false }
  | { readonly changed: true; readonly bytes: Buffer; readonly validators: Validators }

/** The document could not be fetched; the message says why, the hint what to do. */
export class FetchError extends Error {
  override readonly name = 'FetchError'
  readonly hint: string

  constructor(message: string, hint: string, options?: ErrorOptions) {
    super(message, options)
    this.hint = hint
  }
}

/**
 * Fetches a document, unless it is still the one at hand.
 *
 * Only https, and http on this machine's loopback. Redirects are refused: the document comes from the
 * address that somebody wrote down and reviewed. At most 32 MB, within 30 seconds.
 *
 * @param header where the document is not for everybody
 * @throws {FetchError} when there is no document to be had
 */
export async function fetchDocument(
  url: string,
  known: Validators,
  header: DocumentHeader | null = null,
): Promise<FetchedDocument> {
  const target = checkUrl(url)
  const response = await send(target, known, header)
  if (response.status === 304) return { changed: false }
  if (response.status >= 300 && response.status <= 399) {
    throw new FetchError(`${url} redirects`, 'write the final address into "url" of source.json')
  }
  if (response.status === 401) {
    const hint = 'name the header that it asks for as "header" in source.json'
    throw new FetchError(`${url} is not for everybody`, `${hint}, and set DOCUMENT_CREDENTIAL`)
  }
  if (!response.ok) {
    throw new FetchError(`${url} answered ${response.status}`, 'check "url" of source.json')
  }
  const validators = {
    etag: response.headers.get('etag'),
    lastModified: response.headers.get('last-modified'),
  }
  return { changed: true, bytes: await readWhole(url, response), validators }
}

function checkUrl(text: string): URL {
  const url = URL.parse(text)
  if (url === null) throw new FetchError(`${text} is no URL`, 'mend "url" of source.json')
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback)) {
    throw new FetchError(`${text} is not https`, 'use an https address in "url" of source.json')
  }
  if (url.username !== '' || url.password !== '') {
    throw new FetchError(
      '"url" of source.json holds a password',
      'publish the document without one',
    )
  }
  return url
}

async function send(
  url: URL,
  { etag, lastModified }: Validators,
  header: DocumentHeader | null,
): Promise<Response> {
  try {
    return await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        accept: 'application/json, application/yaml, text/yaml, */*;q=0.1',
        'user-agent': 'Sluice sync',
        // Otherwise fetch adds "no-cache", at which many servers answer in full whatever one has.
        'cache-control': 'max-age=0',
        ...(header !== null && { [header.name]: header.value }),
        ...(etag !== null && { 'if-none-match': etag }),
        ...(lastModified !== null && { 'if-modified-since': lastModified }),
      },
    })
  } catch (cause) {
    throw new FetchError(`${url.href} gave no answer`, 'is it reachable from here?', { cause })
  }
}

async function readWhole(url: string, { body }: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  const stream: AsyncIterable<Uint8Array> | null = body
  if (stream === null) return Buffer.alloc(0)
  try {
    for await (const chunk of stream) {
      bytes += chunk.length
      if (bytes > MAX_DOCUMENT_BYTES) break
      chunks.push(chunk)
    }
  } catch (cause) {
    throw new FetchError(`${url} broke off`, 'try again', { cause })
  }
  if (bytes > MAX_DOCUMENT_BYTES) {
    throw new FetchError(`${url} is larger than ${MAX_DOCUMENT_BYTES} bytes`, 'is it the document?')
  }
  return Buffer.concat(chunks)
}
