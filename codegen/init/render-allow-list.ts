import { countOf } from '../problem.ts'
import type { JsonObject } from '../json.ts'
import type {
  LeftOut,
  LoginProposal,
  NamespaceProposal,
  Proposal,
  ToolProposal,
} from './proposal.ts'
import { toComment, toYaml } from './yaml-text.ts'

/** Writes a proposal as the allow-list that generates it, with comments for whoever reviews it. */
export function renderAllowList(proposal: Proposal): string {
  const sections = [
    renderHead(proposal),
    renderConnector(proposal),
    renderUpstream(proposal),
    renderNamespaces(proposal.namespaces),
    renderTools(proposal),
    renderLeftOut(proposal),
  ]
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`
}

function renderHead({ connector: { title } }: Proposal): string {
  return [
    toComment(
      `What ${title} offers to MCP clients. What is not named here does not exist for them.`,
    ),
    toComment(
      'Proposed by "npm run init": read every line before you deploy it, and remove tools that',
    ),
    toComment('nobody will ask for. Then run "npm run generate".'),
  ].join('\n')
}

function renderConnector({ connector }: Proposal): string {
  return [
    'connector:',
    `  name: ${toYaml(connector.name)}`,
    `  title: ${toYaml(connector.title)}`,
    toComment('Clients read this first; its first 512 characters must stand alone.', '  '),
    `  instructions: ${toYaml(connector.instructions)}`,
  ].join('\n')
}

function renderUpstream({ connector, login, servers }: Proposal): string {
  const organization = { id: 'main', name: connector.title }
  const origins =
    servers.length === 0
      ? []
      : [
          toComment(
            'Other origins that some of the tools are served from. The credential goes there, too.',
            '  ',
          ),
          `  servers: ${toYaml(servers)}`,
        ]
  return [
    'upstream:',
    ...origins,
    ...explainLogin(login).map((line) => toComment(line, '  ')),
    '  login:',
    '    kind: service',
    ...(login.credential === null ? [] : [`    credential: ${toYaml(login.credential)}`]),
    `    organization: ${toYaml(organization)}`,
  ].join('\n')
}

/** The choice that matters most is spelled out where it is made. */
function explainLogin({ credential, scheme, issuer }: LoginProposal): readonly string[] {
  const source =
    credential === null
      ? 'The document names no way to sign in that is known here, so nothing is sent.'
      : `The credential is read from UPSTREAM_CREDENTIAL and sent as the security scheme ${JSON.stringify(scheme)} says.`
  return [
    'IMPORTANT: "service" means one credential for everybody: whoever is let in sees all that it sees.',
    source,
    'To let each person see only what is theirs, replace the login by one of these, and add "profile" and',
    '"organizations" (see specs/flowtly/allow-list.yaml):',
    `  login: { kind: oidc, issuer: ${toYaml(issuer ?? 'https://login.example.com')} }`,
    '  login: { kind: password, operation: …, username: /email, password: /password, token: /token }',
  ]
}

function renderNamespaces(namespaces: readonly NamespaceProposal[]): string {
  const entries = namespaces.flatMap(({ name, title, description, defaults }) => [
    `  ${toYaml(name)}:`,
    `    title: ${toYaml(title)}`,
    `    description: ${toYaml(description)}`,
    ...renderIfAny('defaults', defaults),
  ])
  return [
    toComment('Groups of tools, and of permissions: each is a scope.'),
    'namespaces:',
    ...entries,
  ].join('\n')
}

function renderTools({ tools, namespaces }: Proposal): string {
  const groups = namespaces.map(({ name }) =>
    tools
      .filter(({ namespace }) => namespace === name)
      .map(renderTool)
      .join('\n'),
  )
  return ['tools:', groups.join('\n\n')].join('\n')
}

function renderTool(tool: ToolProposal): string {
  const { name, operation, text, isDeprecated, defaults, fixed, omit, items, columns } = tool
  return [
    toComment(isDeprecated ? `${text} (deprecated by the document)` : text, '  '),
    `  ${toYaml(name)}:`,
    `    operation: ${toYaml(operation)}`,
    ...renderIfAny('defaults', defaults),
    ...renderIfAny('fixed', fixed),
    ...(omit.length === 0 ? [] : [`    omit: ${toYaml(omit)}`]),
    ...(items === undefined ? [] : [`    items: ${toYaml(items)}`]),
    ...(columns === null ? [] : [`    columns: ${toYaml(columns)}`]),
  ].join('\n')
}

function renderIfAny(key: string, values: JsonObject): readonly string[] {
  return Object.keys(values).length === 0 ? [] : [`    ${key}: ${toYaml(values)}`]
}

const HEADINGS = [
  ['changes', 'They look as if they changed something. If one only reads, name it under "tools".'],
  ['signIn', 'They belong to signing in.'],
  ['streams', 'Their answers have no end.'],
  ['redirects', 'They answer with a redirect, which is not followed.'],
  ['deprecated', 'They are deprecated, and something else is there.'],
  ['refused', 'They cannot be generated as the document describes them.'],
] as const satisfies readonly (readonly [LeftOut['kind'], string])[]

function renderLeftOut({ leftOut, others }: Proposal): string {
  const groups = HEADINGS.flatMap(([kind, heading]) => {
    const members = leftOut.filter((each) => each.kind === kind)
    const lines = members.map(({ text, why }) => toComment(`- ${text}: ${why}`))
    return lines.length === 0 ? [] : [toComment(heading), ...lines]
  })
  const rest = countOf(others, 'operation')
  const lines = others === 0 ? groups : [...groups, toComment(`${rest} that are no GET.`)]
  return lines.length === 0 ? '' : [toComment('Left out:'), ...lines].join('\n')
}
