import type { Bundle } from '../document/bundle.ts'
import type { WireParameter } from '../model.ts'
import type { RawParameter } from './parameter-list.ts'
import type { Findings } from '../problem.ts'

/** Swagger 2.0's `ssv`, `pipes` and `tsv` may stand anywhere but in cookies (section "collectionFormat"). */
const DELIMITED = ['spaceDelimited', 'pipeDelimited', 'tabDelimited'] as const

/** Styles by place, the default first (OpenAPI 3.1, section 4.8.12.3). */
const STYLES = {
  path: ['simple', 'label', 'matrix', ...DELIMITED],
  query: ['form', 'deepObject', ...DELIMITED],
  header: ['simple', ...DELIMITED],
  cookie: ['form'],
} as const satisfies Record<WireParameter['in'], readonly string[]>

/**
 * Says how a parameter is written, with every default of the specification filled in. A style that
 * does not go with the parameter's place is taken for that place's default, with a warning.
 */
export function toWireParameter(
  bundle: Bundle,
  { node, path, name, in: where, content }: RawParameter,
  findings: Findings,
): WireParameter {
  const styles: readonly string[] = STYLES[where]
  const [fallback = 'form'] = styles
  const wanted = typeof node['style'] === 'string' ? node['style'] : fallback
  const style = styles.includes(wanted) ? wanted : fallback
  if (style !== wanted && content === null) {
    const what = `the style ${JSON.stringify(wanted)} is not one for "${where}"; ${style} is used`
    findings.warning(bundle.place([...path, 'style']), what, `there are ${styles.join(', ')}`)
  }
  const { explode, allowReserved } = node
  return {
    name,
    in: where,
    style,
    explode: typeof explode === 'boolean' ? explode : style === 'form',
    allowReserved: where === 'query' && allowReserved === true,
    content,
  }
}
