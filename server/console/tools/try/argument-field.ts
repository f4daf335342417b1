import type { Json, JsonObject } from '../../../mcp/tool.ts'
import { toDisplayText } from '../../../pages/display-text.ts'
import {
  isList,
  itemsOf,
  textOf,
  toText,
  typeOf,
  valuesOf,
  type Argument,
} from '../argument-schema.ts'

const MAX_ABOUT_CHARS = 500

/** How an argument is filled in: by choosing, by typing, or as JSON where it is no plain value. */
export type FieldKind = 'select' | 'choices' | 'input' | 'lines' | 'json'

/** Decides how an argument is filled in. */
export function fieldKindOf(schema: JsonObject): FieldKind {
  if (valuesOf(schema) !== null) return 'select'
  const type = typeOf(schema)
  if (type === 'boolean') return 'select'
  if (type === 'string' || type === 'number' || type === 'integer') return 'input'
  const items = itemsOf(schema)
  if (type !== 'array' || items === null) return 'json'
  if (valuesOf(items) !== null) return 'choices'
  return ['string', 'number', 'integer'].includes(typeOf(items) ?? '') ? 'lines' : 'json'
}

/** What a form calls an argument. */
export function fieldNameOf(key: string): string {
  return `arg.${key}`
}

/** The values to choose from. */
export function choicesOf(schema: JsonObject): readonly Json[] {
  return valuesOf(schema) ?? valuesOf(itemsOf(schema) ?? {}) ?? [true, false]
}

/**
 * An argument as a field of a form, filled in with what was sent before.
 *
 * @param options.index tells the fields of a form apart; a key may hold any character
 * @param options.limits in words; `null` where there are none
 */
export function toField(
  { key, schema, isRequired }: Argument,
  options: {
    readonly index: number
    readonly limits: string | null
    readonly form: URLSearchParams
  },
) {
  const { index, limits, form } = options
  const name = fieldNameOf(key)
  const id = `arg-${index}`
  const kind = fieldKindOf(schema)
  const sent = form.getAll(name)
  return {
    ...{ id, name },
    partial: `field-${kind}`,
    label: toDisplayText(key),
    about: toDisplayText(textOf(schema, 'description'), { maxChars: MAX_ABOUT_CHARS }),
    hint: toDisplayText(toHint({ schema, isRequired, limits, kind }), {
      maxChars: MAX_ABOUT_CHARS,
    }),
    type: inputTypeOf(schema),
    step: typeOf(schema) === 'integer' ? '1' : 'any',
    value: sent[0] ?? '',
    unset: isRequired ? 'Choose…' : 'Left out',
    options: choicesOf(schema).map((choice, place) => {
      const value = toText(choice)
      const isChosen = sent.includes(value)
      return {
        id: `${id}-${place}`,
        value,
        label: toDisplayText(value),
        selected: isChosen ? 'selected' : '',
        checked: isChosen ? 'checked' : '',
      }
    }),
  }
}

function inputTypeOf(schema: JsonObject): 'text' | 'number' | 'date' {
  if (typeOf(schema) !== 'string') return 'number'
  return textOf(schema, 'format') === 'date' ? 'date' : 'text'
}

function toHint(facts: {
  readonly schema: JsonObject
  readonly isRequired: boolean
  readonly limits: string | null
  readonly kind: FieldKind
}): string {
  const { schema, isRequired, limits, kind } = facts
  const { default: fallback, examples } = schema
  const example = isList(examples) ? examples[0] : undefined
  const hasExample = example !== undefined && (kind === 'input' || kind === 'json')
  const parts = [
    isRequired ? 'required' : '',
    kind === 'lines' ? 'one in each line' : '',
    kind === 'json' ? 'as JSON' : '',
    limits ?? '',
    fallback === undefined ? '' : `${toText(fallback)} when left out`,
    hasExample ? `for example ${toText(example)}` : '',
  ].filter((part) => part !== '')
  return parts.join(' · ')
}
