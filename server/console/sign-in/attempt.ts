import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Context } from '../../http/context.ts'
import type { Seal } from '../../seal.ts'
import { clearCookie, COOKIES, readCookie, setCookie } from '../session/cookies.ts'

const MINUTE_MS = 60_000
/** A sign-in that takes longer begins again. */
const ATTEMPT_MS = 15 * MINUTE_MS
const ID_BYTES = 18
const CONTEXT = 'console-sign-in'

const schema = z.strictObject({
  id: z.string(),
  purpose: z.enum(['open', 'confirm']),
  to: z.string(),
  until: z.number(),
  /** What the identity provider's answer is held against; `null` before the browser went there. */
  memory: z
    .strictObject({ state: z.string(), nonce: z.string(), codeVerifier: z.string() })
    .nullable(),
})

/** One browser that is about to sign in. */
export type Attempt = Readonly<z.output<typeof schema>>

/** What for: to open the console, or to prove once more who is there. */
export type Purpose = Attempt['purpose']

/** Attempts are kept, sealed, in the browser that makes them: nobody has signed in for a record of ours. */
export function createAttempts({ seal, now }: { readonly seal: Seal; readonly now: () => number }) {
  const keep = (ctx: Context, attempt: Attempt): Attempt => {
    setCookie(ctx, COOKIES.signIn, seal.close(JSON.stringify(attempt), CONTEXT))
    return attempt
  }
  /** @returns `null` where the browser has none, or one that is too old */
  function find(ctx: Context): Attempt | null {
    const attempt = open(seal, readCookie(ctx, COOKIES.signIn))
    return attempt !== null && attempt.until > now() ? attempt : null
  }
  return {
    keep,
    /** Two windows of a browser share one, so that neither takes the other's form from it. */
    begin(ctx: Context, purpose: Purpose, to: string): Attempt {
      const under = find(ctx)
      const { id, memory } = under?.purpose === purpose ? under : { id: createId(), memory: null }
      return keep(ctx, { id, memory, purpose, to, until: now() + ATTEMPT_MS })
    },
    find,
    end: (ctx: Context): void => clearCookie(ctx, COOKIES.signIn),
  }
}

function createId(): string {
  return randomBytes(ID_BYTES).toString('base64url')
}

/** Anybody can send any cookie; what is not ours is none. */
function open(seal: Seal, sealed: string | null): Attempt | null {
  if (sealed === null) return null
  try {
    return schema.parse(JSON.parse(seal.open(sealed, CONTEXT)))
  } catch {
    return null
  }
}
