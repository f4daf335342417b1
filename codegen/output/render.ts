import type { Bundle } from '../document/bundle.ts'
import { buildDocs } from './docs.ts'
import { byCodeUnit } from '../json.ts'
import { buildManifest } from './manifest.ts'
import type { ConnectorModel, ToolModel } from '../model.ts'
import { toIdentifier } from '../tool/names.ts'
import { listImports, toBodyCode, toRequestCode } from './request-code.ts'
import { buildSearch } from './search.ts'
import type { Synced } from '../sync/synced.ts'
import { renderTemplate } from './templates.ts'
import { toZodDefinitions, toZodRoot } from './zod-expression.ts'

/** A connector's folder: texts by their path below it, in path order. */
export type GeneratedFiles = ReadonlyMap<string, string>

type RenderOptions = {
  readonly connector: ConnectorModel
  readonly bundle: Bundle
  /** Of the document, as TypeScript. */
  readonly types: string
  readonly synced: Synced
}

/** Writes a connector as text; nothing is decided here. */
export function renderFiles({ connector, bundle, types, synced }: RenderOptions): GeneratedFiles {
  const { title, namespaces } = connector
  const docs = buildDocs(connector, synced)
  const files: [string, string][] = [
    ['docs.json', toJsonText(docs)],
    ['index.ts', renderTemplate('index', toIndexView(connector))],
    ['manifest.json', toJsonText(buildManifest(connector))],
    ['openapi.json', toJsonText(bundle.document)],
    ['search.json', `${JSON.stringify(buildSearch(connector, docs))}\n`],
    ...namespaces.map((namespace): [string, string] => [
      `tools/${namespace.name}.ts`,
      renderTemplate('tools', toToolsView(connector, namespace)),
    ]),
    [
      'upstream.d.ts',
      renderTemplate('upstream', { about: `${title}: types of its API.`, types: types.trimEnd() }),
    ],
  ]
  return new Map(files.sort(([left], [right]) => byCodeUnit(left, right)))
}

function toIndexView(connector: ConnectorModel): object {
  const { title, instructions, upstream, namespaces, tools } = connector
  return {
    ...connector,
    about: `${title}: the connector.`,
    instructions,
    upstream: {
      ...upstream,
      contractPartial: upstream.profile === null ? 'contract-types' : 'contract',
      requestTypes: upstream.profile === null ? [] : ['paths'],
      loginPartial: `login-${upstream.login.kind}`,
      login: toLoginView(upstream.login),
      sessionsPartial: upstream.profile === null ? 'sessions-none' : 'sessions',
    },
    modules: namespaces.map(({ name }) => ({
      namespace: name,
      identifiers: toolsOf(tools, name)
        .map(({ parts }) => toIdentifier(parts))
        .join(', '),
    })),
    tools: tools.map(({ parts }) => ({ identifier: toIdentifier(parts) })),
  }
}

function toLoginView(login: ConnectorModel['upstream']['login']): object {
  if (login.kind !== 'password') return login
  const { username, password, refresh } = login
  return {
    ...login,
    body: toBodyCode({ username, password }, 6),
    refreshPartial: refresh === null ? 'refresh-none' : 'refresh-token',
    refresh:
      refresh === null ? {} : { ...refresh, body: toBodyCode({ refreshToken: refresh.body }, 6) },
  }
}

function toToolsView(
  { title, tools }: ConnectorModel,
  namespace: ConnectorModel['namespaces'][number],
): object {
  const own = toolsOf(tools, namespace.name)
  const uses = new Set<string>()
  const views = own.map((tool) => {
    const identifier = toIdentifier(tool.parts)
    const writing = { prefix: identifier, uses }
    return {
      ...tool,
      identifier,
      definitions: toZodDefinitions(tool.inputSchema, { ...writing, indent: 0 }),
      input: toZodRoot(tool.inputSchema, tool.defaults, { ...writing, indent: 2 }),
      request: toRequestCode(tool.operation, tool.sent, tool.body, 2),
    }
  })
  return {
    about: `${title}: ${namespace.title}.`,
    imports: [...listImports(own), ...[...uses].sort(byCodeUnit)].join(', '),
    tools: views,
  }
}

function toolsOf(tools: readonly ToolModel[], namespace: string): readonly ToolModel[] {
  return tools.filter(({ parts }) => parts.namespace === namespace)
}

function toJsonText(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
