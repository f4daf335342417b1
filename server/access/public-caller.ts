import type { Middleware } from '../http/context.ts'
import type { Identity } from './identity.ts'

/** Lets everybody pass, as nobody: where only what needs no token is offered. */
export function publicCaller(): Middleware {
  return async function publicCaller(ctx, next) {
    ctx.state.identity = NOBODY
    await next()
  }
}

/** Nobody in particular: the upstream is shown no credential and no organization. */
const NOBODY: Identity = {
  member: { id: '', email: '', name: '' },
  organization: { id: '', name: '', role: '', status: 'active' },
  kind: 'public',
  scopes: null,
  client: null,
  credential: {
    open: () => ({}),
    renew: () => Promise.resolve(null),
    end: () => Promise.resolve(),
  },
}
