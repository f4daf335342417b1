import { isIP, type LookupFunction } from 'node:net'
import { Agent, fetch, type Response } from 'undici'
import { FetchError } from './fetch-error.ts'
import { createGuardedLookup, isPublicAddress, NotPublicError } from './public-address.ts'

/** A vendor's document is refused beyond this. */
const MAX_DOCUMENT_BYTES = 32 * 1024 * 1024
const TIMEOUT_MS = 30_000
const MAX_REDIRECTS = 3

/** What is known of the copy at hand (RFC 9110, section 8.8). */
export type Validators = { readonly etag: string | null; readonly lastModified: string | null }

/** A header that proves to the upstream who fetches its document; the value is secret. */
export type DocumentHeader = { readonly name: string; readonly value: string }

/** The upstream's answer: the same document as before, or its bytes. */
export type FetchedDocument =
  | { readonly changed: false }
  | { readonly changed: true; readonly bytes: Buffer; readonly validators: Validators }

/** What is otherwise than for a document that everybody may fetch. */
export type FetchOptions = {
  /** Where the document is not for everybody; never sent to another origin. */
  readonly header?: DocumentHeader | null
  /** How names are resolved; the system's way by default. */
  readonly lookup?: LookupFunction
  /** For everything, redirects and the document's last byte included. */
  readonly timeoutMs?: number
}

/**
 * Fetches a document, unless it is still the one at hand.
 *
 * Only https from the public internet, and http or https from this machine's own loopback, where its
 * host is written as such. A redirect may lead elsewhere on the same origin, three times at most:
 * the document comes from the address that somebody wrote down and reviewed. At most 32 MB, however
 * it is compressed, within 30 seconds.
 *
 * @throws {FetchError} when there is no document to be had
 */
export async function fetchDocument(
  url: string,
  known: Validators,
  { header = null, lookup, timeoutMs = TIMEOUT_MS }: FetchOptions = {},
): Promise<FetchedDocument> {
  const target = checkUrl(url)
  const isAllowed = isLoopbackHost(target) ? isLoopbackAddress : isPublicAddress
  const dispatcher = new Agent({ connect: { lookup: createGuardedLookup(isAllowed, lookup) } })
  try {
    const signal = AbortSignal.timeout(timeoutMs)
    const response = await follow(target, { known, header, dispatcher, signal })
    if (response.status === 304) return { changed: false }
    if (response.status === 401) {
      const hint = 'name the header that it asks for as "header" in source.json'
      throw new FetchError(`${url} is not for everybody`, `${hint}, and set DOCUMENT_CREDENTIAL`)
    }
    if (!response.ok) {
      throw new FetchError(`${url} answered ${response.status}`, 'check the address')
    }
    const validators = {
      etag: response.headers.get('etag'),
      lastModified: response.headers.get('last-modified'),
    }
    return { changed: true, bytes: await readWhole(url, response), validators }
  } finally {
    await dispatcher.destroy()
  }
}

function checkUrl(text: string): URL {
  const url = URL.parse(text)
  if (url === null) throw new FetchError(`${text} is no URL`, 'write a whole https address')
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopbackHost(url))) {
    throw new FetchError(`${text} is not https`, 'use an https address')
  }
  if (url.username !== '' || url.password !== '') {
    throw new FetchError('the address holds a password', 'publish the document without one')
  }
  // For an address, nothing is looked up that could be refused.
  const address = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(address) !== 0 && !isLoopbackHost(url) && !isPublicAddress(address)) {
    throw notPublic(url)
  }
  return url
}

function isLoopbackHost({ hostname }: URL): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

function isLoopbackAddress(address: string): boolean {
  return address === '::1' || address.startsWith('127.')
}

type Sending = {
  readonly known: Validators
  readonly header: DocumentHeader | null
  readonly dispatcher: Agent
  readonly signal: AbortSignal
}

async function follow(target: URL, sending: Sending): Promise<Response> {
  let url = target
  for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
    const response = await send(url, sending)
    if (response.status === 304 || response.status < 300 || response.status > 399) return response
    const location = response.headers.get('location')
    const next = location === null ? null : URL.parse(location, url)
    if (next?.origin !== target.origin || next.username !== '' || next.password !== '') {
      const what = `${target.href} redirects to another host`
      throw new FetchError(what, 'if that is right, write the final address down')
    }
    url = next
  }
  throw new FetchError(`${target.href} redirects without end`, 'write the final address down')
}

async function send(url: URL, { known, header, dispatcher, signal }: Sending): Promise<Response> {
  const { etag, lastModified } = known
  try {
    return await fetch(url, {
      dispatcher,
      signal,
      redirect: 'manual',
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
    if (cause instanceof Error && cause.cause instanceof NotPublicError) throw notPublic(url)
    throw new FetchError(`${url.href} gave no answer`, 'is it reachable from here?', { cause })
  }
}

function notPublic({ href }: URL): FetchError {
  return new FetchError(
    `${href} is not on the public internet`,
    'download the document, and give its file',
  )
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
