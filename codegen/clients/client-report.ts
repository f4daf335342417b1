import { escapeMarkdown } from '../markdown.ts'
import { countOf } from '../problem.ts'
import { checkClients, type ClientFinding } from './check-clients.ts'
import { CLIENTS } from './client-rules.ts'
import { measureCatalogue, type CatalogueSize } from './measure-catalogue.ts'
import type { Catalogue } from './tool-definition.ts'

/** How a connector's catalogue suits the clients that it is for. */
export type ClientReport = {
  readonly size: CatalogueSize
  readonly clients: readonly {
    readonly client: string
    readonly findings: readonly Omit<ClientFinding, 'client'>[]
  }[]
}

const MAX_TOOLS_SHOWN = 10
const ESTIMATE = 'o200k_base; an estimate for other models'

/** Checks a catalogue against every client, and measures it. */
export async function buildClientReport(catalogue: Catalogue): Promise<ClientReport> {
  const findings = checkClients(catalogue)
  return {
    size: await measureCatalogue(catalogue),
    clients: CLIENTS.map(({ client }) => ({
      client,
      findings: findings.flatMap(({ client: whose, ...rest }) => (whose === client ? [rest] : [])),
    })),
  }
}

/** Writes a report as lines. */
export function renderClientsText({ size, clients }: ClientReport): readonly string[] {
  return [
    ...clients.flatMap(({ client, findings }) => [
      `${client}: ${findings.length === 0 ? 'fine' : countOf(findings.length, 'finding')}`,
      ...findings.flatMap((finding) => [`  ${describe(finding)}`, `    → ${finding.fix}`]),
    ]),
    ...listListed(size),
    `${describeSize(size)}, the biggest first`,
    ...listSizes(size).map((line) => `  ${line}`),
  ]
}

/** Writes a report as sections of Markdown. */
export function renderClientsMarkdown({ size, clients }: ClientReport): readonly string[] {
  const rows = clients.map(({ client, findings }) => {
    const cells = findings.map((each) => `${describe(each)} → ${each.fix}`).map(escapeMarkdown)
    return `| ${client} | ${cells.length === 0 ? 'fine' : cells.join('<br>')} |`
  })
  return [
    ['| client | findings |', '| --- | --- |', ...rows].join('\n'),
    ...listListed(size),
    [
      `${describeSize(size)}, the biggest first:`,
      '',
      ...listSizes(size).map((line) => `- ${line}`),
    ].join('\n'),
  ]
}

function describe({ kind, tool, what }: Omit<ClientFinding, 'client'>): string {
  return [kind, ...(tool === null ? [] : [tool]), what].join(': ')
}

function describeSize({ tokens, bytes, tools }: CatalogueSize): string {
  return `${countOf(tools.length, 'tool')}, ${countOf(tokens, 'token')} (${ESTIMATE}), ${bytes} bytes`
}

/** What clients list of it, where that is not all. */
function listListed({ listed }: CatalogueSize): readonly string[] {
  if (listed === null) return []
  const pinned =
    listed.tools === 0
      ? ''
      : `, and ${countOf(listed.tools, 'pinned tool')} of ${countOf(listed.tokens, 'token')}`
  return [`searched: clients list tools.search, tools.describe and tools.call${pinned}`]
}

function listSizes({ tools }: CatalogueSize): readonly string[] {
  const shown = tools.slice(0, MAX_TOOLS_SHOWN)
  const more = tools.length - shown.length
  return [
    ...shown.map(
      ({ tool, tokens, bytes }) => `${tool}: ${countOf(tokens, 'token')}, ${bytes} bytes`,
    ),
    ...(more > 0 ? [`and ${more} more`] : []),
  ]
}
