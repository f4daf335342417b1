import type { AllowList } from './allow-list/allow-list.ts'
import { measureTools } from './clients/measure-tools.ts'
import { checkNamespaceDefaults } from './request/arguments.ts'
import type { Bundle } from './document/bundle.ts'
import { buildIntents } from './intents/build-intents.ts'
import { objectAt, type Json, type JsonObject } from './json.ts'
import type { Source } from './document/load.ts'
import type { ConnectorModel } from './model.ts'
import { byCodeUnit } from './json.ts'
import { buildPrompts } from './prompts/build-prompts.ts'
import { buildResearch } from './research/build-research.ts'
import { buildResources } from './resources/build-resources.ts'
import { showUris } from './resources/show-uris.ts'
import { buildParameters } from './request/parameters.ts'
import { createFindings, type Findings } from './problem.ts'
import type { Progress } from './progress.ts'
import type { PartsOf } from './request/request-parts.ts'
import type { Selection } from './allow-list/select.ts'
import { readServerUrl } from './document/servers.ts'
import { buildSessions } from './login/session.ts'
import { byteLength, MAX_TEXT_BYTES, toOneLine, toParagraphs } from './tool/texts.ts'
import { buildTool } from './tool/tool.ts'

/** What a connector is built from. */
export type ConnectorContext = {
  readonly source: Source
  readonly allowList: AllowList
  readonly selection: Selection
  readonly bundle: Bundle
  readonly partsOf: PartsOf
  readonly findings: Findings
  readonly progress: Progress
}

/** Resolves a connector completely; `null` where a part is missing that has been reported. */
export function buildConnector(context: ConnectorContext): ConnectorModel | null {
  const { source, allowList, selection, bundle, partsOf, findings, progress } = context
  const read = selection.tools.map((tool, index) => {
    progress('tools', index + 1, selection.tools.length)
    return buildTool(tool, partsOf(tool.operation), context)
  })
  for (const [namespace, entry] of allowList.namespaces) {
    if (entry?.defaults === undefined) continue
    const own = selection.tools
      .filter(({ parts }) => parts.namespace === namespace)
      .map(({ operation }) => buildParameters(bundle, partsOf(operation), createFindings()))
    checkNamespaceDefaults(namespace, own.flat(), allowList, findings)
  }
  const sessions = buildSessions(selection, { bundle, allowList, findings, partsOf })
  const { connector, upstream } = allowList
  if (connector === null || sessions === null) return null
  const resources = buildResources(read, context)
  const tools = showUris(read, resources)
  const instructions =
    connector.instructions === undefined ? null : toParagraphs(connector.instructions)
  if (byteLength(instructions ?? '') > MAX_TEXT_BYTES) {
    const what = `has ${byteLength(instructions ?? '')} bytes; clients cut after ${MAX_TEXT_BYTES}`
    findings.problem(allowList.place(['connector', 'instructions']), what)
  }
  return {
    name: connector.name,
    title: toOneLine(connector.title),
    instructions,
    document: { ...readInfo(bundle.document), sha256: source.document.sha256 },
    upstream: {
      serverUrl: readServerUrl(bundle),
      organizationHeader: upstream.organizationHeader,
      apiCredentials: upstream.apiCredentials,
      ...sessions,
    },
    namespaces: [...allowList.namespaces]
      .flatMap(([name, entry]) => (entry === null ? [] : [{ name, entry }]))
      .sort((left, right) => byCodeUnit(left.name, right.name))
      .map(({ name, entry }) => ({
        name,
        title: toOneLine(entry.title),
        description: toParagraphs(entry.description),
      })),
    tools,
    catalogue: measureTools(tools, connector.catalogue),
    resources,
    intents: buildIntents(tools, context),
    prompts: buildPrompts(tools, resources, context),
    research: buildResearch(tools, context),
  }
}

function readInfo(document: JsonObject): { readonly title: string; readonly version: string } {
  const { title, version } = objectAt(document['info'])
  return { title: toText(title), version: toText(version) }
}

/** YAML reads an unquoted version such as 1.0 as a number. */
function toText(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? toOneLine(String(value)) : ''
}
