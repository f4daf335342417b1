import type { Logger } from 'pino'
import type { Docs } from '../../site/docs.ts'
import type { AuditLog } from '../audit/audit-log.ts'
import type { ChainSeal } from '../audit/chain.ts'
import type { Config } from '../config.ts'
import type { AttemptLimits } from '../limits/attempt-limits.ts'
import type { CallFromConsole } from '../mcp/console-call.ts'
import type { Connector } from '../mcp/tool.ts'
import type { Csrf } from '../pages/csrf.ts'
import type { ShowProblem } from '../pages/show-problem.ts'
import type { Seal } from '../seal.ts'
import type { People } from '../sign-in/assemble.ts'
import type { HeldCredentials } from '../sign-in/held-credential.ts'
import type { Store } from '../store/store.ts'
import type { Switchboard } from '../switches/switchboard.ts'
import type { UpstreamStatus } from '../telemetry/status.ts'
import type { Sessions } from './session/sessions.ts'

/** What every part of the console works with. */
export type ConsoleServices = {
  readonly config: Config
  readonly connector: Connector
  /** What the published pages say of each tool. */
  readonly docs: Docs
  readonly store: Store
  readonly audit: AuditLog
  readonly people: People
  readonly sessions: Sessions
  /** The upstream credentials of sessions. */
  readonly sessionCredentials: HeldCredentials
  /** The upstream credentials of grants. */
  readonly grantCredentials: HeldCredentials
  /** What the ends of audit chains are sealed with. */
  readonly chainSeal: ChainSeal
  /** What the console keeps for itself. */
  readonly seal: Seal
  readonly csrf: Csrf
  readonly limits: AttemptLimits
  readonly callTool: CallFromConsole
  /** What is switched off now, as this instance knows it. */
  readonly switchboard: Switchboard
  /** Has every instance look for what was switched; called after each such change. */
  readonly announce: () => Promise<void>
  /** How the upstream is doing, without asking it. */
  readonly upstreamStatus: () => UpstreamStatus
  readonly showProblem: ShowProblem
  readonly log: Logger
  /** Milliseconds since the epoch. */
  readonly now: () => number
}
