import type { ListedApiKey } from '../store/api-keys.ts'
import { defineCommand, type Command } from './command.ts'
import { Refusal } from './failures.ts'
import { createKeyCommand } from './keys-create.ts'
import { findOrganization } from './orgs.ts'
import { quote, toChangeResult, toListResult, toTimeJson, toTimeText } from './output.ts'

/** API keys for scripts, and the keys that access tokens are signed with. */
export const keysCommands: readonly Command[] = [
  defineCommand({
    name: 'keys list',
    isRecorded: false,
    takes: '[--org ID]',
    about: ['API keys, newest first, without the keys themselves: nobody has those any more.'],
    options: { org: { type: 'string' } },
    operands: [0, 0],
    prepare:
      ({ org }) =>
      async (deployment) => {
        const store = await deployment.openStore()
        if (org !== undefined) await findOrganization(store, org)
        const keys = await store.apiKeys.list(org === undefined ? {} : { organizationId: org })
        const at = deployment.now()
        const columns = [
          ['ID', ({ id }: ListedApiKey) => id],
          ['PREFIX', ({ prefix }: ListedApiKey) => prefix],
          ['NAME', ({ name }: ListedApiKey) => name],
          ['ORGANIZATION', ({ organizationId }: ListedApiKey) => organizationId],
          ['MEMBER', ({ memberEmail }: ListedApiKey) => memberEmail],
          ['SCOPES', ({ scopes }: ListedApiKey) => scopes.join(',')],
          ['STATUS', (key: ListedApiKey) => statusOf(key, at)],
          ['EXPIRES (UTC)', ({ expiresAt }: ListedApiKey) => toTimeText(expiresAt) ?? 'never'],
          ['LAST USED', ({ lastUsedAt }: ListedApiKey) => toTimeText(lastUsedAt)],
        ] as const
        return toListResult(keys, columns, (key) => toJson(key, at))
      },
  }),
  createKeyCommand,
  defineCommand({
    name: 'keys revoke',
    isRecorded: true,
    takes: 'ID',
    about: ['Ends one API key; the connection that it acts through stays.'],
    options: {},
    operands: [1, 1],
    prepare:
      (_values, [id = '']) =>
      async (deployment) => {
        const { apiKeys } = await deployment.openStore()
        const key = (await apiKeys.list({})).find((each) => each.id === id)
        if (key === undefined) throw new Refusal(`there is no API key ${quote(id)}`)
        if (!(await apiKeys.revoke(id))) {
          throw new Refusal(`the API key ${quote(id)} is revoked already`)
        }
        const more = `Its connection goes on; to end it: grants revoke ${key.grantId}`
        const fact = {
          type: 'key.revoked',
          outcome: 'success',
          organization: key.organizationId,
          member: key.memberId,
          subject: `key:${id}`,
        } as const
        return toChangeResult(`Revoked ${key.prefix}….`, { revoked: [id] }, [fact], [more])
      },
  }),
  defineCommand({
    name: 'keys rotate',
    isRecorded: true,
    takes: '',
    about: ['Makes a new key that access tokens are signed with; earlier tokens stay good.'],
    options: {},
    operands: [0, 0],
    prepare: () => async (deployment) => {
      const services = await deployment.openServices(await deployment.openStore())
      const { signsFrom, othersVerifyUntil } = await services.keyRing.rotate()
      const until = toTimeJson(othersVerifyUntil)
      return {
        json: { signsFrom: toTimeJson(signsFrom), othersVerifyUntil: until },
        lines: [
          `The new key signs from ${toTimeJson(signsFrom) ?? ''} on.`,
          `The earlier keys verify until ${until ?? ''}.`,
        ],
        notes: ['Running servers notice by themselves within two seconds.'],
        facts: [{ type: 'signing-key.rotated', outcome: 'success' }],
      }
    },
  }),
]

function statusOf({ revokedAt, expiresAt }: ListedApiKey, at: number): string {
  if (revokedAt !== null) return 'revoked'
  return expiresAt !== null && expiresAt <= at ? 'expired' : 'active'
}

function toJson(key: ListedApiKey, at: number) {
  const { id, prefix, name, organizationId, memberEmail, grantId, scopes } = key
  return {
    ...{ id, prefix, name, organizationId, memberEmail, grantId, scopes },
    status: statusOf(key, at),
    createdAt: toTimeJson(key.createdAt),
    expiresAt: toTimeJson(key.expiresAt),
    lastUsedAt: toTimeJson(key.lastUsedAt),
    revokedAt: toTimeJson(key.revokedAt),
  }
}
