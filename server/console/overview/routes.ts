import { compileTemplates } from '../../pages/compile-templates.ts'
import { toDisplayText } from '../../pages/display-text.ts'
import { CONSOLE } from '../addresses.ts'
import { FRAME_PARTIALS } from '../frame.ts'
import { forApprovers, type ConsoleRoute } from '../route.ts'
import type { ConsoleServices } from '../services.ts'
import { createReadActivity } from './activity.ts'
import { toActivityView } from './activity-view.ts'
import { describeReach, listWaysToConnect } from './connect-view.ts'
import { toHealthView } from './health-view.ts'
import { SWITCH, switchRoutes } from './switch-routes.ts'
import { toSwitchView } from './switch-view.ts'

/** Where an organization's owners and admins begin. */
export function overviewRoutes(
  services: Pick<ConsoleServices, 'announce' | 'connector' | 'now' | 'store' | 'upstreamStatus'>,
): readonly ConsoleRoute[] {
  const { connector, store, now, upstreamStatus } = services
  const folder = new URL('./', import.meta.url)
  const names = ['switch-on', 'switch-off', 'switch-off-by-operator']
  const template = compileTemplates({
    partials: [...FRAME_PARTIALS, { folder, names }],
    folder,
    names: ['overview', 'switch'],
  })
  const readActivity = createReadActivity({ auditEvents: store.auditEvents, now })
  const title = toDisplayText(connector.title)

  return [
    forApprovers('GET', CONSOLE.home, 'overview', async ({ ctx, organization, known }) => {
      const url = ctx.state.realm.resource
      const activity = toActivityView(await readActivity(organization.id), connector)
      return {
        kind: 'page',
        template: template('overview'),
        heading: 'Overview',
        context: {
          url,
          reach: describeReach(url),
          ways: listWaysToConnect({ name: connector.name, title, mcpUrl: url }),
          switchAddress: SWITCH,
          ...toSwitchView(known),
          activity,
          top: activity.tools.length === 0 ? [] : [{ tools: activity.tools }],
          health: toHealthView(upstreamStatus(), title),
        },
      }
    }),
    ...switchRoutes(services, template('switch')),
  ]
}
