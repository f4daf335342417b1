import Provider, { errors } from 'oidc-provider'
import type { Logger } from 'pino'
import type { AuditLog } from '../audit/audit-log.ts'
import type { AuditFact } from '../audit/event.ts'
import { parseClientName } from '../client-name.ts'
import type { Config } from '../config.ts'
import type { Connector } from '../mcp/tool.ts'
import { createPages } from '../pages/render.ts'
import { sendPage } from '../pages/send-page.ts'
import { expired, refusedByServer, serverError } from '../pages/texts.ts'
import type { ProblemText } from '../pages/views.ts'
import type { Realm } from '../realm.ts'
import { listScopes } from '../scopes.ts'
import { createSeal, deriveKey } from '../seal.ts'
import type { Secret } from '../secret.ts'
import type { People } from '../sign-in/assemble.ts'
import type { HeldCredentials } from '../sign-in/held-credential.ts'
import type { Store } from '../store/store.ts'
import { UpstreamFailure } from '../upstream/failure.ts'
import { createAttemptLimits, type AttemptLimits } from '../limits/attempt-limits.ts'
import {
  createFindAuthorizationServer,
  type FindAuthorizationServer,
} from './authorization-servers.ts'
import {
  createFetchClientDocument,
  type OutboundOptions,
  type SeenDocument,
} from './client-documents.ts'
import { createCsrf } from '../pages/csrf.ts'
import type { InteractionOptions } from './interaction/pages.ts'
import { createShowProblem, type ShowProblem } from '../pages/show-problem.ts'
import type { ProviderOptions, Refusal } from './provider.ts'
import { createRecheckMember } from './recheck-member.ts'
import { requestOf } from './record-outcomes.ts'
import type { KeyRing } from './signing-keys.ts'

/** What the authorization server stands on. */
export type OauthOptions = {
  readonly config: Config
  readonly connector: Connector
  readonly store: Store
  readonly audit: AuditLog
  readonly secretKey: Secret
  readonly keyRing: KeyRing
  /** `null` where nobody signs in: there is nothing to authorize then, and a page says so. */
  readonly people: People | null
  readonly credentials: HeldCredentials
  /** Signs the authorization server's cookies. */
  readonly cookieKey: string
  /** Paths at which the connector answers. */
  readonly mcpPaths: readonly string[]
  readonly outbound: OutboundOptions
  readonly log: Logger
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** The parts of the authorization server that `app.ts` gives addresses to. */
export type Oauth = {
  readonly find: FindAuthorizationServer
  readonly limits: AttemptLimits
  readonly audit: AuditLog
  /** Names of all scopes. */
  readonly scopes: readonly string[]
  readonly showProblem: ShowProblem
  /** `null` where nobody signs in. */
  readonly interaction: InteractionOptions | null
}

/** Puts the authorization server together: its protocol, its pages, and what they ask the upstream. */
export function assembleOauth(options: OauthOptions): Oauth {
  const { config, connector, store, audit, log, now, credentials, people } = options
  const pages = createPages({ title: connector.title })
  const scopes = listScopes(connector)
  const limits = createAttemptLimits({ attempts: store.attempts, now })
  const secretKey = Buffer.from(options.secretKey.reveal(), 'base64')
  const settings = createSettings(options, limits, (ctx, refusal) => {
    const text = toText(refusal)
    const reference = ctx.get('x-request-id')
    sendPage(ctx, ctx.status, pages.problem({ ...text, reference, action: null }))
  })
  const find = createFindAuthorizationServer({ keyRing: options.keyRing, settings, audit, log })
  const showProblem = createShowProblem(pages)
  return {
    find,
    limits,
    audit,
    scopes: scopes.map(({ name }) => name),
    showProblem,
    interaction: people && {
      connectorTitle: connector.title,
      scopes,
      approverRoles: people.approvers,
      activation: config.activation,
      store,
      audit,
      seal: createSeal(secretKey, 'interaction'),
      signIn: people.signIn,
      findMember: people.findMember,
      credentials,
      limits,
      pages,
      csrf: createCsrf(deriveKey(secretKey, 'csrf')),
      log,
      providerOf: async (realm) => (await find(realm)).provider,
      showProblem,
    },
  }
}

function toText(refusal: Refusal | null): ProblemText {
  if (refusal === null) return expired()
  return refusal.error === 'server_error' ? serverError() : refusedByServer(refusal)
}

/** What all realms have in common, and what each has of its own. */
function createSettings(
  options: OauthOptions,
  limits: AttemptLimits,
  renderError: ProviderOptions['renderError'],
): (realm: Realm) => Omit<ProviderOptions, 'realm' | 'keys'> {
  const { config, connector, store, credentials, people, log } = options
  const { grants } = store
  const recheckMember =
    people && createRecheckMember({ grants, credentials, findMember: people.findMember })
  const fetchClientDocument = createFetchClientDocument(store.clientDocuments, {
    ...options.outbound,
    onFirstSeen: (document) => options.audit.record(toRegistered(document)),
  })
  const scopes = listScopes(connector).map(({ name }) => name)

  return ({ issuer }) => ({
    store,
    scopes,
    resourceAliases: options.mcpPaths.flatMap((path) => [`${issuer}${path}`, `${issuer}${path}/`]),
    cookieKey: options.cookieKey,
    accessTokenTtlSeconds: config.accessTokenTtlSeconds,
    refreshTokenTtlSeconds: config.refreshTokenTtlSeconds,
    graceMs: config.refreshGraceSeconds * 1000,
    fetchClientDocument,
    mayFetchDocument: async (ctx) => (await limits.count('document-address', ctx.ip)) === 0,
    async isAlive(grantId, ctx) {
      const grant = await grants.findLive(grantId)
      if (grant === null || recheckMember === null) return false
      if (ctx.oidc.params?.['grant_type'] !== 'refresh_token') return true
      try {
        return await recheckMember(grant, ctx.get('x-request-id'))
      } catch (error) {
        if (!(error instanceof UpstreamFailure)) throw error
        log.warn({ event: 'recheck_unavailable', grant: grantId, reason: error.message })
        throw unavailable()
      }
    },
    renderError,
    now: options.now,
  })
}

/** What is on record of a client that publishes its own document, once the document was had. */
function toRegistered({ url, name }: SeenDocument): AuditFact {
  const { ctx } = Provider
  return {
    type: 'client.registered',
    outcome: 'success',
    ...(ctx !== undefined && requestOf(ctx)),
    clientId: url,
    clientName: parseClientName(name),
    subject: `client:${url}`,
  }
}

/** Nothing is spent: the same refresh token works once the upstream answers again. */
function unavailable(): Error {
  const what = 'the upstream cannot confirm the membership now, try again'
  return Object.assign(new errors.TemporarilyUnavailable(what), { status: 503, statusCode: 503 })
}
