import { readFileSync } from 'node:fs'
import Handlebars from 'handlebars'
import { toCode, toCodeCell, toFence, toJsonFence, toText } from './markdown/escape.ts'
import { rewriteProse } from './markdown/rewrite-prose.ts'

/** Parts that several pages have. */
const PARTIALS = ['argument-row', 'page-groups', 'prompt', 'tool'] as const

/** What a page is written from: a file of `templates/`. */
export type TemplateName = keyof typeof templates

/**
 * The only ways for a value into a page; each gives Markdown that shows the value and nothing else.
 *
 * - `text`: in a line, in a table's cell or a link's text
 * - `prose`: paragraphs of somebody else's Markdown, as blocks of their own
 * - `code`, `codeCell`: a code span, in a line or in a table's cell
 * - `fence`: lines of code, with `language="sh"`
 * - `json`: a value as a block of JSON
 * - `page`: where a page of the site is, by its path, with `hash=` for a place in it
 * - `url`: a whole address that we made, as a link's destination
 */
export const HELPERS = [
  'text',
  'prose',
  'code',
  'codeCell',
  'fence',
  'json',
  'page',
  'url',
] as const

/** Where a page of the site is found from the page that is being written. */
export type HrefOf = (path: string) => string

/**
 * Writes a page's Markdown.
 *
 * @param options.hrefOf throws for a path that no page has
 * @throws {Error} where the view lacks a value that the template names
 */
export function renderTemplate(
  name: TemplateName,
  { view, hrefOf }: { readonly view: object; readonly hrefOf: HrefOf },
): string {
  return templates[name](view, { data: { hrefOf } })
}

const OPTIONS = {
  strict: true,
  noEscape: true,
  knownHelpersOnly: true,
  knownHelpers: Object.fromEntries(HELPERS.map((name) => [name, true])),
} as const

const handlebars = createHandlebars()
const templates = {
  overview: compile('overview'),
  namespace: compile('namespace'),
  quickstart: compile('quickstart'),
  connect: compile('connect'),
  transport: compile('transport'),
  errors: compile('errors'),
  pagination: compile('pagination'),
  resources: compile('resources'),
  limits: compile('limits'),
  'best-practice': compile('best-practice'),
  troubleshooting: compile('troubleshooting'),
  tools: compile('tools'),
  prompts: compile('prompts'),
  privacy: compile('privacy'),
  administrators: compile('administrators'),
  changelog: compile('changelog'),
  search: compile('search'),
  missing: compile('missing'),
  llms: compile('llms'),
} as const

function createHandlebars(): typeof Handlebars {
  const instance = Handlebars.create()
  instance.registerHelper({
    text: (value: unknown) => toText(readText('text', value)),
    prose: (value: unknown) => rewriteProse(readText('prose', value)),
    code: (value: unknown) => toCode(readText('code', value)),
    codeCell: (value: unknown) => toCodeCell(readText('codeCell', value)),
    fence: (value: unknown, { hash }: HelperOptions) =>
      toFence(readText('fence', value), readText('language', hash['language'] ?? '')),
    json: (value: unknown) => {
      if (value === undefined) throw new Error('"json": there is no such value in the view')
      return toJsonFence(value)
    },
    page: (path: unknown, { hash, data }: HelperOptions) => {
      const href = data.hrefOf(readText('page', path))
      return hash['hash'] === undefined ? href : `${href}#${readText('hash', hash['hash'])}`
    },
    url: (value: unknown) => toDestination(readText('url', value)),
  })
  for (const name of PARTIALS) instance.registerPartial(name, instance.compile(read(name), OPTIONS))
  return instance
}

type HelperOptions = {
  readonly hash: Readonly<Record<string, unknown>>
  readonly data: { readonly hrefOf: HrefOf }
}

/** Strict mode does not look inside a helper's arguments. */
function readText(helper: string, value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  throw new Error(`"${helper}": there is no such text in the view`)
}

function toDestination(address: string): string {
  if (!URL.canParse(address)) throw new Error(`"url": not a whole address: ${address}`)
  return `<${address.replaceAll(/[<>|\s\\]/g, encodeURIComponent)}>`
}

function compile(name: string): (view: object, options: object) => string {
  return handlebars.compile(read(name), OPTIONS)
}

function read(name: string): string {
  return readFileSync(new URL(`./templates/${name}.md.hbs`, import.meta.url), 'utf8')
}
