import type { SiteFacts } from './facts.ts'
import { GROUPS, type PageDefinition } from './page-list.ts'
import { buildPage, linkFrom, type Linking } from './pages.ts'
import { renderTemplate } from './templates.ts'

type Options = { readonly pages: readonly PageDefinition[]; readonly linking: Linking }

/** Writes `llms.txt` (llmstxt.org): what there is to read, with a line about each page. */
export function buildLlms({ docs, deployment }: SiteFacts, options: Options): string {
  const groups = GROUPS.map((name) => ({
    name,
    pages: options.pages.filter(({ group }) => group === name),
  })).filter(({ pages }) => pages.length > 0)
  const view = { title: docs.connector.title, mcpUrl: deployment.mcpUrl, groups }
  return renderTemplate('llms', { view, hrefOf: linkFrom('/llms.txt', options) })
}

/** Writes `llms-full.txt`: every page, one after the other. */
export function buildLlmsFull(options: Options): string {
  return options.pages.map((page) => buildPage(page, options).markdown).join('\n---\n\n')
}
