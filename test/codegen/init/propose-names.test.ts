import { describe, expect, it } from '@jest/globals'
import { proposeNames, type Nameable } from '../../../codegen/init/propose-names.ts'
import { collisionKey, parseToolName } from '../../../codegen/tool/names.ts'

/** One operation in short: its path, and where they matter its tag, operationId and answer. */
type Short = Partial<Nameable> & { readonly tag?: string }

function nameAll(operations: readonly (readonly [path: string, short: Short | undefined])[]) {
  const names = proposeNames(
    operations.map(([path, { tag, ...rest } = {}]) => ({
      path,
      operationId: null,
      tags: tag === undefined ? [] : [tag],
      isList: null,
      ...rest,
    })),
  )
  return names.map(({ namespace, action }) => `${namespace}.${action}`)
}

type Case = readonly [
  title: string,
  operations: readonly (readonly [path: string, name: string, short?: Short])[],
]

const CASES: readonly Case[] = [
  [
    'a plain API',
    [
      ['/invoices', 'invoices.list'],
      ['/invoices/{id}', 'invoices.get'],
      ['/bank-accounts', 'bankAccounts.list'],
      ['/contracts/{id}/payment-schedule-lines', 'contracts.paymentScheduleLines'],
      ['/contracts/{id}/payment-schedule-lines/{lineId}', 'contracts.paymentScheduleLine'],
      ['/contracts/{id}/download', 'contracts.download'],
      ['/me', 'me.get'],
      ['/search', 'search.find'],
    ],
  ],
  [
    'a version and "api" in front',
    [
      ['/api/v2/dags', 'dags.list'],
      ['/api/v2/dags/{dag_id}', 'dags.get'],
      ['/api/v2/version', 'version.get'],
      ['/rest/2.0/users', 'users.list'],
    ],
  ],
  [
    'tags of good groups, as GitHub has them',
    [
      ['/issues', 'issues.list', { tag: 'issues' }],
      ['/orgs/{org}/issues', 'issues.listForOrg', { tag: 'issues' }],
      ['/repos/{owner}/{repo}/issues', 'issues.listForRepo', { tag: 'issues' }],
      ['/repos/{owner}/{repo}/issues/{number}', 'issues.get', { tag: 'issues' }],
      ['/repos/{owner}/{repo}/labels', 'issues.labels', { tag: 'issues' }],
      ['/repos/{owner}/{repo}', 'repos.get', { tag: 'repos' }],
      ['/repos/{owner}/{repo}/releases/latest', 'repos.latestRelease', { tag: 'repos' }],
      ['/repos/{owner}/{repo}/actions/runs/{id}/logs', 'actions.runLogs', { tag: 'actions' }],
      ['/repos/{owner}/{repo}/actions/jobs/{id}/logs', 'actions.jobLogs', { tag: 'actions' }],
    ],
  ],
  [
    'no tags and groups of nouns, as Stripe has them',
    [
      ['/v1/customers', 'customers.list'],
      ['/v1/customers/{customer}', 'customers.get'],
      ['/v1/customers/{customer}/bank_accounts', 'customers.bankAccounts'],
      ['/v1/customers/{customer}/bank_accounts/{id}', 'customers.bankAccount'],
      ['/v1/customers/search', 'customers.search'],
      ['/v1/balance', 'balance.get', { isList: false }],
      ['/v1/balance/history', 'balance.history'],
      ['/v1/balance/history/{id}', 'balance.historyItem'],
      ['/v1/3d_secure/{id}', 'threeDSecure.get'],
      ['/v1/billing_portal/configurations', 'billingPortal.configurations'],
    ],
  ],
  [
    'tags with versions and paths in lower case, as Kubernetes has them',
    [
      ['/api/v1/pods', 'core.pods', { tag: 'core_v1' }],
      ['/api/v1/namespaces/{namespace}/pods', 'core.namespacePods', { tag: 'core_v1' }],
      ['/api/v1/namespaces/{namespace}/pods/{name}', 'core.pod', { tag: 'core_v1' }],
      ['/api/v1/namespaces/{namespace}/pods/{name}/status', 'core.podStatus', { tag: 'core_v1' }],
      ['/api/v1/nodes/{name}/status', 'core.nodeStatus', { tag: 'core_v1' }],
      [
        '/api/v1/persistentvolumes',
        'core.persistentVolumes',
        { tag: 'core_v1', operationId: 'listCoreV1PersistentVolume' },
      ],
      ['/apis/apps/v1/deployments', 'apps.deployments', { tag: 'apps_v1' }],
      ['/apis/autoscaling/v1/scalers', 'autoscalingV1.scalers', { tag: 'autoscaling_v1' }],
      ['/apis/autoscaling/v2/scalers', 'autoscalingV2.scalers', { tag: 'autoscaling_v2' }],
    ],
  ],
  [
    'one account above everything and names of formats, as Twilio has them',
    [
      ['/2010-04-01/Accounts.json', 'accounts.list'],
      ['/2010-04-01/Accounts/{Sid}.json', 'accounts.get'],
      ['/2010-04-01/Accounts/{AccountSid}/Balance.json', 'accounts.balance'],
      ['/2010-04-01/Accounts/{AccountSid}/Calls.json', 'calls.list'],
      ['/2010-04-01/Accounts/{AccountSid}/Calls/{Sid}.json', 'calls.get'],
      ['/2010-04-01/Accounts/{AccountSid}/Calls/{CallSid}/Events.json', 'calls.events'],
      ['/2010-04-01/Accounts/{AccountSid}/Messages.json', 'messages.list'],
      ['/2010-04-01/Accounts/{AccountSid}/Messages/{Sid}/Media.json', 'messages.media'],
      ['/2010-04-01/Accounts/{AccountSid}/Messages/{Sid}/Media/{M}.json', 'messages.mediaItem'],
    ],
  ],
  [
    'calls for paths, as Slack has them',
    [
      ['/conversations.list', 'conversations.list'],
      ['/conversations.history', 'conversations.history'],
      ['/users.profile.get', 'users.profile'],
      ['/users.getPresence', 'users.getPresence'],
      ['/admin.apps.approved.list', 'admin.approvedApps'],
      ['/admin.teams.list', 'admin.teams'],
      ['/reactions.get', 'reactions.get'],
      ['/reactions.list', 'reactions.list'],
    ],
  ],
  [
    'singular nouns, as Jira has them',
    [
      ['/api/2/issue/{key}', 'issue.get'],
      ['/api/2/issue/{key}/comment', 'issue.comments'],
      ['/api/2/issue/{key}/comment/{id}', 'issue.comment'],
      ['/api/2/priority', 'priority.list'],
      ['/api/2/priority/{id}', 'priority.get'],
      ['/api/2/field', 'field.list', { isList: true }],
      ['/api/2/workflow/api/2/transitions/{id}/properties', 'workflow.properties'],
    ],
  ],
  [
    'paths that are told apart behind "#", as Box has them',
    [
      ['/files/{file_id}', 'files.get'],
      ['/files/{file_id}#get_shared_link', 'files.sharedLink'],
      ['/files/{file_id}/thumbnail.{extension}', 'files.thumbnail'],
      ['/folders/{folder_id}/items', 'folders.items'],
    ],
  ],
  [
    'items that differ in their argument',
    [
      ['/webhooks/{id}', 'webhooks.get', { operationId: 'get_webhook' }],
      ['/webhooks/{id}/{token}', 'webhooks.getByToken', { operationId: 'get_webhook' }],
    ],
  ],
]

describe('proposed names', () => {
  it.each(CASES)('are the ones a person would choose for %s', (_title, operations) => {
    const names = nameAll(operations.map(([path, , short]) => [path, short]))

    expect(operations.map(([path], index) => [path, names[index]])).toEqual(
      operations.map(([path, name]) => [path, name]),
    )
  })

  it.each(CASES)('do not hang on the order of the operations: %s', (_title, operations) => {
    const turned = operations.toReversed()

    const names = nameAll(turned.map(([path, , short]) => [path, short]))

    expect(names.toReversed()).toEqual(operations.map(([, name]) => name))
  })

  it('are tool names, and differ in both spellings, whatever the document is like', () => {
    const hostile = [
      '/',
      '/{id}',
      '/{id}/{other}',
      '/a/b',
      '/A/B',
      '/a_b',
      '/a-b/{id}',
      '/a.b/{c}',
      '/źródło/{id}',
      '/日本',
      '/__proto__',
      '/constructor/prototype',
      '/%7Bx%7D',
      `/${'very-long-segment-'.repeat(8)}`,
      `/${'very-long-segment-'.repeat(8)}/{id}`,
      `/x/${'very-long-segment-'.repeat(8)}`,
      '/list',
      '/get',
      '/list/{id}',
      '/v1',
      '/api',
      '/1/2/3',
    ]
    const names = nameAll([...hostile, ...hostile].map((path) => [path, {}]))

    expect(names.filter((name) => parseToolName(name) === null)).toEqual([])
    expect(new Set(names.map(collisionKey)).size).toBe(names.length)
  })
})
