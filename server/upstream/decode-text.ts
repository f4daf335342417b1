import { isUtf8 } from 'node:buffer'
import type { ContentType } from './content-type.ts'
import { UpstreamFailure } from './failure.ts'

/** An XML declaration is at the very beginning (XML 1.0, section 2.8). */
const DECLARATION_BYTES = 200

/**
 * Decodes a body in the charset that its answer names, or its XML declaration (RFC 7303, section
 * 3), and in UTF-8 where nothing names one. A byte order mark is no part of the text.
 *
 * @throws {UpstreamFailure} with status 502 for an unknown charset, and for bytes that are not in it
 */
export function decodeText(body: Buffer, { mediaType, charset }: ContentType): string {
  const label = charset ?? (isXml(mediaType) ? declaredEncoding(body) : null) ?? 'utf-8'
  try {
    return createDecoder(label).decode(body)
  } catch (error) {
    if (error instanceof UpstreamFailure) throw error
    throw new UpstreamFailure(502, `the answer is not ${label}`, { cause: error })
  }
}

/**
 * Gives a body in UTF-8, without a byte order mark: most are it already, and are not copied.
 *
 * @throws {UpstreamFailure} with status 502 for an unknown charset, and for bytes that are not in it
 */
export function toUtf8(body: Buffer, contentType: ContentType): Buffer {
  const { charset } = contentType
  const isNamedSo = charset === null || charset === 'utf-8' || charset === 'utf8'
  if (!isNamedSo || !isUtf8(body)) return Buffer.from(decodeText(body, contentType))
  return startsWithMark(body) ? body.subarray(3) : body
}

function startsWithMark(body: Buffer): boolean {
  return body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf
}

function createDecoder(label: string): TextDecoder {
  try {
    return new TextDecoder(label, { fatal: true })
  } catch (error) {
    const what = `the answer is in the unknown charset ${JSON.stringify(label.slice(0, 40))}`
    throw new UpstreamFailure(502, what, { cause: error })
  }
}

function isXml(mediaType: string | null): boolean {
  return mediaType !== null && /[/+]xml$/.test(mediaType)
}

function declaredEncoding(body: Buffer): string | null {
  const start = body.subarray(0, DECLARATION_BYTES).toString('latin1')
  return /^<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/i.exec(start)?.[1] ?? null
}
