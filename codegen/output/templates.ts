import { readFileSync } from 'node:fs'
import Handlebars from 'handlebars'
import { toCommentText, toLiteral } from './code-text.ts'
import type { Json } from '../json.ts'

const PARTIALS = [
  'contract',
  'contract-types',
  'header',
  'login-api-credentials',
  'login-oidc',
  'login-password',
  'login-service',
  'refresh-none',
  'refresh-token',
  'request',
  'sessions',
  'sessions-none',
  'tool',
] as const

/** A file that a template can make. */
export type TemplateName = 'index' | 'tools' | 'upstream'

/** Places the values of a view in a template. */
export function renderTemplate(name: TemplateName, view: object): string {
  return templates[name](view)
}

const options = {
  strict: true,
  noEscape: true,
  knownHelpersOnly: true,
  knownHelpers: { literal: true, comment: true },
} as const

const handlebars = createHandlebars()
const templates = {
  index: compile('index'),
  tools: compile('tools'),
  upstream: compile('upstream'),
} satisfies Record<TemplateName, unknown>

function createHandlebars(): typeof Handlebars {
  const instance = Handlebars.create()
  instance.registerHelper('literal', (value: Json | undefined, { hash }: LiteralOptions) =>
    toLiteral(value, hash.indent ?? 0),
  )
  instance.registerHelper('comment', toCommentText)
  for (const name of PARTIALS) instance.registerPartial(name, instance.compile(read(name), options))
  return instance
}

type LiteralOptions = { readonly hash: { readonly indent?: number } }

function compile(name: TemplateName): (view: object) => string {
  return handlebars.compile(read(name), options)
}

function read(name: string): string {
  return readFileSync(new URL(`./templates/${name}.hbs`, import.meta.url), 'utf8')
}
