import { posix } from 'node:path'
import { INDEX_PATH, markdownPath } from '../../../site/paths.ts'

/** The page that many hosts show for an address that is not there. */
export const MISSING_FILE = '404.html'

/** The file that an address of the site becomes, below the folder: `docs/quickstart.html`. */
export function toFile(path: string): string {
  if (path === '/') return 'index.html'
  const isFile = path === INDEX_PATH || path.endsWith('/') || /\.(?:md|txt)$/.test(path)
  return isFile ? path.slice(1) : `${path.slice(1)}.html`
}

/** The file that a page's Markdown is in. */
export function toMarkdownFile(path: string): string {
  return path.startsWith('/llms') ? path.slice(1) : markdownPath(path).slice(1)
}

/** How one file of the site names another: the site works wherever it is put. */
export function toRelative(fromFile: string, toFile: string): string {
  const path = posix.relative(posix.dirname(fromFile), toFile)
  return toFile.endsWith('/') ? `${path}/` : path
}
