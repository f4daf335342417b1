import type { Logger } from 'pino'
import type { AuditLog } from '../../audit/audit-log.ts'
import type { Config } from '../../config.ts'
import type { Context } from '../../http/context.ts'
import type { Pages } from '../../pages/render.ts'
import type { ProblemText } from '../../pages/views.ts'
import type { Scope } from '../../scopes.ts'
import type { Seal } from '../../seal.ts'
import type { GrantCredentials } from '../../sign-in/grant-credential.ts'
import type { FindMember } from '../../sign-in/members.ts'
import type { SignIn } from '../../sign-in/sign-in.ts'
import type { Store } from '../../store/store.ts'
import type { AttemptLimits } from '../attempt-limits.ts'
import type { Csrf } from './csrf.ts'

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
  readonly credentials: GrantCredentials
  readonly limits: AttemptLimits
  readonly pages: Pages
  readonly csrf: Csrf
  readonly log: Logger
  readonly showProblem: ShowProblem
}

/** Answers with a page that says what happened and what to do. */
export type ShowProblem = (ctx: Context, status: number, text: ProblemText) => void
