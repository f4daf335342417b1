import { isIP } from 'node:net'
import { Agent, fetch as undiciFetch } from 'undici'
import { isRecord } from '../json.ts'
import type { ClientDocumentStore } from '../store/client-documents.ts'
import { createGuardedLookup, isPublicAddress } from './public-address.ts'

/** A document is some hundred bytes; more than oidc-provider takes must not become a good copy. */
const MAX_BYTES = 5 * 1024
const TIMEOUT_MS = 5_000
/** A kept copy is believed this long before the document is asked for again, in seconds. */
const STALE_SECONDS = 60

/** How documents are reached; the defaults are those of production. */
export type OutboundOptions = {
  /** Certificates (PEM) that are trusted instead of the usual ones. */
  readonly ca?: string
  readonly isAllowedAddress?: (address: string) => boolean
}

/** A document that no instance has had before. */
export type SeenDocument = {
  readonly url: string
  /** What the client calls itself there. */
  readonly name: unknown
}

/** Fetches client id metadata documents for oidc-provider, which judges their contents. */
export type FetchClientDocument = (input: string | URL | Request) => Promise<Response>

/**
 * Makes the fetch: https, public addresses, no redirects, small and soon. When the document cannot
 * be had, the last good copy stands in: a client whose vendor is down for an hour would otherwise
 * throw its tokens away.
 */
export function createFetchClientDocument(
  store: ClientDocumentStore,
  {
    ca,
    isAllowedAddress = isPublicAddress,
    onFirstSeen = () => undefined,
  }: OutboundOptions & { readonly onFirstSeen?: (document: SeenDocument) => void } = {},
): FetchClientDocument {
  const agent = new Agent({
    connect: { lookup: createGuardedLookup(isAllowedAddress), ...(ca !== undefined && { ca }) },
    pipelining: 0,
  })

  async function fetchDocument(url: URL): Promise<Response> {
    const hostname = url.hostname.replace(/^\[|\]$/g, '')
    if (url.protocol !== 'https:' || (isIP(hostname) !== 0 && !isAllowedAddress(hostname))) {
      throw new Error('not an https URL on the public internet')
    }
    const answer = await undiciFetch(url, {
      dispatcher: agent,
      headers: { accept: 'application/json' },
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const body = answer.body === null ? null : await readBounded(answer.body.values())
    const hasBody = answer.status >= 200 && ![204, 205, 304].includes(answer.status)
    return new Response(hasBody ? body : null, {
      status: answer.status,
      headers: [...answer.headers],
    })
  }

  async function recall(url: URL): Promise<Response | null> {
    const kept = await store.find(url.href)
    if (kept === null) return null
    const headers = {
      'content-type': 'application/json',
      'cache-control': `max-age=${STALE_SECONDS}`,
    }
    return new Response(kept.body, { headers })
  }

  return async (input) => {
    const url = new URL(input instanceof Request ? input.url : input)
    let answer: Response
    try {
      answer = await fetchDocument(url)
    } catch (error) {
      const kept = await recall(url)
      if (kept === null) throw error
      return kept
    }
    if (answer.status === 429 || answer.status >= 500) return (await recall(url)) ?? answer
    if (answer.status === 200) {
      const body = await answer.clone().text()
      const document = parseDocument(body, url.href)
      if (document !== null && (await store.put(url.href, body))) {
        onFirstSeen({ url: url.href, name: document['client_name'] })
      }
    }
    return answer
  }
}

async function readBounded(chunks: AsyncIterable<Uint8Array>): Promise<Buffer<ArrayBuffer>> {
  const read: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.byteLength
    if (bytes > MAX_BYTES) throw new Error('the document is too large')
    read.push(chunk)
  }
  return Buffer.concat(read)
}

function parseDocument(body: string, id: string): Readonly<Record<string, unknown>> | null {
  try {
    const document: unknown = JSON.parse(body)
    if (!isRecord(document) || document['client_id'] !== id) return null
    return 'redirect_uris' in document ? document : null
  } catch {
    return null
  }
}
