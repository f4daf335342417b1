import { textAt, without, type JsonObject } from '../../json.ts'
import { toSchema } from './schema-members.ts'

/** Styles that say a `collectionFormat`, `csv` and `multi` aside (Swagger 2.0, "Parameter Object"). */
const STYLES: ReadonlyMap<string, string> = new Map([
  ['ssv', 'spaceDelimited'],
  ['tsv', 'tabDelimited'],
  ['pipes', 'pipeDelimited'],
])

/** Says a parameter in the words of OpenAPI 3.0; bodies and form fields are no parameters there. */
export function upgradeParameter(parameter: JsonObject): JsonObject {
  const kept = ['name', 'in', 'description', 'required', 'allowEmptyValue']
  const members = Object.entries(parameter).filter(([key]) => kept.includes(key))
  const schema = toSchema(without(parameter, kept))
  return { ...Object.fromEntries(members), ...toStyle(parameter), schema }
}

/** Only a list has a format. Without one it is `csv`; `multi` is for queries only. */
function toStyle({ type, in: where, collectionFormat }: JsonObject): JsonObject {
  if (type !== 'array') return {}
  const format = textAt(collectionFormat)
  const style = STYLES.get(format)
  if (style !== undefined) return { style, explode: false }
  return where === 'query' ? { style: 'form', explode: format === 'multi' } : { style: 'simple' }
}
