import type { Page } from './browser-session.ts'
import { attributeOf, toPlainText, unescapeHtml } from './html-text.ts'

/** A button of a form, and what pressing it sends beside the fields. */
type FormButton = {
  readonly label: string
  readonly action: string | null
  readonly sends: readonly Field[]
}

type Field = readonly [name: string, value: string]

/** A form as a page shows it, with what is filled in. */
export type PageForm = {
  /** Where it is sent. */
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly fields: readonly Field[]
  readonly buttons: readonly FormButton[]
}

const FORM = /<form\b([^>]*)>([\s\S]*?)<\/form>/g
const CONTROL =
  /<input\b([^>]*)>|<select\b([^>]*)>([\s\S]*?)<\/select>|<textarea\b([^>]*)>([\s\S]*?)<\/textarea>/g
const BUTTON = /<button\b([^>]*)>([\s\S]*?)<\/button>/g
const LINK = /<a\b([^>]*)>([\s\S]*?)<\/a>/g
const OPTION = /<option\b([^>]*)>([\s\S]*?)<\/option>/g

/** The forms of a page, in its order. */
export function readForms({ text, url }: Pick<Page, 'text' | 'url'>): readonly PageForm[] {
  return [...text.matchAll(FORM)].map(([, attributes = '', inside = '']) => ({
    url: new URL(attributeOf(attributes, 'action') ?? url, url).href,
    method: attributeOf(attributes, 'method')?.toLowerCase() === 'post' ? 'POST' : 'GET',
    fields: readFields(inside),
    buttons: readButtons(inside),
  }))
}

/**
 * Finds a form by one of its buttons.
 *
 * @param label what the button says, whole
 * @returns the form as that button sends it
 * @throws {Error} where no form or more than one has such a button
 */
export function findForm(page: Pick<Page, 'text' | 'url'>, label: string): PageForm {
  const found = readForms(page).flatMap((form) =>
    form.buttons.filter((button) => button.label === label).map((button) => ({ form, button })),
  )
  const [only, ...others] = found
  if (only === undefined || others.length > 0) {
    throw new Error(`${found.length} buttons "${label}" at ${page.url}:\n${page.text}`)
  }
  const { form, button } = only
  return {
    ...form,
    url: button.action === null ? form.url : new URL(button.action, page.url).href,
    fields: [...form.fields, ...button.sends],
  }
}

/**
 * Finds a link by what it says, whole.
 *
 * @returns where it leads
 * @throws {Error} where no link says so, or links to different places do
 */
export function findLink({ text, url }: Pick<Page, 'text' | 'url'>, label: string): string {
  const found = [...text.matchAll(LINK)]
    .filter(([, , inside = '']) => toPlainText(inside) === label)
    .map(([, attributes = '']) => new URL(attributeOf(attributes, 'href') ?? '', url).href)
  const [only, ...others] = new Set(found)
  if (only === undefined || others.length > 0) {
    throw new Error(`${found.length} links "${label}" at ${url}:\n${text}`)
  }
  return only
}

function readFields(html: string): readonly Field[] {
  return [...html.matchAll(CONTROL)].flatMap((match): readonly Field[] => {
    const [, input, select, options = '', area, text = ''] = match
    const attributes = input ?? select ?? area ?? ''
    const name = attributeOf(attributes, 'name')
    if (name === null || has(attributes, 'disabled')) return []
    if (select !== undefined) return chosenOf(options).map((value) => [name, value] as const)
    if (area !== undefined) return [[name, unescapeHtml(text.replace(/^\r?\n/, ''))]]
    const type = attributeOf(attributes, 'type') ?? 'text'
    if (['checkbox', 'radio'].includes(type) && !has(attributes, 'checked')) return []
    return [[name, attributeOf(attributes, 'value') ?? (type === 'checkbox' ? 'on' : '')]]
  })
}

function chosenOf(html: string): readonly string[] {
  const options = [...html.matchAll(OPTION)].map(([, attributes = '', label = '']) => ({
    value: attributeOf(attributes, 'value') ?? toPlainText(label),
    isChosen: has(attributes, 'selected'),
  }))
  const chosen = options.find(({ isChosen }) => isChosen) ?? options[0]
  return chosen === undefined ? [] : [chosen.value]
}

function readButtons(html: string): readonly FormButton[] {
  return [...html.matchAll(BUTTON)]
    .filter(([, attributes = '']) => (attributeOf(attributes, 'type') ?? 'submit') === 'submit')
    .map(([, attributes = '', label = '']) => {
      const name = attributeOf(attributes, 'name')
      return {
        label: toPlainText(label),
        action: attributeOf(attributes, 'formaction'),
        sends: name === null ? [] : [[name, attributeOf(attributes, 'value') ?? '']],
      }
    })
}

function has(attributes: string, name: string): boolean {
  return new RegExp(`(?:^|\\s)${name}(?=[\\s=]|$)`).test(attributes)
}
