import type { SiteFacts } from '../../../site/facts.ts'
import { renderPage, type Shell } from '../../../site/html/render-page.ts'
import { buildLlms, buildLlmsFull } from '../../../site/llms.ts'
import { listPages, type PageDefinition } from '../../../site/page-list.ts'
import { buildPage, buildPages, type Linking } from '../../../site/pages.ts'
import { INDEX_PATH } from '../../../site/paths.ts'
import { buildSearchIndex } from '../../../site/search/build-index.ts'
import { missingPage } from '../../../site/search/missing-page.ts'
import type { HrefOf } from '../../../site/templates.ts'
import { searchPage } from '../../../site/search/search-page.ts'
import { PAGE_ASSETS, readAsset, type Asset } from '../../pages/assets.ts'
import { SITE_ASSETS } from '../assets.ts'
import { CONTENT_POLICY } from '../security-headers.ts'
import { MISSING_FILE, toFile, toMarkdownFile, toRelative } from './export-paths.ts'

/** A static site: its files by their paths below the folder. */
export type ExportedSite = ReadonlyMap<string, Buffer>

/**
 * Writes the whole documentation as files.
 *
 * @param options.base where the site will be; without it, Markdown has relative links
 */
export function buildExport(
  facts: SiteFacts,
  { base }: { readonly base: URL | null },
): ExportedSite {
  const pages = listPages(facts)
  const shell = { title: facts.docs.connector.title, pages }
  const all = [...pages, searchPage(facts, pages, '')]
  const linking: Linking = (from, to) =>
    base === null
      ? toRelative(toMarkdownFile(from), toMarkdownFile(to))
      : new URL(toMarkdownFile(to), base).href
  const texts: readonly (readonly [file: string, text: string])[] = [
    ...all.map(
      (page) => [toFile(page.path), writeHtml(shell, page, relativeTo(toFile(page.path)))] as const,
    ),
    [MISSING_FILE, writeHtml(shell, missingPage(pages), wherever(base))],
    ...all.map(
      (page) => [toMarkdownFile(page.path), buildPage(page, { pages, linking }).markdown] as const,
    ),
    ['llms.txt', buildLlms(facts, { pages, linking })],
    ['llms-full.txt', buildLlmsFull({ pages, linking })],
    [toFile(INDEX_PATH), JSON.stringify(buildSearchIndex(buildPages(facts), { toHref: toFile }))],
  ]
  return new Map([
    ...texts.map(([file, text]) => [file, Buffer.from(text)] as const),
    ...listAssets().map((asset) => [asset.path.slice(1), readAsset(asset)] as const),
  ])
}

function listAssets(): readonly Asset[] {
  return [...PAGE_ASSETS.filter(({ path }) => path !== '/assets/style.css'), ...SITE_ASSETS]
}

function relativeTo(file: string): HrefOf {
  return (to) => toRelative(file, toFile(to))
}

/** Hosts show it for any address, below which nothing relative is found. */
function wherever(base: URL | null): HrefOf {
  return base === null ? relativeTo(MISSING_FILE) : (to) => new URL(toFile(to), base).href
}

function writeHtml(
  { title, pages }: Pick<Shell, 'title'> & { readonly pages: readonly PageDefinition[] },
  definition: PageDefinition,
  hrefOf: HrefOf,
): string {
  const page = buildPage(definition, { pages, linking: (_from, to) => hrefOf(to) })
  return renderPage(page, { title, pages, hrefOf, policy: CONTENT_POLICY })
}
