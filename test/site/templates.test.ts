import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import Handlebars from 'handlebars'
import { HELPERS } from '../../site/templates.ts'

const MARKDOWN = join(import.meta.dirname, '../../site/templates')
const HTML = join(import.meta.dirname, '../../site/html')

function templatesOf(folder: string): readonly (readonly [name: string, source: string])[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.hbs'))
    .map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const)
}

/** Every placeholder of a template, with the number of its parameters. */
function placeholdersOf(source: string) {
  const found: { readonly text: string; readonly name: string; readonly count: number }[] = []
  class Collector extends Handlebars.Visitor {
    override MustacheStatement(statement: hbs.AST.MustacheStatement): void {
      const { path, params, escaped } = statement
      const name: unknown = path.type === 'PathExpression' ? Reflect.get(path, 'original') : ''
      found.push({
        text: `${escaped ? '{{' : '{{{'}${String(name)}`,
        name: String(name),
        count: params.length,
      })
      super.MustacheStatement(statement)
    }
  }
  new Collector().accept(Handlebars.parse(source))
  return found
}

describe('the Markdown templates', () => {
  it.each(templatesOf(MARKDOWN))('%s places every value through a helper', (_name, source) => {
    const bare = placeholdersOf(source).filter(
      ({ name, count }) => !HELPERS.some((helper) => helper === name) || count !== 1,
    )

    expect(bare).toEqual([])
  })

  it.each(templatesOf(MARKDOWN))('%s decides nothing', (_name, source) => {
    expect(source).not.toMatch(/\{\{#(?!each\b)|\{\{else|\{\{\{|\{\{&/)
  })

  it.each(templatesOf(MARKDOWN))(
    '%s links to pages of the site by a helper only',
    (_name, source) => {
      const links = [...source.matchAll(/\]\((?!\{\{(?:page|url) )([^)]*)\)/g)].map(([, to]) => to)

      expect(links.filter((to) => to?.startsWith('/') === true)).toEqual([])
    },
  )
})

describe('the HTML templates', () => {
  it.each(templatesOf(HTML))('%s escapes every value, and decides nothing', (_name, source) => {
    expect(source).not.toMatch(/\{\{\{|\{\{&|\{\{#(?!each\b)|\{\{else/)
    expect(source).not.toMatch(/\son\w+=|style=|<script(?! type="module" src=)/)
  })
})
