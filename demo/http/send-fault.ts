import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from 'koa'
import type { Fault } from './fault-schema.ts'
import { ProblemError, tooManyRequests } from './problem.ts'

/** How long a cut answer is left to travel before the connection is reset. */
const CUT_AFTER_MS = 30

/** An error page as real ones are: markup, a stack and a path that must not leak further. */
const HTML_PAGE = `<!doctype html><html><head><title>500</title></head><body>
<h1>Internal Server Error</h1><pre>Error: connect ECONNREFUSED 10.0.3.7:5432
    at /srv/flowtly/api/pool.js:118:11</pre></body></html>
`

/** Misbehaves as told; `continue` means that the request goes on as if nothing had happened. */
export async function sendFault(ctx: Context, fault: Fault): Promise<'answered' | 'continue'> {
  switch (fault.kind) {
    case 'delay':
      return (await waitFor(ctx, fault.delayMs)) ? 'continue' : 'answered'
    case 'reset':
      ctx.respond = false
      ctx.req.socket.resetAndDestroy()
      return 'answered'
    case 'reset-mid-body':
      return cutAnswer(ctx)
    case 'status':
      throw new ProblemError(fault.status, 'This failure was switched on.', {
        headers: fault.retryAfter === undefined ? {} : { 'Retry-After': String(fault.retryAfter) },
      })
    case 'html-500':
      return answer(ctx, 500, 'text/html; charset=utf-8', HTML_PAGE)
    case 'broken-json':
      return answer(ctx, 200, 'application/json', '{"data":[{"id":"inv_0000')
    case 'endless-body':
      return answer(ctx, 200, 'application/json', Readable.from(writeForever()))
    case 'redirect':
      ctx.set('Location', fault.location)
      return answer(ctx, fault.status, 'text/plain', 'Moved.')
    case 'rate-limit':
      throw tooManyRequests(fault.retryAfter)
  }
}

/** Waits, unless the client leaves earlier; tells whether it is still there. */
async function waitFor(ctx: Context, delayMs: number): Promise<boolean> {
  const leaving = new AbortController()
  ctx.res.once('close', () => leaving.abort())
  try {
    await sleep(delayMs, undefined, { signal: leaving.signal })
    return true
  } catch {
    ctx.respond = false
    return false
  }
}

function answer(
  ctx: Context,
  status: number,
  contentType: string,
  body: string | Readable,
): 'answered' {
  ctx.status = status
  ctx.body = body
  ctx.set('Content-Type', contentType)
  return 'answered'
}

/** Promises more than it sends, and resets the connection in the middle. */
function cutAnswer(ctx: Context): 'answered' {
  ctx.respond = false
  ctx.res.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '4096' })
  ctx.res.write('{"data":[{"id":"inv_0000')
  setTimeout(() => ctx.req.socket.resetAndDestroy(), CUT_AFTER_MS)
  return 'answered'
}

/** Koa destroys the stream when the client disconnects, which ends the loop. */
function* writeForever(): Generator<string> {
  yield '{"data":["'
  for (;;) yield 'x'.repeat(16_384)
}
