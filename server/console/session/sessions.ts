import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { sha256 } from '../../hash.ts'
import type { Context } from '../../http/context.ts'
import { askAgain } from '../../sign-in/ask-again.ts'
import type { UpstreamCredential } from '../../sign-in/credential.ts'
import type { HeldCredentials } from '../../sign-in/held-credential.ts'
import type { FindMember, Member } from '../../sign-in/members.ts'
import type { ConsoleSession, ConsoleSessionStore } from '../../store/console-sessions.ts'
import { untilAborted } from '../../until-aborted.ts'
import { UpstreamFailure } from '../../upstream/failure.ts'
import { clearCookie, COOKIES, readCookie, setCookie } from './cookies.ts'

const TOKEN_BYTES = 32
/** Whoever loses a role or leaves an organization loses the console as soon as that. */
const RECHECK_MS = 60_000
/** So long the last answer holds where the upstream gives none: access can be switched off meanwhile. */
const UNREACHABLE_MS = 15 * 60_000
/** A page waits no longer for the upstream while the last answer holds. */
const PATIENCE_MS = 3_000

/** A member whose browser has proven itself, and what the upstream says of them. */
export type OpenSession = { readonly row: ConsoleSession; readonly member: Member }

/** The sessions of the console. */
export interface Sessions {
  /** Begins one, under an id that nobody has seen before; the browser's old one ends. */
  start(
    ctx: Context,
    member: Member,
    credential: UpstreamCredential,
  ): Promise<Pick<ConsoleSession, 'id'>>
  /**
   * Finds the one of the browser; the upstream is asked again once a minute.
   *
   * @returns `null` where there is none, or no longer
   * @throws {UpstreamFailure} when the upstream could not tell for a quarter of an hour
   */
  open(ctx: Context): Promise<OpenSession | null>
  end(ctx: Context): Promise<void>
}

/**
 * Makes them over the store.
 *
 * @param options.now milliseconds since the epoch
 */
export function createSessions(options: {
  readonly store: ConsoleSessionStore
  readonly credentials: HeldCredentials
  readonly findMember: FindMember
  readonly now: () => number
}): Sessions {
  const { store, credentials, findMember, now } = options

  async function end(ctx: Context): Promise<void> {
    const token = readCookie(ctx, COOKIES.session)
    if (token !== null) await store.end(sha256(token))
    clearCookie(ctx, COOKIES.session)
  }

  /** @returns `null` where the session has ended */
  async function ask(row: ConsoleSession, requestId: string): Promise<Member | null> {
    const member = await askAgain(row, { credentials, findMember }, requestId)
    if (member?.id !== row.memberId) {
      await store.end(row.id)
      return null
    }
    await store.noteMember(row.id, toColumns(member))
    return member
  }

  async function recheck(row: ConsoleSession, requestId: string): Promise<Member | null> {
    const age = now() - row.checkedAt
    if (age < RECHECK_MS) return toMember(row)
    const asked = ask(row, requestId)
    if (age >= UNREACHABLE_MS) return asked
    const patience = AbortSignal.timeout(PATIENCE_MS)
    try {
      return await untilAborted(asked, patience)
    } catch (error) {
      if (error instanceof UpstreamFailure || patience.aborted) return toMember(row)
      throw error
    }
  }

  return {
    async start(ctx, member, credential) {
      const before = readCookie(ctx, COOKIES.session)
      if (before !== null) await store.end(sha256(before))
      const token = randomBytes(TOKEN_BYTES).toString('base64url')
      const id = sha256(token)
      await store.add({
        id,
        realm: ctx.state.realm.label,
        memberId: member.id,
        ...toColumns(member),
        organizationId: null,
        credential: credentials.seal(id, JSON.stringify(credential)),
      })
      setCookie(ctx, COOKIES.session, token)
      return { id }
    },

    async open(ctx) {
      const token = readCookie(ctx, COOKIES.session)
      const row = token === null ? null : await store.findLive(sha256(token))
      if (row?.realm !== ctx.state.realm.label) return null
      const member = await recheck(row, ctx.state.requestId)
      if (member === null) return null
      await store.touch(row)
      return { row, member }
    },

    end,
  }
}

const organizationsSchema = z.array(
  z.object({ id: z.string(), name: z.string(), role: z.string(), canApprove: z.boolean() }),
)

function toMember({ memberId, memberEmail, memberName, organizations }: ConsoleSession): Member {
  return {
    id: memberId,
    email: memberEmail,
    name: memberName,
    organizations: organizationsSchema.parse(JSON.parse(organizations)),
  }
}

function toColumns({ email, name, organizations }: Member) {
  return {
    memberEmail: email,
    memberName: name,
    organizations: JSON.stringify(organizations),
  }
}
