import type { Bundle } from './bundle.ts'
import { isObject } from '../json.ts'
import { parsePointer, valueAt, type Path } from '../json-pointer.ts'

/** Follows references inside the bundle; each of them leads somewhere. */
export function followBundled({ document }: Pick<Bundle, 'document'>, path: Path): Path {
  let here = path
  for (let hops = 0; hops < 50; hops += 1) {
    const value = valueAt(document, here)
    const ref = isObject(value) ? value['$ref'] : undefined
    if (typeof ref !== 'string') break
    here = parsePointer(ref.slice(1))
  }
  return here
}
