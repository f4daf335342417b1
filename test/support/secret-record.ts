import { hiddenFields } from './browser-session.ts'
import type { FetchAt } from './fetch-at.ts'

/** Shorter values are found by chance. */
const MIN_CHARS = 12
const JSON_SECRETS = /"(?:access_token|refresh_token|client_secret|token|refreshToken)":"([^"]+)"/g
const FORM_SECRETS = [
  'password',
  'code_verifier',
  'client_secret',
  'code',
  'refresh_token',
  'token',
]
const INTERACTION = /\/oauth\/(?:interaction|authorize)\/([\w-]{20,})/g

/** Secrets that went over the wire, each with what it is. */
export type SecretRecord = {
  readonly kinds: ReadonlyMap<string, string>
  readonly add: (kind: string, value: string) => void
  /** Notes every secret in a request's headers and body. */
  readonly noteRequest: (headers: Headers, body: string) => void
  /** Notes every secret in an answer's headers and body. */
  readonly noteAnswer: (headers: Headers, body: string) => void
}

/** Makes an empty record. */
export function createSecretRecord(): SecretRecord {
  const kinds = new Map<string, string>()

  function add(kind: string, value: string): void {
    if (value.length >= MIN_CHARS && !kinds.has(value)) kinds.set(value, kind)
  }

  function noteJson(body: string): void {
    for (const [match, value = ''] of body.matchAll(JSON_SECRETS)) {
      add(match.split('"')[1] ?? '', value)
    }
  }

  return {
    kinds,
    add,
    noteRequest(headers, body) {
      const [, bearer = ''] = headers.get('authorization')?.split(' ') ?? []
      add('bearer', bearer)
      noteJson(body)
      if (!body.startsWith('{') && !body.startsWith('[')) {
        const form = new URLSearchParams(body)
        for (const name of FORM_SECRETS) add(name, form.get(name) ?? '')
      }
    },
    noteAnswer(headers, body) {
      for (const line of headers.getSetCookie()) {
        const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s)
        add(`cookie ${name}`, value)
      }
      const location = headers.get('location') ?? ''
      for (const [, uid = ''] of location.matchAll(INTERACTION)) add('interaction', uid)
      add('code', URL.parse(location)?.searchParams.get('code') ?? '')
      for (const [name, value] of hiddenFields(body)) if (name === 'csrf') add('csrf', value)
      noteJson(body)
    },
  }
}

/**
 * Sends as before, and notes every secret on the way.
 *
 * @param afterwards runs after every answer
 */
export function recordSecrets(
  send: FetchAt,
  record: SecretRecord,
  afterwards: () => Promise<void>,
): FetchAt {
  return async (url, init = {}) => {
    record.noteRequest(new Headers(init.headers), typeof init.body === 'string' ? init.body : '')
    const { status, headers, ...answer } = await readWhole(await send(url, init))
    record.noteAnswer(headers, answer.text)
    await afterwards()
    return new Response(answer.text === '' ? null : answer.text, { status, headers })
  }
}

async function readWhole(response: Response) {
  const { status, headers } = response
  return { status, headers, text: await response.text() }
}

/** The ways in which a value may be written down: each is one that a search would have to know. */
export function spellingsOf(secret: string): ReadonlySet<string> {
  const bytes = Buffer.from(secret)
  return new Set([
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    new URLSearchParams({ '': secret }).toString().slice(1),
    bytes.toString('hex'),
    ...(['base64', 'base64url'] as const).flatMap((encoding) =>
      [0, 1, 2].map((offset) => {
        // Inside a longer text, the first and the last character also hold bits of its neighbours.
        const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString(encoding)
        const first = Math.ceil((offset * 8) / 6)
        return text.replace(/=+$/, '').slice(first, -1)
      }),
    ),
  ])
}
