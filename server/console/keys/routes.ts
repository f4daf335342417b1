import { compileTemplates } from '../../pages/compile-templates.ts'
import { toDisplayText, toQuotedName } from '../../pages/display-text.ts'
import type { UpstreamCredential } from '../../sign-in/credential.ts'
import { confirmChange } from '../confirm-change.ts'
import { FRAME_PARTIALS } from '../frame.ts'
import { forApprovers, type ConsoleRoute } from '../route.ts'
import type { ConsoleServices } from '../services.ts'
import { notHere } from '../texts.ts'
import type { OrganizationVisit } from '../visit.ts'
import { isLive, toKeyView } from './key-view.ts'
import { makeKey } from './make-key.ts'
import { createNewKeyPage } from './new-key-page.ts'
import { checkWish, readWish } from './wish.ts'

const KEYS = '/console/keys'
const FOLDER = new URL('./', import.meta.url)

/** Of a service: it sends its operator's own credential for everybody, so the key needs none. */
const NO_CREDENTIAL: UpstreamCredential = { kind: 'headers', headers: {} }

/** An organization's keys for scripts. */
export function keysRoutes(services: ConsoleServices): readonly ConsoleRoute[] {
  const { connector, store, now } = services
  const { apiKeys, grants } = store
  const template = compileTemplates({
    partials: [...FRAME_PARTIALS, { folder: FOLDER, names: ['key-facts'] }],
    folder: FOLDER,
    names: ['keys', 'new-key'],
  })
  const newKeyPage = createNewKeyPage(template('new-key'), connector)
  const isService = connector.upstream.login.kind === 'service'

  /** Another organization's is as good as none. */
  async function findLive({ organization, params }: OrganizationVisit) {
    const key = await apiKeys.find(organization.id, params['id'] ?? '')
    return key !== null && isLive(key, now()) ? key : null
  }

  /** A connection that was made for a key ends with the last key that it has. */
  async function endOwnGrant(organizationId: string, grantId: string): Promise<void> {
    const grant = await grants.find(grantId)
    const keys = await apiKeys.list({ organizationId })
    const isUsed = keys.some((key) => key.grantId === grantId && isLive(key, now()))
    if (grant?.clientId === null && !isUsed) await grants.endOf(organizationId, grantId, 'revoked')
  }

  return [
    forApprovers('GET', KEYS, 'keys', async ({ organization }) => {
      const keys = await apiKeys.list({ organizationId: organization.id })
      const toViews = (some: typeof keys) => some.map((key) => toKeyView(key, connector, now()))
      const live = toViews(keys.filter((key) => isLive(key, now())))
      const dead = toViews(keys.filter((key) => !isLive(key, now())))
      return {
        kind: 'page',
        template: template('keys'),
        heading: 'API keys',
        context: {
          live,
          none: live.length === 0 ? ['There is no key that works.'] : [],
          dead: dead.length === 0 ? [] : [{ count: dead.length, keys: dead }],
        },
      }
    }),

    forApprovers('GET', `${KEYS}/new`, 'keys', () => Promise.resolve(newKeyPage.open())),

    forApprovers('POST', KEYS, 'keys', async (visit) => {
      const wish = readWish(visit.form, connector)
      const checked = checkWish(wish, now())
      if ('problem' in checked) return newKeyPage.mend(wish, checked.problem)
      const pending = {
        kind: 'create-key',
        organizationId: visit.organization.id,
        name: wish.name,
        scopes: wish.scopes.slice(),
        expiresAt: checked.expiresAt,
      } as const
      if (isService) return makeKey(services, visit, pending, NO_CREDENTIAL)
      return { kind: 'confirm', pending }
    }),

    forApprovers('GET', `${KEYS}/:id/revoke`, 'keys', async (visit) => {
      const key = await findLive(visit)
      if (key === null) return NONE
      return confirmChange({
        heading: `Revoke the key ${toDisplayText(key.name)}?`,
        consequences: [
          `Whatever uses the key ${toQuotedName(key.name)} (${key.prefix}…) is refused from this moment on.`,
          'A key that was revoked cannot be used again; you can make another one.',
        ],
        change: 'Revoke the key',
        keep: 'Keep it',
        back: KEYS,
      })
    }),

    forApprovers('POST', `${KEYS}/:id/revoke`, 'keys', async (visit) => {
      const key = await findLive(visit)
      if (key === null) return NONE
      if (await apiKeys.revokeOf(visit.organization.id, key.id)) {
        visit.record({ type: 'key.revoked', outcome: 'success', subject: `key:${key.id}` })
      }
      await endOwnGrant(visit.organization.id, key.grantId)
      return { kind: 'go', to: KEYS, notice: `The key ${toQuotedName(key.name)} is revoked.` }
    }),
  ]
}

const NONE = {
  kind: 'problem',
  status: 404,
  text: notHere('key'),
  action: { href: KEYS, label: 'API keys' },
} as const
