import { once } from '../once.ts'
import { createRouter, type Router } from './router.ts'

/** What a router's routes are to an app. */
type Routes = ReturnType<Router['routes']>

/** Routes that nobody has loaded until the first request for one of them. */
export type LateRoutes = {
  readonly middleware: Routes
  /** Loads them now, where that has not been done. */
  readonly load: () => Promise<unknown>
}

/**
 * Leaves a part of the server unloaded until somebody visits it: whoever comes meanwhile waits for the
 * same, and after a failure the next one has it tried again.
 *
 * @param options.segments what the paths of these routes begin with, in lower case; `''` is `/`
 * @param options.add gives the routes their addresses
 */
export function lateRoutes(options: {
  readonly segments: readonly string[]
  readonly add: (router: Router) => Promise<void>
}): LateRoutes {
  const segments = new Set(options.segments)
  const load = once(async (): Promise<Routes> => {
    const router = createRouter()
    await options.add(router)
    return router.routes()
  })
  return {
    async middleware(ctx, next) {
      if (!segments.has(firstSegment(ctx.path))) {
        await next()
        return
      }
      const visit = await load()
      await visit(ctx, next)
    },
    load,
  }
}

/** As the router sees it: it does not tell capitals apart, and takes `//` for `/`. */
function firstSegment(path: string): string {
  return (path.split('/', 2)[1] ?? '').toLowerCase()
}
