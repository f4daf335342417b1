import { createChainSeal } from '../audit/chain.ts'
import type { Config } from '../config.ts'
import { createAttemptLimits } from '../limits/attempt-limits.ts'
import type { Connector } from '../mcp/tool.ts'
import { createCsrf } from '../pages/csrf.ts'
import { createPages } from '../pages/render.ts'
import { createShowProblem } from '../pages/show-problem.ts'
import { createSeal, deriveKey } from '../seal.ts'
import type { Services } from '../services.ts'
import type { People } from '../sign-in/assemble.ts'
import { createHeldCredentials } from '../sign-in/held-credential.ts'
import type { ConsoleServices } from './services.ts'
import { createSessions } from './session/sessions.ts'

/** What the console stands on. */
export type ConsoleOptions = {
  readonly config: Config
  readonly connector: Connector
  readonly services: Services & { readonly people: People }
} & Pick<
  ConsoleServices,
  'audit' | 'docs' | 'log' | 'switchboard' | 'announce' | 'upstreamStatus' | 'callTool'
>

/** Puts together what every part of the console works with. */
export function assembleConsole(options: ConsoleOptions): ConsoleServices {
  const { config, connector, services, audit, log } = options
  const { docs, switchboard, announce, upstreamStatus, callTool } = options
  const { store, people, now } = services
  const secretKey = Buffer.from(services.secretKey.reveal(), 'base64')
  const sessionCredentials = createHeldCredentials({
    ...{ kind: 'console-session', holders: store.consoleSessions },
    seal: createSeal(secretKey, 'console-sessions'),
    renew: people.signIn.renew,
    upstreamTimeoutMs: config.upstreamTimeoutMs,
  })
  return {
    ...{ config, connector, store, audit, people, log, now },
    ...{ docs, switchboard, announce, upstreamStatus, callTool },
    sessions: createSessions({
      store: store.consoleSessions,
      credentials: sessionCredentials,
      findMember: people.findMember,
      now,
    }),
    sessionCredentials,
    grantCredentials: services.credentials,
    chainSeal: createChainSeal(secretKey),
    seal: createSeal(secretKey, 'console'),
    csrf: createCsrf(deriveKey(secretKey, 'csrf')),
    limits: createAttemptLimits({ attempts: store.attempts, now }),
    showProblem: createShowProblem(createPages({ title: connector.title })),
  }
}
