import { compileTemplates } from '../../pages/compile-templates.ts'
import { toDisplayText } from '../../pages/display-text.ts'
import { readVersion } from '../../version.ts'
import { FRAME_PARTIALS } from '../frame.ts'
import { forApprovers, type ConsoleRoute } from '../route.ts'
import type { ConsoleServices } from '../services.ts'
import { toSettingGroups } from './settings-view.ts'

/** How the connector is set for an organization; nothing is changed here. */
export function settingsRoutes(
  services: Pick<ConsoleServices, 'config' | 'connector' | 'docs' | 'people'>,
): readonly ConsoleRoute[] {
  const { config, connector, docs, people } = services
  const template = compileTemplates({
    partials: FRAME_PARTIALS,
    folder: new URL('./', import.meta.url),
    names: ['settings'],
  })
  const { approvers } = people
  const version = readVersion()

  return [
    forApprovers('GET', '/console/settings', 'settings', ({ organization, known }) => {
      const facts = { config, connector, docs, approvers, organization, known, version }
      return Promise.resolve({
        kind: 'page',
        template: template('settings'),
        heading: 'Settings',
        context: {
          organization: toDisplayText(organization.name),
          groups: toSettingGroups(facts),
        },
      })
    }),
  ]
}
