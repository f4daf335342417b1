import type { CallToolResult } from '@modelcontextprotocol/server'
import type { UpstreamAnswer } from '../upstream/judge-answer.ts'

type Content = CallToolResult['content']

/** What every client that shows pictures can show; others go as resources. */
const IMAGE_TYPES = ['image/gif', 'image/jpeg', 'image/png', 'image/webp']

/**
 * Writes a file as MCP content: an image or audio block where clients have one, else an embedded
 * resource; and beside it, as JSON, what it is, for models that cannot look into it.
 *
 * @param uri names the resource; it need not lead anywhere
 */
export function toFileContent(
  { mediaType, fileName, body }: Extract<UpstreamAnswer, { kind: 'binary' }>,
  uri: string,
): Content {
  const facts = JSON.stringify({ contentType: mediaType, bytes: body.length, fileName })
  return [toFileBlock(mediaType, body.toString('base64'), uri), { type: 'text', text: facts }]
}

/** Tells of a file that is too large to be passed on, and where it is. */
export function toLargeFileContent({
  mediaType,
  fileName,
  bytes,
  url,
}: Extract<UpstreamAnswer, { kind: 'large' }>): Content {
  const facts = {
    contentType: mediaType,
    bytes,
    fileName,
    link: url,
    note: 'The file is too large to be passed on. The link has to be opened with the access that the member has of their own.',
  }
  return [{ type: 'text', text: JSON.stringify(facts) }]
}

/** Writes `connector://namespace/action?arguments`: the same call has the same URI. */
export function toResourceUri(
  connector: string,
  toolName: string,
  args: Readonly<Record<string, unknown>>,
): string {
  const query = Object.entries(args)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${encode(key)}=${encode(toText(value))}`)
    .join('&')
  const path = toolName.split('.').map(encode).join('/')
  return `${connector}://${path}${query === '' ? '' : `?${query}`}`
}

/** Writes a file's bytes as clients can best show them. */
export function toFileBlock(mediaType: string, data: string, uri: string): Content[number] {
  if (IMAGE_TYPES.includes(mediaType)) return { type: 'image', data, mimeType: mediaType }
  if (mediaType.startsWith('audio/')) return { type: 'audio', data, mimeType: mediaType }
  return { type: 'resource', resource: { uri, mimeType: mediaType, blob: data } }
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}
