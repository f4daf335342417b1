import { describe, expect, it } from '@jest/globals'
import { isSignIn, judgeChange, judgeStream } from '../../../codegen/init/suspicious.ts'

/** Path, operationId, summary. */
type Row = readonly [path: string, operationId: string, summary: string]

function toTexts([path, operationId, summary]: Row) {
  return { path, operationId: operationId === '' ? null : operationId, tags: [], summary }
}

const CHANGING: readonly Row[] = [
  ['/auth/logout', 'logout', 'Logout'],
  ['/auth/logout', '', ''],
  ['/sessions/current', 'x', 'Log out of the current session'],
  ['/auth.revoke', 'auth_revoke', 'Revokes a token.'],
  ['/apps.uninstall', 'apps_uninstall', 'Uninstalls your app from a workspace.'],
  ['/views.publish', 'views_publish', 'Publish a static view for a User.'],
  ['/dialog.open', 'dialog_open', 'Open a dialog with a user'],
  ['/rtm.connect', 'rtm_connect', 'Starts a Real Time Messaging session.'],
  ['/oauth.access', 'oauth_access', 'Exchanges a temporary code for an access token.'],
  ['/monitoring/jmx/startExposing', 'start', ''],
  ['/orders/{id}/cancel', 'cancelOrder', 'Cancels an order'],
  ['/orders/{id}/cancel', '', ''],
  ['/users/{id}/reset-password', '', ''],
  ['/orders/mark-as-read', '', ''],
  ['/newsletter/unsubscribe', '', ''],
  ['/jobs/{id}/run', 'runJob', ''],
  ['/jobs/{id}/run', '', 'Run the job'],
  ['/items/{id}', 'removeItem', ''],
  ['/x', 'y', 'This endpoint permanently deletes a thing'],
  ['/x', 'y', 'Use this endpoint to approve an invoice'],
  ['/x', 'y', 'Allows you to cancel a subscription'],
  ['/x', 'y', 'Gracefully restarts the server'],
  ['/x', 'usersActivateUser', 'Activate a user'],
  ['/presence', 'setPresence', ''],
  ['/projects/{id}/archive', '', 'Archive a project'],
  ['/messages/send', '', 'Send'],
]

const READING: readonly Row[] = [
  ['/deleted-items', 'getDeletedItems', 'Deleted items'],
  ['/emails/sent', 'listSent', 'List sent emails'],
  ['/worklog/deleted', 'getIdsOfWorklogsDeletedSince', ''],
  ['/start-date', 'startDate', ''],
  ['/runs', 'listRuns', 'Run history'],
  ['/runs/{id}', 'getRun', ''],
  ['/imports/{id}', 'imports_get', 'Import status'],
  ['/cancellations', 'listCancellations', ''],
  ['/accounts/{id}/charges', 'ChargeList', 'Charge list'],
  ['/refunds', 'GetRefunds', 'Returns a list of all refunds.'],
  ['/repos/{repo}/pulls/{number}/merge', 'pulls/check', 'Check if a pull request was merged'],
  ['/guilds/{id}/prune', 'preview_prune_guild', ''],
  ['/issue/{id}/subtask/move', 'canMoveSubTask', ''],
  ['/images/get', 'ImageGetAll', 'Export several images'],
  ['/subscriptions/{id}/schedule', '', 'Get the schedule to cancel'],
  ['/api.test', 'api_test', 'Checks API calling code.'],
  ['/x', 'y', 'Use this endpoint to list all things'],
  ['/x', 'y', 'Set of rules'],
  ['/locks', 'listLocks', 'Lock status of the door'],
  ['/contracts', 'listContracts', ''],
  ['/archive', '', ''],
  ['/contracts/{id}/schedule', '', ''],
  ['/orders/open', '', ''],
  ['/pods/{name}/log', '', ''],
]

describe('what looks as if it changed something', () => {
  it.each(CHANGING)('%s (%s) "%s" is told with the word that says so', (...row) => {
    expect(judgeChange(toTexts(row))).toMatch(
      /^its (?:text begins with|operationId says|path ends in) "/,
    )
  })

  it.each(READING)('%s (%s) "%s" is a read', (...row) => {
    expect(judgeChange(toTexts(row))).toBeNull()
  })
})

describe('what never answers', () => {
  it.each<Row>([
    ['/api/v1/watch/pods', 'watchPodList', 'watch individual changes to a list of Pod'],
    ['/containers/{id}/attach/ws', 'ContainerAttachWebsocket', 'Attach to a container'],
    ['/pods/{name}/exec', 'connectPodExec', 'connect GET requests to exec of Pod'],
    ['/events/stream', 'get_stream_events', 'Get Stream Events'],
    ['/events', 'SystemEvents', 'Monitor events'],
  ])('%s (%s) "%s" is a stream', (...row) => {
    expect(judgeStream(toTexts(row))).not.toBeNull()
  })

  it.each<Row>([
    ['/streams/{id}', 'getStream', 'Get a stream'],
    ['/snapshot', 'stream_shard_snapshot', 'Download shard snapshot'],
    ['/watchers', 'listWatchers', 'List watchers'],
    ['/connections', 'listConnections', 'List connections'],
  ])('%s (%s) "%s" is none', (...row) => {
    expect(judgeStream(toTexts(row))).toBeNull()
  })
})

it.each([
  ['/authorize', true],
  ['/oauth/login', true],
  ['/sso/sign-in', true],
  ['/logins', false],
  ['/login-events', false],
  ['/callbacks/{id}', false],
])('%s belongs to signing in: %s', (path, expected) => {
  expect(isSignIn({ path })).toBe(expected)
})
