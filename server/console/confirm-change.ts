import { compileTemplates } from '../pages/compile-templates.ts'
import type { Answer } from './answer.ts'
import { FRAME_PARTIALS } from './frame.ts'

const template = compileTemplates({
  partials: FRAME_PARTIALS,
  folder: new URL('./templates/', import.meta.url),
  names: ['confirm-change'],
})

/**
 * The page before a change that breaks something: it says what the change does, and its form sends
 * it to the same address.
 */
export function confirmChange(options: {
  readonly heading: string
  /** What happens, a paragraph each. */
  readonly consequences: readonly string[]
  /** Of the button that does it. */
  readonly change: string
  /** Of the link that leaves everything as it is, and where it leads. */
  readonly keep: string
  readonly back: string
  /** What the form sends beside; nothing by default. */
  readonly fields?: readonly { readonly name: string; readonly value: string }[]
}): Answer {
  const { heading, fields = [], ...words } = options
  const context = { ...words, fields }
  return { kind: 'page', template: template('confirm-change'), heading, context }
}
