import {
  CHATGPT_PLUGINS_LINK,
  toClaudeCodeCommand,
  toClaudeLink,
  toCursorLink,
  toVscodeLink,
  toVscodeServer,
  type ConnectFacts,
} from '../connect-links.ts'
import { quoteForShell, TOKEN_HEADER, TOKEN_VARIABLE } from '../example-requests.ts'
import type { Deployment, SiteFacts } from '../facts.ts'
import { toAndList } from '../wording.ts'
import { toCallExample } from './quickstart.ts'
import { toWhoMayConnect } from './access-texts.ts'
import { toVariants } from './variants.ts'
import { toScripts } from './scripts.ts'

/** The steps for each AI tool, with links and files that can be copied. */
export function toConnectView(facts: SiteFacts): object {
  const { docs, deployment } = facts
  const { name, title } = docs.connector
  const connect = { name, title, mcpUrl: deployment.mcpUrl }
  const canSignIn = deployment.signIn.kind !== 'none'
  return {
    ...toVariants(facts),
    signInStep: toSignInStep(facts),
    choiceStep: toChoiceStep(facts),
    whoMayConnect: toWhoMayConnect(facts),
    teamStep: canSignIn ? 'signs in on their own' : `sets the variable ${TOKEN_VARIABLE}`,
    bridge: `npx -y mcp-remote ${deployment.mcpUrl}`,
    tokenVariable: TOKEN_VARIABLE,
    claudeLink: toClaudeLink(connect),
    chatgptLink: CHATGPT_PLUGINS_LINK,
    research: toResearch(facts),
    cursorLink: toCursorLink(connect),
    vscodeLink: toVscodeLink(connect),
    claudeCode: toClaudeCode(connect, deployment),
    cursor: toCursor(connect),
    vscode: toVscode(connect),
    scripts: { ...toScripts(facts), curl: toCallExample(facts).request },
  }
}

/** What is searched for those who use nothing but `search` and `fetch`; a list of one or none. */
export function toResearch({ docs: { research } }: SiteFacts): readonly object[] {
  return research.length === 0 ? [] : [{ kinds: toAndList(research) }]
}

/** What a person does to prove who they are. */
export function toSignInStep({ docs, deployment: { signIn } }: SiteFacts): string {
  const { title } = docs.connector
  switch (signIn.kind) {
    case 'password':
      return `You sign in with the e-mail address and the password that you have for ${title}.`
    case 'api-credentials':
      return `You enter your API key for ${title}, its secret and your e-mail address, once.`
    case 'provider':
      return `You sign in at ${signIn.host}.`
    case 'none':
      return ''
  }
}

function toChoiceStep({ docs, deployment }: SiteFacts): string {
  const kinds = toAndList(docs.namespaces.map(({ title }) => title))
  return deployment.sharedOrganization === null
    ? `You choose the organization, and what may be read: ${kinds}.`
    : `You choose what may be read: ${kinds}.`
}

function toClaudeCode(facts: ConnectFacts, { apiCredentials, signIn }: Deployment) {
  const add = toClaudeCodeCommand(facts)
  const withHeaders = (headers: readonly string[]) =>
    [add, ...headers.map((header) => `--header "${header}"`)].join(' \\\n  ')
  const key = { headers: { Authorization: `Bearer \${${TOKEN_VARIABLE}}` } }
  return {
    add,
    withKey: withHeaders([TOKEN_HEADER]),
    withCredentials:
      apiCredentials === null
        ? ''
        : withHeaders([
            `${apiCredentials.key}: $API_KEY`,
            `${apiCredentials.secret}: $API_SECRET`,
            `${apiCredentials.email}: $EMAIL`,
          ]),
    file: {
      mcpServers: {
        [facts.name]: { type: 'http', url: facts.mcpUrl, ...(signIn.kind === 'none' && key) },
      },
    },
    remove: `claude mcp remove ${facts.name}`,
  }
}

function toCursor({ name, mcpUrl }: ConnectFacts) {
  const headers = { Authorization: `Bearer \${env:${TOKEN_VARIABLE}}` }
  return {
    file: { mcpServers: { [name]: { url: mcpUrl } } },
    withKey: { mcpServers: { [name]: { url: mcpUrl, headers } } },
  }
}

function toVscode(facts: ConnectFacts) {
  const { name, title } = facts
  const server = toVscodeServer(facts)
  const id = `${name}-key`
  const input = { type: 'promptString', id, description: `API key for ${title}`, password: true }
  const headers = { Authorization: `Bearer \${input:${id}}` }
  return {
    command: `code --add-mcp ${quoteForShell(JSON.stringify({ name, ...server }))}`,
    file: { servers: { [name]: server } },
    withKey: { inputs: [input], servers: { [name]: { ...server, headers } } },
  }
}
