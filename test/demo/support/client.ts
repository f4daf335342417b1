import { demoAccess } from '../../../demo/access.ts'
import type { Demo } from '../../../demo/server.ts'
import { at, toList, toText } from './json.ts'

/** An answer, read to its end. */
export type Answer = {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Uint8Array
  /** The parsed body; undefined when it is not JSON. */
  readonly json: unknown
}

/** A request as a test states it; an object as the body is sent as JSON. */
export type Asked = {
  readonly method?: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | FormData | object | undefined
}

/** Sends requests with one set of headers. */
export type Client = {
  send(asked: Asked): Promise<Answer>
  get(path: string): Promise<Answer>
  /** Reads a list page by page, or cursor by cursor, to its end. */
  listAll(path: string): Promise<readonly unknown[]>
}

/** Creates a client that sends no credentials, unless they are among the headers. */
export function createClient(demo: Demo, headers: Readonly<Record<string, string>> = {}): Client {
  async function send(asked: Asked): Promise<Answer> {
    const { method = 'GET', path, body } = asked
    const isPlain = body === undefined || typeof body === 'string' || body instanceof FormData
    const response = await fetch(`${demo.url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...headers,
        ...(isPlain ? {} : { 'Content-Type': 'application/json' }),
        ...asked.headers,
      },
      ...(body === undefined ? {} : { body: isPlain ? body : JSON.stringify(body) }),
    })
    const bytes = new Uint8Array(await response.arrayBuffer())
    return { status: response.status, headers: response.headers, bytes, json: parse(bytes) }
  }

  const get = (path: string) => send({ path })

  return {
    send,
    get,
    async listAll(path) {
      const items: unknown[] = []
      let next: string | null = path
      while (next !== null) {
        const { status, json } = await get(next)
        if (status !== 200) throw new Error(`${next}: ${status} ${JSON.stringify(json)}`)
        items.push(...toList(at(json, 'data')))
        next = toNextPath(path, json)
      }
      return items
    },
  }
}

/** A client with an organization's API credentials, acting as one of its members. */
export function createApiClient(
  demo: Demo,
  organization: 'acme' | 'globex' = 'acme',
  email: string = organization === 'acme'
    ? demoAccess.emails.acmeOwner
    : demoAccess.emails.globexOwner,
): Client {
  const { key, secret } = demoAccess.credentials[organization]
  return createClient(demo, { 'X-Api-Key': key, 'X-Api-Secret': secret, 'X-User-Email': email })
}

/** Signs in and returns the session's answer. */
export function signIn(demo: Demo, email: string): Promise<Answer> {
  const body = { email, password: demoAccess.password }
  return createClient(demo).send({ method: 'POST', path: '/sessions', body })
}

/** Signs in and returns a client with the session's token. */
export async function createSessionClient(
  demo: Demo,
  email: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Client> {
  const { json } = await signIn(demo, email)
  return createClient(demo, { Authorization: `Bearer ${toText(at(json, 'token'))}`, ...headers })
}

/** Where a list goes on; `null` at its end, and for lists that come as a whole. */
function toNextPath(path: string, answer: unknown): string | null {
  const separator = path.includes('?') ? '&' : '?'
  const cursor = at(answer, 'nextCursor')
  if (typeof cursor === 'string') return `${path}${separator}cursor=${encodeURIComponent(cursor)}`
  const page = Number(at(answer, 'pagination', 'page'))
  const isMore = page < Number(at(answer, 'pagination', 'pages'))
  return isMore ? `${path}${separator}page=${page + 1}` : null
}

function parse(bytes: Uint8Array): unknown {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return value
  } catch {
    return undefined
  }
}
