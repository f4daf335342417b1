import { compileTemplates } from './compile-templates.ts'

const FOLDER = new URL('./templates/', import.meta.url)

/** The card that other rooms put their own pages on. */
export const CARD_PARTIALS = {
  folder: FOLDER,
  names: ['layout', 'problem-line', 'reference'],
} as const

/**
 * Reads and parses the templates of sign-in, consent and problems.
 *
 * @throws {Error} for a template that does not parse
 */
export function compilePages() {
  return compileTemplates({
    partials: [
      CARD_PARTIALS,
      { folder: FOLDER, names: ['organization-fixed', 'organization-picker'] },
    ],
    folder: FOLDER,
    names: ['consent', 'problem', 'problem-with-cancel', 'sign-in', 'sign-in-elsewhere'],
  })
}
