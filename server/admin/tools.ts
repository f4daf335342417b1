import type { Connector } from '../mcp/tool.ts'
import type { Store } from '../store/store.ts'
import { EVERYBODY, type SwitchedOff } from '../store/switches.ts'
import { namespaceOf } from '../switches/live-switchboard.ts'
import { defineCommand, type Command } from './command.ts'
import { Refusal } from './failures.ts'
import { findOrganization } from './orgs.ts'
import { quote, toChangeResult, toListResult, toTimeJson } from './output.ts'
import { suggest } from './suggest.ts'

const FOR = { org: { type: 'string' } } as const

/** A tool, and the switches that keep it off. */
type ToolState = {
  readonly name: string
  readonly isOff: boolean
  readonly offBy: readonly SwitchedOff[]
}

/** What can be called, by everybody and by each organization. */
export const toolsCommands: readonly Command[] = [
  defineCommand({
    name: 'tools list',
    isRecorded: false,
    takes: '[--org ID]',
    about: [
      'Every tool, whether it is on for everybody or for one organization, and what keeps it off.',
    ],
    options: FOR,
    operands: [0, 0],
    prepare:
      ({ org }) =>
      async (deployment) => {
        const { tools } = await deployment.loadConnector()
        const store = await deployment.openStore()
        if (org !== undefined) await findOrganization(store, org)
        const all = await store.switches.list()
        const switches = all.filter(
          ({ organizationId }) => org === undefined || [EVERYBODY, org].includes(organizationId),
        )
        const names = tools.map(({ name }) => name).sort()
        const states = names.map((name) => toState(name, switches, org ?? EVERYBODY))
        const listed = toListResult(states, COLUMNS, toJson)
        return { ...listed, notes: describeStale(switches, names) }
      },
  }),
  defineSwitchCommand('off', [
    'Switches a tool off, or all of a namespace, for everybody or for one organization: it leaves',
    'the list, and calling it is calling a tool that does not exist.',
  ]),
  defineSwitchCommand('on', ['Switches it on again; what else keeps it off is told.']),
]

const COLUMNS = [
  ['TOOL', ({ name }: ToolState) => name],
  ['STATE', ({ isOff }: ToolState) => (isOff ? 'off' : 'on')],
  ['SWITCHED OFF', ({ offBy }: ToolState) => offBy.map(describeSwitch).join(', ') || null],
] as const

function defineSwitchCommand(to: 'on' | 'off', about: readonly string[]): Command {
  return defineCommand({
    name: `tools ${to}`,
    isRecorded: true,
    takes: 'NAME [--org ID]',
    about,
    options: FOR,
    operands: [1, 1],
    prepare:
      ({ org }, [name = '']) =>
      async (deployment) => {
        const connector = await deployment.loadConnector()
        const store = await deployment.openStore()
        if (org !== undefined) await findOrganization(store, org)
        const organizationId = org ?? EVERYBODY
        const { switches } = store
        await checkName(connector, store, name)
        const isChanged =
          to === 'off'
            ? await switches.turnOff(organizationId, name)
            : await switches.turnOn(organizationId, name)
        const left = to === 'off' ? [] : describeLeft(await switches.list(), name, organizationId)
        const already = isChanged ? '' : ' already'
        const sentence = `${quote(name)} is ${to}${already} for ${describeWhom(organizationId)}.`
        const json = { name, organization: org ?? null, state: to, changed: isChanged }
        const fact = {
          type: 'switch.changed',
          outcome: 'success',
          organization: org ?? null,
          subject: `${name.includes('.') ? 'tool' : 'namespace'}:${name}`,
          reason: to,
        } as const
        return toChangeResult(sentence, json, isChanged ? [fact] : [], left)
      },
  })
}

/**
 * Finds the name among the connector's tools and namespaces, and among what was switched off by an
 * earlier version of it.
 *
 * @throws {Refusal} where there is none of that name
 */
async function checkName({ tools }: Connector, { switches }: Store, name: string): Promise<void> {
  const known = new Set(tools.flatMap((tool) => [tool.name, namespaceOf(tool.name)]))
  for (const each of await switches.list()) known.add(each.name)
  if (known.has(name)) return
  throw new Refusal(`there is no tool or namespace ${quote(name)}${suggest(name, [...known])}`)
}

function toState(
  name: string,
  switches: readonly SwitchedOff[],
  organizationId: string,
): ToolState {
  const offBy = switches.filter((each) => [name, namespaceOf(name)].includes(each.name))
  const isOff = offBy.some((each) => [EVERYBODY, organizationId].includes(each.organizationId))
  return { name, isOff, offBy }
}

function toJson({ name, isOff, offBy }: ToolState) {
  return {
    name,
    state: isOff ? 'off' : 'on',
    offBy: offBy.map((each) => ({
      name: each.name,
      organization: each.organizationId === EVERYBODY ? null : each.organizationId,
      since: toTimeJson(each.changedAt),
    })),
  }
}

/** What keeps a name off that was switched on: its namespace, everybody's switch, or a part of it. */
function describeLeft(
  switches: readonly SwitchedOff[],
  name: string,
  organizationId: string,
): readonly string[] {
  const left = switches.filter((each) => {
    const isWide = organizationId === EVERYBODY
    const isHeard = isWide || [EVERYBODY, organizationId].includes(each.organizationId)
    const isSame = [name, namespaceOf(name)].includes(each.name) || namespaceOf(each.name) === name
    return isHeard && isSame
  })
  return left.map((each) => `Still off: ${describeSwitch(each)}.`)
}

function describeStale(
  switches: readonly SwitchedOff[],
  names: readonly string[],
): readonly string[] {
  const known = new Set(names.flatMap((name) => [name, namespaceOf(name)]))
  return switches
    .filter(({ name }) => !known.has(name))
    .map((each) => `Off, and no tool of this connector: ${describeSwitch(each)}.`)
}

function describeSwitch({ name, organizationId }: SwitchedOff): string {
  return `${quote(name)} for ${describeWhom(organizationId)}`
}

function describeWhom(organizationId: string): string {
  return organizationId === EVERYBODY ? 'everybody' : `organization ${quote(organizationId)}`
}
