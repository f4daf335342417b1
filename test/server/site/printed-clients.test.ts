import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { callTool, resultOf } from '../../support/rpc.ts'
import { startDocumented, type Documented } from '../../support/site/documented.ts'
import { runShell } from '../../support/site/printed-exchanges.ts'

let documented: Documented
let page: string

beforeAll(async () => {
  documented = await startDocumented()
  page = documented.pages.get('/docs/connect') ?? ''
})

afterAll(() => documented.close())

const blocksOf = (language: string, heading: string) =>
  documented.blocks
    .filter((block) => block.path === '/docs/connect')
    .filter((block) => block.language === language && block.heading === heading)
    .map(({ text }) => text)

/** The destination of a link by its text. */
function linkOf(text: string): string {
  const [, href = ''] = new RegExp(`\\[${text}\\]\\(<([^>]+)>\\)`).exec(page) ?? []
  return href
}

/** The words of a command as a shell would read them, with every variable left as it stands. */
function wordsOf(command: string): readonly string[] {
  const script = command.replaceAll('$', String.raw`\$`)
  const print = `set -- ${script.replaceAll('\\\n', ' ')}; printf '%s\\0' "$@"`
  return execFileSync('bash', ['-c', print], { encoding: 'utf8' }).split('\0').slice(0, -1)
}

/** `claude mcp add [options] NAME URL`, as Claude Code documents it; the values of its options. */
const CLAUDE_OPTIONS: Readonly<Record<string, RegExp>> = {
  '--transport': /^http$/,
  '--header': /^[A-Za-z-]+: \S.*$/,
  '--scope': /^(?:local|user|project)$/,
}

function parseClaudeAdd(command: string) {
  const [program, group, verb, ...rest] = wordsOf(command)
  const operands: string[] = []
  const headers: string[] = []
  const unknown: string[] = []
  for (let at = 0; at < rest.length; at += 1) {
    const word = rest[at] ?? ''
    if (!word.startsWith('-')) {
      operands.push(word)
      continue
    }
    const value = rest[at + 1] ?? ''
    if (CLAUDE_OPTIONS[word]?.test(value) !== true) unknown.push(`${word} ${value}`)
    if (word === '--header') headers.push(value)
    at += 1
  }
  return { start: [program, group, verb].join(' '), operands, headers, unknown }
}

describe('the lines for Claude Code', () => {
  it('are what its command takes, with the name and the address of the connector', () => {
    const commands = blocksOf('sh', 'Claude Code').map(parseClaudeAdd)

    expect(commands.length).toBe(3)
    for (const { start, operands, unknown } of commands) {
      expect({ start, operands, unknown }).toEqual({
        start: 'claude mcp add',
        operands: ['flowtly', `${documented.url}/mcp`],
        unknown: [],
      })
    }
  })

  it('give headers that let their reader in', async () => {
    const commands = blocksOf('sh', 'Claude Code').map(parseClaudeAdd)
    const kinds = commands.map(({ headers }) => headers).filter((headers) => headers.length > 0)

    for (const headers of kinds) {
      const filled = headers.map((header) =>
        header.replaceAll(/\$([A-Z_]+)/g, (_, name: string) => {
          const variables: Readonly<Record<string, string>> = documented.variables
          return variables[name] ?? ''
        }),
      )
      const sent = Object.fromEntries(
        filled.map((header) => {
          const [name = '', value = ''] = header.split(': ')
          return [name, value] as const
        }),
      )
      const answer = await callTool(documented.url, 'invoices.list', {}, sent)

      expect(resultOf(answer)).toHaveProperty('data')
    }
    expect(kinds.length).toBe(2)
  })
})

const server = z.strictObject({
  type: z.literal('http').optional(),
  url: z.url(),
  headers: z.record(z.string(), z.string()).optional(),
})
const files = z.union([
  z.strictObject({ mcpServers: z.record(z.string(), server) }),
  z.strictObject({
    inputs: z.array(z.record(z.string(), z.unknown())).optional(),
    servers: z.record(z.string(), server),
  }),
])

describe('the files for clients', () => {
  it.each([
    ['Claude Code', 1],
    ['Cursor', 2],
    ['VS Code', 2],
  ])('of %s name the connector and its address, in the form that it reads', (client, count) => {
    const parsed = blocksOf('json', client).map((text) => files.parse(JSON.parse(text)))

    const servers = parsed.map((file) => ('servers' in file ? file.servers : file.mcpServers))
    expect(servers.map((each) => [Object.keys(each), each['flowtly']?.url])).toEqual(
      Array.from({ length: count }, () => [['flowtly'], `${documented.url}/mcp`]),
    )
  })

  it('never hold a key, but the place where a client takes it from', () => {
    const texts = ['Claude Code', 'Cursor', 'VS Code'].flatMap((each) => blocksOf('json', each))

    const values = texts.flatMap((text) => text.match(/"Bearer [^"]*"/g) ?? [])

    expect(values.length).toBe(2)
    for (const value of values) expect(value).toMatch(/^"Bearer \$\{(?:env|input):[\w-]+\}"$/)
  })

  it('ask VS Code for the very input that the header names', () => {
    const [, withKey = ''] = blocksOf('json', 'VS Code')
    const [, id = ''] = /\$\{input:([\w-]+)\}/.exec(withKey) ?? []

    expect(JSON.parse(withKey)).toMatchObject({
      inputs: [{ id, type: 'promptString', password: true }],
    })
  })

  it('add the same to VS Code by its command line', () => {
    const [command = ''] = blocksOf('sh', 'VS Code')
    const [program, option, value = ''] = wordsOf(command)

    expect([program, option]).toEqual(['code', '--add-mcp'])
    expect(JSON.parse(value)).toEqual({
      name: 'flowtly',
      type: 'http',
      url: `${documented.url}/mcp`,
    })
  })
})

describe('the install links', () => {
  it('open Claude with the name and the address filled in', () => {
    const link = new URL(linkOf('Claude with the form filled in'))

    expect(`${link.origin}${link.pathname}`).toBe('https://claude.ai/customize/connectors')
    expect(Object.fromEntries(link.searchParams)).toEqual({
      modal: 'add-custom-connector',
      connectorName: 'Flowtly',
      connectorUrl: `${documented.url}/mcp`,
    })
  })

  it('open Cursor with a configuration in base64', () => {
    const link = new URL(linkOf('Add to Cursor'))
    const config = Buffer.from(link.searchParams.get('config') ?? '', 'base64').toString('utf8')

    expect(link.href.split('?')[0]).toBe('cursor://anysphere.cursor-deeplink/mcp/install')
    expect(link.searchParams.get('name')).toBe('flowtly')
    expect(JSON.parse(config)).toEqual({ url: `${documented.url}/mcp` })
  })

  it('open VS Code with a configuration in the address', () => {
    const [start, json = ''] = linkOf('Add to VS Code').split('?')

    expect(start).toBe('vscode:mcp/install')
    expect(JSON.parse(decodeURIComponent(json))).toEqual({
      name: 'flowtly',
      type: 'http',
      url: `${documented.url}/mcp`,
    })
  })

  it('are links in the page that people see', async () => {
    const html = await (await fetch(`${documented.url}/docs/connect`)).text()

    for (const scheme of ['https://claude.ai/customize', 'cursor://', 'vscode:mcp/']) {
      expect(html).toContain(`<a href="${scheme}`)
    }
  })
})

describe('the scripts', () => {
  it.each([
    ['js', ['--input-type=module', '-e']],
    ['python', ['-c']],
  ])('in %s run as they are, and print what the tool answers', async (language, options) => {
    const [script = ''] = blocksOf(language, 'Scripts and other programs')
    const program = language === 'js' ? process.execPath : 'python3'
    const variables = { ...documented.variables, SCRIPT: script }

    const printed = await runShell(`"${program}" ${options.join(' ')} "$SCRIPT"`, variables)

    expect(printed).toMatch(/id['"]?: ['"]att_/)
  })

  it('in the shell print the answer of the same call', async () => {
    const [command = ''] = blocksOf('sh', 'Scripts and other programs')

    expect(await runShell(command, documented.variables)).toContain('att_')
  })
})
