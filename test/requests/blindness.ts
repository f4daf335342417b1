import { isObject, type Json } from '../../codegen/json.ts'
import { textsIn, type Meant, type SentValue } from './judged-operation.ts'

/** Something that a judge cannot do, or is known to do wrong; the tables of wires hold each of these. */
export type Blindness = {
  /** A short name, as the report counts it. */
  readonly reason: string
  readonly applies: (meant: Meant) => boolean
}

/** Applies to a call with a value of some kind in it. */
export function blindTo(reason: string, isMeant: (sent: SentValue) => boolean): Blindness {
  return { reason, applies: ({ values }) => values.some(isMeant) }
}

/** What none of the implementations does as the specification says, or all do in their own ways. */
export const SHARED_BLINDNESSES: readonly Blindness[] = [
  blindTo('a cookie', ({ parameter }) => parameter.in === 'cookie'),
  blindTo('a parameter with "content"', ({ parameter }) => 'content' in parameter.node),
  // Which characters stay as they are differs: "&", "#" and "+" would end the value.
  blindTo(
    'reserved characters under "allowReserved"',
    ({ parameter, value }) =>
      parameter.node['allowReserved'] === true &&
      textsIn(value).some((text) => /[:/?#[\]@!$&'()*+,;=]/.test(text)),
  ),
  // RFC 9110, section 5.5: they are no part of its value.
  blindTo(
    "a header's outer spaces",
    ({ parameter, value }) =>
      parameter.in === 'header' && textsIn(value).some((text) => text !== text.trim()),
  ),
  // OpenAPI 3.1, section 4.8.12.3: deepObject is defined for objects of plain values only.
  blindTo(
    'deepObject beyond a flat object',
    ({ parameter, value }) =>
      parameter.style === 'deepObject' &&
      !(isObject(value) && Object.values(value).every((item) => typeof item !== 'object')),
  ),
  {
    // All three look names up in plain objects.
    reason: 'a name that every object has',
    applies: ({ operation, values }) =>
      operation.parameters.some(({ name }) => name in {}) ||
      values.some(({ value }) => textsIn(value).some((text) => text in {})),
  },
  {
    // A "?" or "#" there tells operations apart; what cannot stand in a URI is encoded by us alone.
    reason: 'a path that is no path of a URI',
    applies: ({ operation }) => /[^\w\-.~%!$&'()*+,;=:@/{}]/.test(operation.path),
  },
]

/** A list or an object inside another, which no style can write: we send its JSON. */
export function isNested({ value }: SentValue): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).some((item: Json) => typeof item === 'object')
  )
}

/** An object written with spaces or pipes: OpenAPI 3.1, section 4.8.12.4, has it in its table. */
export function isDelimitedObject({ parameter, value }: SentValue): boolean {
  return ['spaceDelimited', 'pipeDelimited'].includes(parameter.style) && isObject(value)
}
