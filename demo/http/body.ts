import type { Context } from 'koa'
import type { z } from 'zod'
import { toFieldErrors } from './field-errors.ts'
import { parseMultipart } from './multipart.ts'
import { ProblemError, badRequest, unprocessableAll } from './problem.ts'

const MAX_JSON_BYTES = 1_048_576
const MAX_FORM_BYTES = 5_242_880

/** Reads a request's body into what an operation takes. */
export type BodyReader<Body> = (ctx: Context) => Promise<Body>

/** For operations without a body; one that is sent anyway is not read. */
export function noBody(): Promise<null> {
  return Promise.resolve(null)
}

/**
 * Reads a JSON body of at most 1 MiB by its schema.
 * The reader fails with 415 for another media type, 400 for what is no JSON, 413, and 422.
 */
export function jsonBody<Schema extends z.ZodType>(schema: Schema): BodyReader<z.output<Schema>> {
  return async function readJsonBody(ctx) {
    checkMediaType(ctx, 'application/json')
    const bytes = await readBytes(ctx, MAX_JSON_BYTES)
    return checkBody(parseJson(bytes), schema)
  }
}

/** Reads a multipart form of at most 5 MiB, as parts by name; it fails like `jsonBody`. */
export function formBody<Schema extends z.ZodType>(schema: Schema): BodyReader<z.output<Schema>> {
  return async function readFormBody(ctx) {
    checkMediaType(ctx, 'multipart/form-data')
    const bytes = await readBytes(ctx, MAX_FORM_BYTES)
    const parts = parseMultipart(bytes, ctx.get('Content-Type'))
    if (parts === null) throw malformed('is not a valid multipart form')
    return checkBody(Object.fromEntries(parts), schema)
  }
}

function checkMediaType(ctx: Context, expected: string): void {
  const [mediaType = ''] = ctx.get('Content-Type').split(';')
  if (mediaType.trim().toLowerCase() === expected) return
  throw new ProblemError(415, `The body must be ${expected}.`)
}

async function readBytes(ctx: Context, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of ctx.req) {
    if (!Buffer.isBuffer(chunk)) continue
    length += chunk.length
    // What is too large is read to its end, so that the client gets to see the answer.
    if (length <= maxBytes) chunks.push(chunk)
  }
  if (length <= maxBytes) return Buffer.concat(chunks)
  throw new ProblemError(413, `The body may have at most ${maxBytes} bytes.`)
}

function parseJson(bytes: Buffer): unknown {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return value
  } catch {
    throw malformed('is not valid JSON')
  }
}

function checkBody<Schema extends z.ZodType>(body: unknown, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(body)
  if (!parsed.success) throw unprocessableAll(toFieldErrors(parsed.error, 'body'))
  return parsed.data
}

function malformed(message: string): ProblemError {
  return badRequest([{ in: 'body', name: '', message }])
}
