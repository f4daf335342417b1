import { script, sheet, type Asset } from '../pages/assets.ts'

/** What the console's pages need beside what all pages share. */
export const CONSOLE_ASSETS: readonly Asset[] = [
  sheet('console', import.meta.resolve('./console.css')),
  script('console', import.meta.resolve('./browser/console.js')),
  script('htmx', import.meta.resolve('htmx.org/dist/htmx.min.js')),
]
