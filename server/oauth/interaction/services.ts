import type { Logger } from 'pino'
import type { AuditLog } from '../../audit/audit-log.ts'
import type { Config } from '../../config.ts'
import type { Pages } from '../../pages/render.ts'
import type { ShowProblem } from '../../pages/show-problem.ts'
import type { Scope } from '../../scopes.ts'
import type { Seal } from '../../seal.ts'
import type { HeldCredentials } from '../../sign-in/held-credential.ts'
import type { FindMember } from '../../sign-in/members.ts'
import type { SignIn } from '../../sign-in/sign-in.ts'
import type { Store } from '../../store/store.ts'
import type { AttemptLimits } from '../../limits/attempt-limits.ts'
import type { Csrf } from '../../pages/csrf.ts'

/** What the sign-in and consent pages work with. */
export type InteractionServices = {
  readonly connectorTitle: string
  readonly scopes: readonly Scope[]
  /** Roles that may approve, in the upstream's words. */
  readonly approverRoles: readonly string[]
  readonly activation: Config['activation']
  readonly store: Store
  readonly audit: AuditLog
  readonly seal: Seal
  readonly signIn: SignIn
  readonly findMember: FindMember
  readonly credentials: HeldCredentials
  readonly limits: AttemptLimits
  readonly pages: Pages
  readonly csrf: Csrf
  readonly log: Logger
  readonly showProblem: ShowProblem
}
