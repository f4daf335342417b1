import type { Context } from './context.ts'

/**
 * The route that answers a request: `/oauth/interaction/:uid` and never what stands for `:uid`, which
 * is a secret. `null` where there is none.
 */
export function routeOf(ctx: Context): string | null {
  if (ctx.state.route !== null) return ctx.state.route
  // The router's own word for it.
  const route: unknown = Reflect.get(ctx, '_matchedRoute')
  return typeof route === 'string' ? route : null
}
