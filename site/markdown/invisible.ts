/**
 * What is not seen but changes what is seen: control characters, direction overrides, zero-width
 * characters. The two joiners stay, because Persian and emoji need them.
 */
const INVISIBLE = /[[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]--[\u200c\u200d]]/gv

/** The same, but for the white space that structures a block of code. */
const INVISIBLE_IN_CODE = /[[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]--[\n\t]]/gv

/** Takes out of prose what nobody sees, so that nothing in it can move or hide its neighbours. */
export function removeInvisible(text: string): string {
  return text.replaceAll(/\s/gu, ' ').replaceAll(INVISIBLE, '')
}

/** Makes visible in code what nobody sees: it is part of the value. JSON stays the same JSON. */
export function showInvisible(code: string): string {
  return code.replaceAll(INVISIBLE_IN_CODE, (character) =>
    Array.from({ length: character.length }, (_, index) =>
      toEscape(character.charCodeAt(index)),
    ).join(''),
  )
}

function toEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`
}
