import { readFileSync } from 'node:fs'
import Handlebars from 'handlebars'

const PARTIALS = [
  'layout',
  'organization-fixed',
  'organization-picker',
  'problem-line',
  'reference',
] as const
type Template = (context: object) => string

/** No helper but Handlebars' own is known, and a value that is not there is an error. */
const OPTIONS = { strict: true, knownHelpersOnly: true } as const

/**
 * Reads and parses the templates of all pages. Each escapes every value that it places.
 *
 * @throws {Error} for a template that does not parse
 */
export function compileTemplates() {
  const handlebars = Handlebars.create()
  const compile = (name: string): Template =>
    handlebars.compile(handlebars.parse(readTemplate(name)), OPTIONS)
  for (const name of PARTIALS) handlebars.registerPartial(name, compile(name))
  return {
    consent: compile('consent'),
    problem: compile('problem'),
    problemWithCancel: compile('problem-with-cancel'),
    signIn: compile('sign-in'),
    signInElsewhere: compile('sign-in-elsewhere'),
  }
}

function readTemplate(name: string): string {
  return readFileSync(new URL(`./templates/${name}.hbs`, import.meta.url), 'utf8')
}
