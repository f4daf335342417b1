/** Reads what a JSON Pointer (RFC 6901) points at; `undefined` where there is nothing. */
export function readPointer(value: unknown, pointer: string): unknown {
  if (pointer === '') return value
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(readStep, value)
}

function readStep(value: unknown, step: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
  const found: unknown = Reflect.get(value, step)
  return found
}
