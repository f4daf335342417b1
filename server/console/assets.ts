import { script, sheet, type Asset } from '../pages/assets.ts'

/** What all pages have first, then what is one room's own. */
const SHEETS = ['frame', 'parts', 'overview', 'tools', 'clients', 'keys', 'audit']

/** What the console's pages need beside what all pages share. */
export const CONSOLE_ASSETS: readonly Asset[] = [
  sheet('console', ...SHEETS.map((name) => import.meta.resolve(`./styles/${name}.css`))),
  script('console', import.meta.resolve('./browser/console.js')),
  script('htmx', import.meta.resolve('htmx.org/dist/htmx.min.js')),
]
