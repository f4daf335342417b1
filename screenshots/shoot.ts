import { join } from 'node:path'
import type { Page } from 'playwright-core'

/** In CSS pixels: a small telephone, a tablet, a desk. */
const WIDTHS = [320, 768, 1440]
const HEIGHT = 900
const SCHEMES = ['light', 'dark'] as const

/** Takes pictures of the page that is open: a page that shows something once is not loaded again. */
export type Shoot = (page: Page, name: string) => Promise<void>

/**
 * Makes the camera.
 *
 * @param options.folder where the pictures go, as `NAME-WIDTH-SCHEME.png`
 * @param options.only what a name must begin with; `''` for all
 */
export function createShoot(options: { readonly folder: string; readonly only: string }): Shoot {
  const { folder, only } = options
  return async function shoot(page, name) {
    if (!name.startsWith(only)) return
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: HEIGHT })
      for (const colorScheme of SCHEMES) {
        await page.emulateMedia({ colorScheme })
        const path = join(folder, `${name}-${width}-${colorScheme}.png`)
        await page.screenshot({ path, fullPage: true, animations: 'disabled' })
      }
    }
  }
}
