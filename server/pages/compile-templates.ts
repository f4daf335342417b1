import { readFileSync } from 'node:fs'
import Handlebars from 'handlebars'

/** Turns what a page says into a page. Every value is escaped where it is placed. */
export type Template = (context: object) => string

/** No helper but Handlebars' own is known, and a value that is not there is an error. */
const OPTIONS = { strict: true, knownHelpersOnly: true } as const

/** Templates of one folder; each is `NAME.hbs` there. */
type TemplateFolder = { readonly folder: URL; readonly names: readonly string[] }

/**
 * Reads and parses the templates of a room.
 *
 * @param options.partials what they are put together from; they may come from other rooms
 * @throws {Error} for a template that is not there or does not parse
 */
export function compileTemplates<const Name extends string>(options: {
  readonly partials: readonly TemplateFolder[]
  readonly folder: URL
  readonly names: readonly Name[]
}): (name: Name) => Template {
  const { partials, folder, names } = options
  const handlebars = Handlebars.create()
  const compile = (from: URL, name: string): Template =>
    handlebars.compile(handlebars.parse(readTemplate(from, name)), OPTIONS)
  for (const from of partials) {
    for (const name of from.names) handlebars.registerPartial(name, compile(from.folder, name))
  }
  const templates = new Map(names.map((name) => [name, compile(folder, name)]))
  return (name) => {
    const template = templates.get(name)
    if (template === undefined) throw new Error(`there is no template "${name}"`)
    return template
  }
}

function readTemplate(folder: URL, name: string): string {
  return readFileSync(new URL(`${name}.hbs`, folder), 'utf8')
}
