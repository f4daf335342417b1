import { countOf } from '../problem.ts'
import type { LeftOut, Proposal } from './proposal.ts'

const MAX_ACTIONS = 8

const KINDS = {
  changes: 'look as if they changed something',
  signIn: 'belong to signing in',
  streams: 'never end',
  redirects: 'answer with a redirect',
  deprecated: 'are deprecated and replaced',
  refused: 'cannot be generated',
} as const satisfies Record<LeftOut['kind'], string>

/** What a written connector is told with. */
export type Written = {
  readonly folder: string
  readonly proposal: Proposal
  /** How many warnings generating it gives. */
  readonly warnings: number
  /** It has a `source.json`. */
  readonly isSynced: boolean
}

/** Writes what was proposed, what was left out, and what to do next. */
export function summarise({ folder, proposal, warnings, isSynced }: Written): string {
  const { tools, namespaces, connector } = proposal
  return [
    `${folder}: ${countOf(tools.length, 'tool')} in ${countOf(namespaces.length, 'namespace')}`,
    ...listTools(proposal),
    ...listLeftOut(proposal),
    ...(warnings === 0 ? [] : [`${countOf(warnings, 'warning')}, which "npm run generate" tells`]),
    '',
    'Next:',
    `  read ${folder}/allow-list.yaml: it says what clients will see, and how the upstream is signed in to`,
    '  npm run generate',
    `  ${startLine(proposal)}`,
    ...(isSynced ? [] : [explainSync(folder)]),
  ].join('\n')

  function startLine({ login }: Proposal): string {
    const credential = login.credential === null ? '' : 'UPSTREAM_CREDENTIAL=… '
    return `CONNECTOR=${connector.name} ${credential}npm start`
  }
}

function listTools({ tools, namespaces }: Proposal): readonly string[] {
  const width = Math.max(0, ...namespaces.map(({ name }) => name.length))
  return namespaces.map(({ name }) => {
    const own = tools.filter(({ namespace }) => namespace === name)
    const actions = own.slice(0, MAX_ACTIONS).map((tool) => tool.name.slice(name.length + 1))
    const more = own.length > MAX_ACTIONS ? `, … (${own.length})` : ''
    return `  ${name.padEnd(width)}  ${actions.join(', ')}${more}`
  })
}

function listLeftOut({ leftOut, others }: Proposal): readonly string[] {
  const groups = Map.groupBy(leftOut, ({ kind }) => kind)
  const counts = [...groups].map(([kind, members]) => `${members.length} that ${KINDS[kind]}`)
  const named =
    counts.length === 0 ? [] : [`left out: ${counts.join(', ')}; allow-list.yaml names each`]
  return others === 0
    ? named
    : [...named, `not offered: ${countOf(others, 'operation')} that are no GET`]
}

function explainSync(folder: string): string {
  return `  for "npm run sync", write {"url": "https://…"} into ${folder}/source.json`
}
