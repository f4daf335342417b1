import type { Connector } from '../../../mcp/tool.ts'
import type { Template } from '../../../pages/compile-templates.ts'
import { toDisplayText, toQuotedName } from '../../../pages/display-text.ts'
import { namespaceOf } from '../../../switches/live-switchboard.ts'
import type { Answer } from '../../answer.ts'
import { forApprovers, type ConsoleRoute } from '../../route.ts'
import type { ConsoleServices } from '../../services.ts'
import type { OrganizationVisit } from '../../visit.ts'
import { TOOL_PATHS, toToolPath } from '../addresses.ts'
import { findName, NO_TOOL } from '../find-tool.ts'
import { toSwitches } from './switch-state.ts'

/** Switches one tool, or a whole namespace, off or on for one organization. */
export function toolSwitchRoutes(
  services: Pick<ConsoleServices, 'connector' | 'store' | 'announce'>,
  confirmation: Template,
): readonly ConsoleRoute[] {
  const { connector, store, announce } = services

  async function turn(visit: OrganizationVisit, to: 'on' | 'off'): Promise<Answer> {
    const name = findName(connector, visit)
    if (name === null) return NO_TOOL
    const { organization, record } = visit
    const { switches } = store
    const isChanged =
      to === 'off'
        ? await switches.turnOff(organization.id, name)
        : await switches.turnOn(organization.id, name)
    if (isChanged) {
      const subject = `${isNamespace(name) ? 'namespace' : 'tool'}:${name}`
      record({ type: 'switch.changed', outcome: 'success', subject, reason: to })
      await announce()
    }
    const reason = toSwitches(await switches.list(), organization.id)(name)
    const notice = `${titleOf(connector, name)} is ${reason === null ? 'on' : 'off'} for ${toQuotedName(organization.name)}.`
    const isStillOff = to === 'on' && reason !== null
    return {
      kind: 'go',
      to: isNamespace(name) ? TOOL_PATHS.list : toToolPath('tool', name),
      notice: isStillOff ? `${notice} Something else keeps it off.` : notice,
    }
  }

  return [
    forApprovers('GET', TOOL_PATHS.off, 'tools', (visit) => {
      const name = findName(connector, visit)
      if (name === null) return Promise.resolve(NO_TOOL)
      return Promise.resolve({
        kind: 'page',
        template: confirmation,
        heading: `Switch ${titleOf(connector, name)} off?`,
        context: {
          organization: toDisplayText(visit.organization.name),
          action: toToolPath('off', name),
          back: isNamespace(name) ? TOOL_PATHS.list : toToolPath('tool', name),
          names: connector.tools
            .filter((tool) => [tool.name, namespaceOf(tool.name)].includes(name))
            .map((tool) => ({ name: tool.name, title: toDisplayText(tool.title) })),
        },
      })
    }),
    forApprovers('POST', TOOL_PATHS.off, 'tools', (visit) => turn(visit, 'off')),
    forApprovers('POST', TOOL_PATHS.on, 'tools', (visit) => turn(visit, 'on')),
  ]
}

function isNamespace(name: string): boolean {
  return namespaceOf(name) === name
}

function titleOf({ tools, namespaces }: Connector, name: string): string {
  const known = [...tools, ...namespaces].find((each) => each.name === name)
  return toQuotedName(known?.title ?? name)
}
