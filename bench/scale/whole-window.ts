import { scrape } from '../../test/support/scrape.ts'
import type { ServerProcess } from '../../test/support/server-process.ts'
import type { ConnectedMember } from '../callers/members.ts'
import type { Verdict } from '../ledger/report.ts'
import { loadClosed } from '../load/closed-loop.ts'
import type { Deployment } from './deployment.ts'
import { inTurn, recordShots } from './shots.ts'

const CONNECTIONS = 32
/** Beyond the limit: so many that some would pass if each process counted alone. */
const BEYOND = 200

/**
 * Asks for one member, who has not called before, more often than the limit allows, over all
 * processes at once.
 */
export async function useWholeWindow(
  deployment: Deployment,
  options: {
    readonly servers: readonly ServerProcess[]
    readonly member: ConnectedMember
    readonly limit: number
  },
): Promise<{
  readonly requests: number
  readonly wrong: readonly string[]
  readonly verdict: Verdict
}> {
  const { servers, member, limit } = options
  const proxy = await deployment.startProxy(servers)
  const next = inTurn([member], recordShots(deployment, 2))
  const before = await countFallbacks(servers)
  let passed = 0
  const { requests, wrong } = await loadClosed({
    port: proxy.port,
    connections: CONNECTIONS,
    requests: limit + BEYOND,
    next(index) {
      const { request, isRight } = next(index)
      return {
        request,
        isRight(reply) {
          if (!isRight(reply)) return reply.body.includes('Rate limit exceeded')
          passed += 1
          return true
        },
      }
    },
  })
  const fallbacks = (await countFallbacks(servers)) - before
  return { requests, wrong, verdict: judge({ passed, limit, fallbacks, servers: servers.length }) }
}

/** Where Redis was too slow, each process may have let the limit pass, as docs/operations.md says. */
function judge(figures: {
  readonly passed: number
  readonly limit: number
  readonly fallbacks: number
  readonly servers: number
}): Verdict {
  const { passed, limit, fallbacks, servers } = figures
  const figure = `${passed} of ${limit} over ${servers} processes, which did without Redis ${fallbacks} times`
  const isRight = fallbacks === 0 ? passed === limit : passed <= servers * limit
  return {
    what: 'a window that processes share lets exactly its limit pass',
    figure,
    violations: isRight ? [] : [figure],
  }
}

async function countFallbacks(servers: readonly ServerProcess[]): Promise<number> {
  const figures = await Promise.all(servers.map(({ url }) => scrape(url)))
  return figures.reduce((sum, each) => sum + each.sum('sluice_rate_window_fallbacks_total'), 0)
}
