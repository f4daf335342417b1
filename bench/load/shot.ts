import type { Reply } from './connection.ts'

/** One request of a load, ready to be sent. */
export type Shot = {
  readonly request: Buffer
  /** Looks at the answer as cheaply as it can tell a right one. */
  readonly isRight: (reply: Reply) => boolean
}

/** Writes a request to `/mcp` once, for all times that it is sent. */
export function toRequest(headers: Readonly<Record<string, string>>, text: string): Buffer {
  const body = Buffer.from(text)
  const lines = Object.entries({
    host: '127.0.0.1',
    'content-type': 'application/json',
    'content-length': String(body.length),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.concat([Buffer.from(`POST /mcp HTTP/1.1\r\n${lines.join('')}\r\n`), body])
}
