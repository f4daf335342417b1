import type { Tool as ListedTool } from '@modelcontextprotocol/server'
import type { Identity } from '../access/identity.ts'
import { needsUnderscores } from '../known-clients.ts'
import { scopeOf } from '../scopes.ts'
import type { ToolText } from '../store/tool-texts.ts'
import type { Switchboard } from '../switches/switchboard.ts'
import { toModelText } from '../texts/model-text.ts'
import type { OrganizationTexts, TextsByTool } from '../texts/organization-texts.ts'
import { createProjection, type Projection } from './projection.ts'
import type { OwnTool } from './own-tool.ts'
import { createLinkedEntries } from './resources/linked-entries.ts'
import { createResourceIndex } from './resources/resource-index.ts'
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
  /** What a caller may be shown, by the names as they are: also what is not listed but found. */
  readonly showFor: (identity: Identity) => Promise<ReadonlyMap<string, ListedTool>>
  /** The same for callers who are answered the same by `listFor`, and for nobody else. */
  readonly listKey: (identity: Identity) => string | Promise<string>
  /**
   * Finds a tool by either spelling of its name.
   *
   * @param organizationId whose caller asks; `''` is nobody's in particular
   * @returns `null` for a tool that does not exist, and for one that is off: nobody can tell which
   */
  readonly find: (name: string, organizationId: string) => CatalogueEntry | null
  /** The same of the connector's own tools. */
  readonly findOwn: (name: string, organizationId: string) => OwnTool | null
  /** The same, by the name as it is, of all that can be read: also what is no tool for anybody. */
  readonly findReader: (name: string, organizationId: string) => CatalogueEntry | null
  /** How the caller's client spells a tool's name. */
  readonly nameFor: (name: string, identity: Identity) => string
  /** The same, by a URI: what reads it, and with what arguments. */
  readonly findResource: (uri: string, organizationId: string) => FoundResource | null
  /** A tool as a caller is answered by it: with the URIs of what they can read. */
  readonly linkedFor: (entry: CatalogueEntry, identity: Identity) => CatalogueEntry
}

/** What a URI names. */
export type FoundResource = {
  readonly entry: CatalogueEntry
  /** The arguments, as the URI says them. */
  readonly texts: Readonly<Record<string, string>>
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
 * @param options.switchboard asked at each list and each call
 * @param options.texts what organizations say of tools, asked at each list
 * @param options.own the connector's own tools
 * @param options.isSearched whether only pinned tools are listed; the others can be called all the same
 * @throws {Error} for two tools that one spelling would confuse; the generator refuses them earlier
 */
export function createCatalogue(options: {
  readonly connector: Connector
  readonly names: ToolNames | 'auto'
  readonly switchboard: Pick<Switchboard, 'isOff' | 'isUsual' | 'revision'>
  readonly texts: OrganizationTexts
  readonly own: readonly OwnTool[]
  readonly isSearched: boolean
}): Catalogue {
  const { connector, names, switchboard, texts, own: ownTools, isSearched } = options
  const readers = new Map(
    connector.tools.map((tool) => [tool.name, { tool, project: createProjection(tool.answer) }]),
  )
  const offered = [...readers.values()].filter(({ tool }) => tool.offer === 'tool')
  const ownByName = bySpelling(ownTools.map((tool) => [tool.name, tool]))
  const byName = bySpelling(offered.map((entry) => [entry.tool.name, entry]))
  for (const spelling of ownByName.keys()) {
    if (byName.has(spelling)) throw new Error(`two tools are called "${spelling}"`)
  }
  const listings = [
    ...offered.map(({ tool }) => toListing(tool)),
    ...ownTools.map(toOwnListing),
  ].sort((a, b) => (a.name < b.name ? -1 : 1))
  const shown = {
    dotted: listings.map((each) => each.spelled((name) => name)),
    underscored: listings.map((each) => each.spelled(underscored)),
  }
  const toList = (all: readonly Listed[]) => all.filter(({ pinned }) => pinned || !isSearched)
  const lists = { dotted: toList(shown.dotted), underscored: toList(shown.underscored) }
  const spellingFor = ({ client }: Identity) =>
    names === 'auto' ? namesFor(client?.redirectHost ?? null) : names
  const serials = createSerials()
  const isOff = (organizationId: string, name: string) =>
    switchboard.isOff(organizationId, name) || (ownByName.get(name)?.isOff(organizationId) ?? false)
  const resources = createResourceIndex(connector)
  const findReader = (name: string, organizationId: string) =>
    unlessOff(readers.get(name) ?? null, organizationId)
  const unlessOff = (entry: CatalogueEntry | null, organizationId: string) =>
    entry !== null && isOff(organizationId, entry.tool.name) ? null : entry
  const choose = (all: readonly Listed[], identity: Identity) =>
    all
      .filter(({ isShownTo }) => isShownTo(identity))
      .filter(({ name }) => !isOff(identity.organization.id, name))
  return {
    listFor(identity) {
      const chosen = choose(lists[spellingFor(identity)], identity)
      const own = texts.of(identity.organization.id)
      if (own === null) return chosen.map(({ tool }) => tool)
      return own.then((byTool) => chosen.map((each) => withOwnText(each, byTool)))
    },
    async showFor(identity) {
      const chosen = choose(shown[spellingFor(identity)], identity)
      const own = await texts.of(identity.organization.id)
      const told =
        own === null ? (each: Listed) => each.tool : (each: Listed) => withOwnText(each, own)
      return new Map(chosen.map((each) => [each.name, told(each)]))
    },
    listKey(identity) {
      const { scopes, organization } = identity
      const own = switchboard.isUsual(organization.id) ? '' : organization.id
      const shown = [spellingFor(identity), scopes, switchboard.revision(), own]
      const key = JSON.stringify(shown)
      return texts.of(organization.id)?.then((byTool) => `${key} ${serials.of(byTool)}`) ?? key
    },
    find: (name, organizationId) => unlessOff(byName.get(name) ?? null, organizationId),
    findOwn(name, organizationId) {
      const tool = ownByName.get(name) ?? null
      return tool !== null && isOff(organizationId, tool.name) ? null : tool
    },
    findReader,
    findResource(uri, organizationId) {
      const named = resources.find(uri)
      const entry = named === null ? null : findReader(named.tool.name, organizationId)
      return named === null || entry === null ? null : { entry, texts: named.texts }
    },
    nameFor: (name, identity) => (spellingFor(identity) === 'dotted' ? name : underscored(name)),
    linkedFor: createLinkedEntries(
      connector,
      (name, { organization, scopes }) =>
        (scopes === null || scopes.includes(scopeOf(name))) &&
        findReader(name, organization.id) !== null,
    ),
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

/** What is told apart by neither spelling would be called in place of another. */
function bySpelling<Value>(named: readonly (readonly [string, Value])[]): Map<string, Value> {
  const bySpelled = new Map<string, Value>()
  for (const [name, value] of named) {
    for (const spelling of new Set([name, underscored(name)])) {
      if (bySpelled.has(spelling)) throw new Error(`two tools are called "${spelling}"`)
      bySpelled.set(spelling, value)
    }
  }
  return bySpelled
}

/** A tool of the list, and who is shown it. */
type Listing = {
  readonly name: string
  readonly spelled: (spell: (name: string) => string) => Listed
}

type Listed = {
  readonly name: string
  readonly pinned: boolean
  readonly isShownTo: (identity: Identity) => boolean
  readonly tool: ListedTool
}

function toListing(tool: Tool): Listing {
  const { name, pinned } = tool
  const scope = scopeOf(name)
  const isShownTo = ({ scopes }: Identity) => scopes === null || scopes.includes(scope)
  return {
    name,
    spelled: (spell) => ({ name, pinned, isShownTo, tool: toListedTool(tool, spell(name)) }),
  }
}

function toOwnListing(tool: OwnTool): Listing {
  const { name, pinned, isShownTo } = tool
  return {
    name,
    spelled: (spell) => ({ name, pinned, isShownTo, tool: toListedTool(tool, spell(name)) }),
  }
}

/** A tool as `tools/list` shows it. */
export function toListedTool(tool: Tool | OwnTool, name: string): ListedTool {
  const { outputSchema } = tool
  return {
    name,
    title: tool.title,
    description: 'instructions' in tool ? toModelText(tool) : tool.description,
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
