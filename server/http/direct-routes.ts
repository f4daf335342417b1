import type { Context, Middleware } from './context.ts'
import { createPathTable } from './path-table.ts'

/** A fixed path, and the way of every request to it, whatever its method. */
export type DirectRoute = {
  readonly path: string
  readonly chain: readonly Middleware[]
}

/**
 * Answers at fixed paths, and leaves every other to the next middleware. The router would try each
 * of its patterns, and put the chain together anew for every request.
 */
export function directRoutes(routes: readonly DirectRoute[]): Middleware {
  const find = createPathTable(new Map(routes.map((route) => [route.path, route])))
  return function directRoutes(ctx, next) {
    const route = find(ctx.path)
    if (route === undefined) return next()
    ctx.state.route = route.path
    return runChain(route.chain, 0, ctx, next)
  }
}

/** Calls a link of the chain with what follows it. */
function runChain(
  chain: readonly Middleware[],
  index: number,
  ctx: Context,
  next: () => Promise<unknown>,
): Promise<unknown> {
  const link = chain[index]
  if (link === undefined) return next()
  return link(ctx, () => runChain(chain, index + 1, ctx, next))
}
