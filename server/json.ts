/** Answers whether a parsed value is a JSON object: neither a list nor null. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The steps of a JSON Pointer (RFC 6901, section 4); none for the whole document. */
export function pointerSteps(pointer: string): readonly string[] {
  if (pointer === '') return []
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** Reads what a JSON Pointer points at; `undefined` where there is nothing. */
export function readPointer(value: unknown, pointer: string): unknown {
  return pointerSteps(pointer).reduce<unknown>(readStep, value)
}

/** Answers whether a JSON text nests objects and lists deeper than allowed, without parsing it. */
export function isNestedDeeper(text: string, maxDepth: number): boolean {
  if (!opensMoreThan(text, maxDepth)) return false
  let depth = 0
  let isText = false
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index]
    if (isText) {
      if (character === '\\') index += 1
      else if (character === '"') isText = false
    } else if (character === '"') isText = true
    else if (character === '[' || character === '{') {
      depth += 1
      if (depth > maxDepth) return true
    } else if (character === ']' || character === '}') depth -= 1
  }
  return false
}

/** Answers whether a text has more opening brackets than so many, wherever they stand: most have few. */
function opensMoreThan(text: string, max: number): boolean {
  let count = 0
  for (const bracket of ['{', '[']) {
    for (
      let index = text.indexOf(bracket);
      index !== -1;
      index = text.indexOf(bracket, index + 1)
    ) {
      count += 1
      if (count > max) return true
    }
  }
  return false
}

/** Cuts a text to a length in characters without breaking one in two. */
export function shorten(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text
  return `${text
    .slice(0, maxChars - 1)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()}…`
}

function readStep(value: unknown, step: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
  const found: unknown = Reflect.get(value, step)
  return found
}
