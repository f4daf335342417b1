import { describe, expect, it } from '@jest/globals'
import { loadPublished } from '../../server/connector.ts'
import type { Docs } from '../../site/docs.ts'
import type { Deployment } from '../../site/facts.ts'
import { parsePage } from '../../site/markdown/parse-page.ts'
import { toNeutralDeployment } from '../../site/neutral-deployment.ts'
import { buildPages, type Page } from '../../site/pages.ts'

const { docs } = await loadPublished('flowtly')

const NEUTRAL = toNeutralDeployment({
  signIn: { kind: 'password' },
  apiCredentials: { key: 'X-Api-Key', secret: 'X-Api-Secret', email: 'X-User-Email' },
  approvers: ['owner', 'admin'],
  sharedOrganization: null,
  hasPublicTools: false,
})

const KEYS_ONLY: Partial<Deployment> = {
  signIn: { kind: 'none' },
  console: null,
  apiCredentials: null,
  approvers: [],
  sharedOrganization: 'Acme',
}
const SHARED_WITH_SIGN_IN: Partial<Deployment> = {
  ...KEYS_ONLY,
  signIn: { kind: 'provider', host: 'id.acme.example' },
  console: NEUTRAL.console,
}

/** The connector with its first tool offered to everybody. */
const WITH_PUBLIC: Docs = {
  ...docs,
  namespaces: docs.namespaces.map((namespace) => ({
    ...namespace,
    tools: namespace.tools.map((tool) => ({ ...tool, public: tool.name === 'taxGroups.list' })),
  })),
}

/** The connector without anything that narrows or pages a list, and without a word about itself. */
const BARE: Docs = {
  ...docs,
  connector: { ...docs.connector, instructions: null },
  namespaces: docs.namespaces.map((namespace) => ({
    ...namespace,
    tools: namespace.tools.map((tool) => ({ ...tool, paging: null, filters: [], columns: null })),
  })),
}

const CHANGED: Docs = {
  ...docs,
  changes: [
    {
      at: '2026-11-20T10:00:00.000Z',
      version: '2026.11.0',
      changes: [
        { tool: null, class: 'cosmetic', what: 'the title changed' },
        { tool: 'invoices.list', class: 'breaking', what: 'argument "status" is gone' },
      ],
    },
    {
      at: '2026-10-02T08:00:00.000Z',
      version: '2026.11.0',
      changes: [{ tool: 'projects.list', class: 'breaking', what: 'column "code" is gone' }],
    },
  ],
}

/** The connector with prompts of every kind, and nothing else to ask with. */
const WITH_PROMPTS: Docs = {
  ...docs,
  prompts: [
    {
      ...{ name: 'contractCheck', title: 'Check a contract', description: 'Reads one.' },
      arguments: [
        { name: 'id', description: 'Which one.', required: true, values: null },
        { name: 'tone', description: 'How.', required: false, values: ['short', 'long'] },
      ],
      ...{ text: 'Check {id}.\nBe {tone}.', attach: ['flowtly://contracts/{id}'] },
    },
  ],
  intents: [
    {
      ...{ name: 'topDebtors', title: 'Top debtors', description: 'Who owes most.' },
      utterances: ['who owes us most'],
      ...{ arguments: [], tool: 'insights.topDebtors' },
    },
    {
      ...{ name: 'cashToday', title: 'Cash today', description: 'What is there.' },
      utterances: ['how much cash is there'],
      ...{ arguments: [], tool: null },
    },
  ],
}
const WITHOUT_PROMPTS: Docs = { ...docs, prompts: [], intents: [] }
const WITHOUT_RESEARCH: Docs = { ...docs, research: [] }
const WITHOUT_RESOURCES: Docs = { ...docs, resources: null }
/** Nothing but a file, which is no tool. */
const FILES_ONLY: Docs = {
  ...docs,
  resources: {
    allowPrefixes: ['flowtly://attachments/'],
    indexes: [],
    records: (docs.resources?.records ?? []).filter(({ tool }) => tool === null),
  },
}

/** Words of the machine, an empty item, half a sentence, a double space, a heading with nothing below. */
const GAPS = /undefined|\[object|\{\{|^-\s*$|: \.$|^[^|\n]*\S {2,}\S|^##+ [^\n]+\n+(?=##? )/gm

type Variant = { readonly deployment: Partial<Deployment>; readonly docs: Docs }

const VARIANTS: Readonly<Record<string, Variant>> = {
  plain: { deployment: {}, docs },
  'keys only': { deployment: KEYS_ONLY, docs },
  'shared, with sign-in': { deployment: SHARED_WITH_SIGN_IN, docs },
  'identity provider': { deployment: SHARED_WITH_SIGN_IN, docs },
  'API credentials as sign-in': { deployment: { signIn: { kind: 'api-credentials' } }, docs },
  'no API credentials': { deployment: { apiCredentials: null }, docs },
  approval: { deployment: { activation: 'approval' }, docs },
  tenants: { deployment: { tenantMcpUrl: 'https://{tenant}.mcp.example.com/mcp' }, docs },
  'tenant host': { deployment: { isTenantHost: true }, docs },
  'two addresses': { deployment: { otherMcpUrl: 'https://mcp.example.com/api/mcp' }, docs },
  'public tools': {
    deployment: { publicMcpUrl: 'https://mcp.example.com/public/mcp' },
    docs: WITH_PUBLIC,
  },
  'this machine': {
    deployment: { origin: 'http://127.0.0.1:8787', mcpUrl: 'http://127.0.0.1:8787/mcp' },
    docs,
  },
  'underscored names': { deployment: { toolNames: 'underscored' }, docs },
  'nothing to page': { deployment: {}, docs: BARE },
  changes: { deployment: {}, docs: CHANGED },
  'prompts of every kind': { deployment: {}, docs: WITH_PROMPTS },
  'no prompts': { deployment: {}, docs: WITHOUT_PROMPTS },
  'no research': { deployment: {}, docs: WITHOUT_RESEARCH },
  'a search in place of a list': { deployment: {}, docs: { ...docs, searched: true } },
  'no resources': { deployment: {}, docs: WITHOUT_RESOURCES },
  'files only': { deployment: {}, docs: FILES_ONLY },
}

function pagesOf(name: string): ReadonlyMap<string, Page> {
  const variant = VARIANTS[name]
  if (variant === undefined) throw new Error(`no variant ${name}`)
  const deployment = { ...NEUTRAL, ...variant.deployment }
  return new Map(buildPages({ docs: variant.docs, deployment }).map((page) => [page.path, page]))
}

const markdownOf = (name: string, path: string) => pagesOf(name).get(path)?.markdown ?? ''

describe.each(Object.keys(VARIANTS))('the pages of a deployment with %s', (name) => {
  const pages = pagesOf(name)

  it('lead to places that exist', () => {
    const places = new Set(
      [...pages.values()].flatMap(({ path, markdown }) => [
        path,
        ...parsePage(markdown).headings.map(({ id }) => `${path}#${id}`),
      ]),
    )

    const links = [...pages.values()].flatMap(({ path, markdown }) =>
      [...markdown.matchAll(/\]\((\/[^)]*)\)/g)].map(([, to = '']) => ({ path, to })),
    )

    const lost = links.filter(({ to }) => !places.has(to) && to !== '/llms.txt')
    expect(links.length).toBeGreaterThan(50)
    expect(lost).toEqual([])
  })

  it('have headings in order, each once on its page', () => {
    for (const { path, markdown } of pages.values()) {
      const { headings } = parsePage(markdown)
      const levels = headings.map(({ level }) => level)
      const steps = levels.slice(1).map((level, index) => level - (levels[index] ?? 0))

      expect([path, levels.filter((level) => level === 1)]).toEqual([path, [1]])
      expect(Math.max(1, ...steps)).toBe(1)
      expect(new Set(headings.map(({ text }) => text)).size).toBe(headings.length)
    }
  })

  it('leave no gap where a variant does not apply', () => {
    for (const { path, markdown } of pages.values()) {
      const prose = markdown.replaceAll(/^```.*?^```$/gms, 'code')
      const gaps = prose.match(GAPS) ?? []

      expect([path, gaps]).toEqual([path, []])
    }
  })
})

it('has no page about prompts where there are none', () => {
  expect(pagesOf('no prompts').has('/docs/prompts')).toBe(false)
})

it('has no page about resources where there are none', () => {
  expect(pagesOf('no resources').has('/docs/resources')).toBe(false)
})

describe('a page says what the deployment does', () => {
  it.each<[variant: string, path: string, says: RegExp]>([
    ['plain', '/docs/connect', /e-mail address and the password that you have for Flowtly/],
    ['plain', '/docs/connect', /^## ChatGPT$/m],
    ['plain', '/docs/changelog', /Nothing has changed/],
    ['keys only', '/docs/connect', /cannot use this connector/],
    ['keys only', '/docs/connect', /--header "Authorization: Bearer \$TOKEN"/],
    ['keys only', '/docs/privacy', /With one credential for everybody/],
    ['keys only', '/docs/administrators', /for one organization: Acme/],
    ['keys only', '/docs/quickstart', /made by the team that runs this connector/],
    ['shared, with sign-in', '/docs/administrators', /open to everybody who may sign in/],
    ['shared, with sign-in', '/docs/privacy', /\*\*At id\.acme\.example:\*\*/],
    ['plain', '/docs/administrators', /open to people with the role owner or admin/],
    ['plain', '/docs/privacy', /\[My connections\]\(<https:\/\/mcp\.example\.com\/account>\)/],
    ['shared, with sign-in', '/docs/connect', /sign in at id\.acme\.example/],
    ['shared, with sign-in', '/docs/connect', /You choose what may be read: /],
    ['API credentials as sign-in', '/docs/connect', /your API key for Flowtly, its secret/],
    ['approval', '/docs/connect', /let in once by the team/],
    ['approval', '/docs/errors', /activation_pending/],
    ['approval', '/docs/troubleshooting', /activation_pending/],
    ['tenants', '/docs/connect', /https:\/\/\{tenant\}\.mcp\.example\.com\/mcp/],
    ['tenants', '/docs/errors', /organization_not_served/],
    ['tenant host', '/docs/errors', /organization_not_served/],
    ['two addresses', '/docs/transport', /POST https:\/\/mcp\.example\.com\/api\/mcp/],
    ['public tools', '/docs/transport', /1 tool can be called by anybody/],
    ['public tools', '/docs/tools/taxGroups', /without a credential, at `https:\/\/mcp\.example/],
    ['public tools', '/docs/privacy', /1 tool can be called without a credential/],
    ['public tools', '/docs/limits', /messages without a credential/],
    ['this machine', '/docs/connect', /on one computer only/],
    ['underscored names', '/docs/quickstart', /"name": "attachments_get"/],
    ['nothing to page', '/docs/pagination', /each list comes as a whole/],
    ['nothing to page', '/docs/pagination', /No tool of this connector has filters/],
    ['prompts of every kind', '/docs/prompts', /^> Check \{id\}\.\n>\n> Be \{tone\}\.$/m],
    ['prompts of every kind', '/docs/prompts', /`tone` \| How\. One of `short` `long` \| no \|/],
    ['prompts of every kind', '/docs/prompts', /A line is left out/],
    ['prompts of every kind', '/docs/prompts', /read at `flowtly:\/\/contracts\/\{id\}`/],
    ['prompts of every kind', '/docs/prompts', /The tool `insights\.topDebtors` answers it/],
    ['prompts of every kind', '/docs/prompts', /which tools answer it, one after the other/],
    ['prompts of every kind', '/docs/prompts', /^- who owes us most$/m],
    [
      'plain',
      '/docs/resources',
      /^\| `flowtly:\/\/invoices\/\{invoiceId\}` \| .* \[invoices\.get\]/m,
    ],
    ['plain', '/docs/resources', /^\| `flowtly:\/\/invoices\/` \| \[invoices\.list\]/m],
    ['plain', '/docs/resources', /"method":"resources\/read"/],
    ['plain', '/docs/quickstart', /"resources": \{\}/],
    ['files only', '/docs/resources', /\/content` \| Content of an attachment \| .* \| {2}\|$/m],
    ['changes', '/docs/changelog', /`invoices\.list`: argument "status" is gone/],
  ])('%s: %s says %p', (variant, path, says) => {
    expect(markdownOf(variant, path)).toMatch(says)
  })

  it.each<[variant: string, path: string, silent: RegExp]>([
    ['no resources', '/docs/quickstart', /"resources"/],
    ['files only', '/docs/resources', /resources\/list/],
    ['files only', '/docs/resources', /```/],
    ['plain', '/docs/transport', /^## Tools without a credential$/m],
    ['plain', '/docs/errors', /activation_pending|organization_not_served/],
    ['plain', '/docs/connect', /one computer only/],
    ['keys only', '/docs/connect', /^## (?:Claude|ChatGPT)$|^1\. Open/m],
    ['keys only', '/docs/transport', /oauth|^## Signing in$/im],
    ['keys only', '/docs/privacy', /password|access tokens|console/],
    ['keys only', '/docs/limits', /^## Signing in$/m],
    ['keys only', '/docs/administrators', /console/],
    ['no API credentials', '/docs/transport', /X-Api-Key|^## API credentials$/m],
    ['no API credentials', '/docs/connect', /API_SECRET/],
    ['identity provider', '/docs/privacy', /your password/],
    ['changes', '/docs/changelog', /Nothing has changed/],
  ])('%s: %s does not say %p', (variant, path, silent) => {
    expect(markdownOf(variant, path)).not.toMatch(silent)
  })
})

describe('what ChatGPT uses for deep research', () => {
  it.each(['/docs/connect', '/docs/tools'])('is told on %s where it can be searched', (path) => {
    const text = markdownOf('plain', path)

    expect(text).toContain('Attachments, Contracts, Counterparties, and Invoices at once')
    expect(text).toContain('`fetch` reads one')
    expect(markdownOf('no research', path)).not.toContain('`fetch`')
  })
})

describe('the pages of a connector whose tools are searched', () => {
  it.each([
    ['/docs/tools', /`tools\.search` finds them by a question/, /`tools\/list` gives the same/],
    [
      '/docs/quickstart',
      /`tools\.search` finds the others/,
      /You get the tools that your credential/,
    ],
  ])('say on %s how tools are found, and no longer that all are listed', (path, says, saidElse) => {
    const searched = markdownOf('a search in place of a list', path)
    const plain = markdownOf('plain', path)

    expect(searched).toMatch(says)
    expect(searched).not.toMatch(saidElse)
    expect(plain).toMatch(saidElse)
    expect(plain).not.toMatch(says)
  })
})
