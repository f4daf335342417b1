import type { CredentialPlace } from '../mcp/tool.ts'
import type { Secret } from '../secret.ts'
import { ArgumentRefused } from './failure.ts'
import { joinCookies } from './serialize-cookie.ts'
import type { Transport, WireAnswer, WireRequest } from './transport.ts'

/** One credential for every request, and where it goes. */
export type FixedCredential = { readonly place: CredentialPlace; readonly secret: Secret }

/**
 * Answers whether a credential can be carried by its place: header values and cookies hold only
 * visible ASCII (RFC 9110, section 5.5; RFC 6265, section 4.1.1), `Basic` needs a user and a password.
 *
 * @returns what is wrong, as the end of a sentence; `null` where nothing is
 */
export function describeMisfit({ place, secret }: FixedCredential): string | null {
  const value = secret.reveal()
  if (place.in === 'query') return null
  if (place.in === 'cookie') {
    const isCookie = /^[\x21\x23-\x2B\x2D-\x3A\x3C-\x5B\x5D-\x7E]+$/.test(value)
    return isCookie ? null : 'holds a character that no cookie can carry'
  }
  if (isBasic(place.scheme)) {
    return /^[^:]*:/.test(value) ? null : 'must be USER:PASSWORD for the scheme "Basic"'
  }
  const isHeader = /^[\x21-\x7E](?:[\x20-\x7E]*[\x21-\x7E])?$/.test(value)
  return isHeader ? null : 'holds a character that no header can carry'
}

/**
 * Puts a fixed credential into every request at the last moment: whatever judges, describes or logs
 * a request before that has never seen it. An upstream that repeats its own URL, in a link to the
 * next page for example, repeats a credential in the query with it; there it is blotted out again.
 */
export function withFixedCredential(
  transport: Transport,
  { place, secret }: FixedCredential,
): Transport {
  const value = secret.reveal()
  const put = createPut(place, value)
  const blot = place.in === 'query' ? createBlot(place.name, value) : keep

  return {
    exchange: async (request) => blot(await transport.exchange(put(request))),
    close: () => transport.close(),
  }
}

type Put = (request: WireRequest) => WireRequest

function createPut(place: CredentialPlace, value: string): Put {
  if (place.in === 'query') {
    const pair = `${encodeURIComponent(place.name)}=${encodeURIComponent(value)}`
    return (request) => {
      checkQuery(request.target, place.name)
      const separator = request.target.includes('?') ? '&' : '?'
      return { ...request, target: `${request.target}${separator}${pair}` }
    }
  }
  if (place.in === 'cookie') {
    const pair = `${place.name}=${value}`
    return (request) => {
      const cookies = request.headers['cookie']?.split('; ') ?? []
      return { ...request, headers: { ...request.headers, cookie: joinCookies(pair, cookies) } }
    }
  }
  const { name, scheme } = place
  const credentials = isBasic(scheme) ? Buffer.from(value).toString('base64') : value
  const text = scheme === null ? credentials : `${scheme} ${credentials}`
  return (request) => ({ ...request, headers: { ...request.headers, [name.toLowerCase()]: text } })
}

/** Of two credentials with one name, an upstream might take the one that an argument made. */
function checkQuery(target: string, name: string): void {
  const { searchParams } = new URL(target, 'http://h')
  if ([...searchParams.keys()].some((each) => each.toLowerCase() === name.toLowerCase())) {
    throw new ArgumentRefused(null, `must not have a member ${JSON.stringify(name)}`)
  }
}

function isBasic(scheme: string | null): boolean {
  return scheme?.toLowerCase() === 'basic'
}

/** By its whole `name=value`, in every spelling of a URL, so that no other text is changed. */
function createBlot(name: string, value: string): (answer: WireAnswer) => WireAnswer {
  const spellings = (text: string) => [
    text,
    encodeURIComponent(text),
    new URLSearchParams({ '': text }).toString().slice(1),
  ]
  const pairs = spellings(name).flatMap((key) => spellings(value).map((each) => `${key}=${each}`))
  const needles = [...new Set(pairs)].map((pair) => Buffer.from(pair))
  const blotted = Buffer.from(`${encodeURIComponent(name)}=redacted`).toString('latin1')

  return (answer) => {
    const { body } = answer
    const found = needles.filter((needle) => body?.includes(needle))
    if (body === null || found.length === 0) return answer
    const text = found.reduce(
      (rest, needle) => rest.replaceAll(needle.toString('latin1'), () => blotted),
      body.toString('latin1'),
    )
    return { ...answer, body: Buffer.from(text, 'latin1') }
  }
}

function keep(answer: WireAnswer): WireAnswer {
  return answer
}
