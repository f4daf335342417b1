import type { Tool as ListedTool } from '@modelcontextprotocol/server'
import type { Identity } from '../access/identity.ts'
import { needsUnderscores } from '../known-clients.ts'
import { scopeOf } from '../scopes.ts'
import type { ToolText } from '../store/tool-texts.ts'
import type { Switchboard } from '../switches/switchboard.ts'
import { toModelText } from '../texts/model-text.ts'
import type { OrganizationTexts, TextsByTool } from '../texts/organization-texts.ts'
import { createProjection, type Projection } from './projection.ts'
import type { Connector, JsonObject, Tool } from './tool.ts'

/** How tool names are spelled in `tools/list`; both spellings can always be called. */
export type ToolNames = 'dotted' | 'underscored'

/** The spelling for a client; one that nothing is known about gets the names as they are. */
function namesFor(redirectHost: string | null): ToolNames {
  return redirectHost !== null && needsUnderscores(redirectHost) ? 'underscored' : 'dotted'
}

/** A tool with all that a call of it needs, made once. */
export type CatalogueEntry = { readonly tool: Tool; readonly project: Projection | null }

/** All tools of a connector. */
export type Catalogue = {
  /**
   * What `tools/list` answers to a caller, in name order. There is something to wait for only where
   * the organization shows texts of its own.
   */
  readonly listFor: (identity: Identity) => ListedTool[] | Promise<ListedTool[]>
  /** The same for callers who are answered the same by `listFor`, and for nobody else. */
  readonly listKey: (identity: Identity) => string | Promise<string>
  /**
   * Finds a tool by either spelling of its name.
   *
   * @param organizationId whose caller asks; `''` is nobody's in particular
   * @returns `null` for a tool that does not exist, and for one that is off: nobody can tell which
   */
  readonly find: (name: string, organizationId: string) => CatalogueEntry | null
}

/** Every tool reads; nothing it does leaves a trace or touches anything but the upstream. */
const READ_ONLY = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
} as const

/**
 * Builds a connector's catalogue.
 *
 * @param switchboard asked at each list and each call
 * @param texts what organizations say of tools, asked at each list
 * @throws {Error} for two tools that one spelling would confuse; the generator refuses them earlier
 */
export function createCatalogue(
  connector: Connector,
  names: ToolNames | 'auto',
  switchboard: Pick<Switchboard, 'isOff' | 'isUsual' | 'revision'>,
  texts: OrganizationTexts,
): Catalogue {
  const byName = new Map<string, CatalogueEntry>()
  for (const tool of connector.tools) {
    const entry = { tool, project: createProjection(tool.answer) }
    for (const spelling of [tool.name, underscored(tool.name)]) {
      if (byName.has(spelling)) throw new Error(`two tools are called "${spelling}"`)
      byName.set(spelling, entry)
    }
  }
  const lists = {
    dotted: toList(connector, (name) => name),
    underscored: toList(connector, underscored),
  }
  const spellingFor = ({ client }: Identity) =>
    names === 'auto' ? namesFor(client?.redirectHost ?? null) : names
  const serials = createSerials()
  return {
    listFor(identity) {
      const { scopes, organization } = identity
      const offered = lists[spellingFor(identity)]
        .filter(({ scope }) => scopes === null || scopes.includes(scope))
        .filter(({ name }) => !switchboard.isOff(organization.id, name))
      const own = texts.of(organization.id)
      if (own === null) return offered.map(({ tool }) => tool)
      return own.then((byTool) => offered.map((each) => withOwnText(each, byTool)))
    },
    listKey(identity) {
      const { scopes, organization } = identity
      const own = switchboard.isUsual(organization.id) ? '' : organization.id
      const shown = [spellingFor(identity), scopes, switchboard.revision(), own]
      const key = JSON.stringify(shown)
      return texts.of(organization.id)?.then((byTool) => `${key} ${serials.of(byTool)}`) ?? key
    },
    find(name, organizationId) {
      const entry = byName.get(name) ?? null
      return entry !== null && switchboard.isOff(organizationId, entry.tool.name) ? null : entry
    },
  }
}

/**
 * A tool as `tools/list` shows it, with a text that nobody need have published.
 *
 * @param names a client that nothing is known about gets the names as they are
 */
export function previewTool(tool: Tool, text: ToolText, names: ToolNames | 'auto'): ListedTool {
  const name = names === 'underscored' ? underscored(tool.name) : tool.name
  return { ...toListedTool(tool, name), description: toModelText(text) }
}

/** Numbers objects, so that each can be named in a key; nothing is kept of those that are gone. */
function createSerials() {
  const known = new WeakMap<object, number>()
  let last = 0
  return {
    of(value: object): number {
      const serial = known.get(value) ?? (last += 1)
      known.set(value, serial)
      return serial
    },
  }
}

function toList(connector: Connector, spell: (name: string) => string) {
  return connector.tools
    .map((tool) => ({
      name: tool.name,
      scope: scopeOf(tool.name),
      tool: toListedTool(tool, spell(tool.name)),
    }))
    .sort((a, b) => (a.tool.name < b.tool.name ? -1 : 1))
}

function toListedTool(tool: Tool, name: string): ListedTool {
  const { outputSchema } = tool
  return {
    name,
    title: tool.title,
    description: toModelText(tool),
    inputSchema: toObjectSchema(tool.inputSchema, tool.name),
    ...(outputSchema !== null && { outputSchema: toObjectSchema(outputSchema, tool.name) }),
    annotations: { title: tool.title, ...READ_ONLY },
  }
}

function withOwnText(
  { name, tool }: { readonly name: string; readonly tool: ListedTool },
  texts: TextsByTool,
): ListedTool {
  const own = texts.get(name)
  return own === undefined ? tool : { ...tool, description: toModelText(own) }
}

function toObjectSchema({ type, ...schema }: JsonObject, name: string) {
  if (type !== 'object') throw new Error(`a schema of "${name}" describes no object`)
  return { ...schema, type: 'object' as const }
}

function underscored(name: string): string {
  return name.replaceAll('.', '_')
}
