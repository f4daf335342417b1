import { STATUS_CODES } from 'node:http'
import type { Context, Middleware } from 'koa'

/** One value that was refused, and where it stood. */
export type FieldError = {
  readonly in: 'query' | 'header' | 'path' | 'body'
  /** The parameter's name, or a JSON Pointer into the body. */
  readonly name: string
  readonly message: string
}

type ProblemOptions = {
  readonly errors?: readonly FieldError[]
  readonly headers?: Readonly<Record<string, string>>
}

/** A planned error; the boundary answers it as a problem document (RFC 9457). */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly status: number
  readonly errors: readonly FieldError[]
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, detail: string, { errors = [], headers = {} }: ProblemOptions = {}) {
    super(detail)
    this.status = status
    this.errors = errors
    this.headers = headers
  }
}

/** 400 for values that were refused; the detail names the first of them. */
export function badRequest(errors: readonly FieldError[]): ProblemError {
  return new ProblemError(400, toDetail(errors), { errors })
}

/** 401 with the challenge that RFC 9110 (section 11.6.1) requires. */
export function unauthorized(detail: string): ProblemError {
  return new ProblemError(401, detail, {
    headers: { 'WWW-Authenticate': 'Bearer realm="Flowtly"' },
  })
}

/** 404 for a record that this organization does not have. */
export function notFound(kind: string, id: string): ProblemError {
  return new ProblemError(404, `There is no ${kind} "${id}".`)
}

/** 409 for a state or a taken value that stands in the way. */
export function conflict(detail: string): ProblemError {
  return new ProblemError(409, detail)
}

/** 422 for one value of the body that is well formed, but not possible. */
export function unprocessable(pointer: string, message: string): ProblemError {
  return unprocessableAll([{ in: 'body', name: pointer, message }])
}

/** 422 for several values of the body. */
export function unprocessableAll(errors: readonly FieldError[]): ProblemError {
  return new ProblemError(422, toDetail(errors), { errors })
}

/** 429; the caller may come back after the given number of seconds, or at the given date. */
export function tooManyRequests(retryAfter: number | string): ProblemError {
  return new ProblemError(429, 'Too many requests with these credentials.', {
    headers: { 'Retry-After': String(retryAfter) },
  })
}

/** Turns every error into a problem document; those nobody planned for are told to the log only. */
export function answerProblems(log: (line: string) => void): Middleware {
  return async function answerProblems(ctx, next) {
    try {
      await next()
    } catch (error) {
      if (error instanceof ProblemError) return answerProblem(ctx, error)
      log(`demo: ${ctx.method} ${ctx.path}: ${error instanceof Error ? error.message : 'failed'}`)
      answerProblem(ctx, new ProblemError(500, 'Something went wrong on our side.'))
    }
  }
}

function answerProblem(ctx: Context, problem: ProblemError): void {
  ctx.status = problem.status
  ctx.set(problem.headers)
  ctx.body = JSON.stringify({
    type: 'about:blank',
    title: STATUS_CODES[problem.status] ?? 'Error',
    status: problem.status,
    detail: problem.message,
    ...(problem.errors.length > 0 ? { errors: problem.errors } : {}),
  })
  ctx.set('Content-Type', 'application/problem+json')
}

function toDetail(errors: readonly FieldError[]): string {
  const [first] = errors
  if (first === undefined) return 'The request is not valid.'
  const place = { query: 'Query parameter', header: 'Header', path: 'Path parameter', body: 'Body' }
  return `${place[first.in]} "${first.name}": ${first.message}`
}
