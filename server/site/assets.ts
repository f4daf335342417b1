import { script, sheet, type Asset } from '../pages/assets.ts'

/** What the documentation needs beside what all pages share; the library comes when somebody searches. */
export const SITE_ASSETS: readonly Asset[] = [
  sheet('docs', import.meta.resolve('../../site/html/docs.css')),
  script('docs', import.meta.resolve('../../site/browser/docs.js')),
  script('copy', import.meta.resolve('../../site/browser/copy.js')),
  script('search', import.meta.resolve('../../site/browser/search.js')),
  script('minisearch', import.meta.resolve('minisearch')),
]
