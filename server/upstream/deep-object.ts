import type { WireParameter } from '../mcp/tool.ts'
import { ArgumentRefused } from './failure.ts'
import { isGiven, listMembers, toText } from './value-parts.ts'

/**
 * Writes a value in brackets, as names of form fields and their texts: `filter[name]=x`.
 *
 * OpenAPI defines this for objects of scalars alone (3.1, section 4.8.12.3, `deepObject`). What is
 * beyond that is written as the APIs that use it read it (Stripe, Rails, PHP, qs):
 * an object in an object is `filter[a][b]=1`, a list of scalars `expand[]=a&expand[]=b`, and a list
 * of anything else `lines[0][amount]=1`, because empty brackets would not say where an item ends.
 * A scalar alone is `created=1`.
 *
 * @throws {ArgumentRefused} for the name of a member that would be read as two
 */
export function listBracketed(
  parameter: WireParameter,
  value: unknown,
  name = parameter.name,
): readonly (readonly [name: string, text: string])[] {
  if (!isGiven(value)) return []
  if (Array.isArray(value)) {
    const isFlat = !value.some((item) => typeof item === 'object' && item !== null)
    return value
      .filter(isGiven)
      .flatMap((item, index) =>
        listBracketed(parameter, item, `${name}[${isFlat ? '' : String(index)}]`),
      )
  }
  if (typeof value === 'object' && value !== null) {
    return listMembers(parameter, value).flatMap(([key, each]) => {
      if (/[[\]]/.test(key)) {
        const reason = `must not have a member whose name holds brackets: ${JSON.stringify(key)}`
        throw new ArgumentRefused(parameter.name, reason)
      }
      return listBracketed(parameter, each, `${name}[${key}]`)
    })
  }
  return [[name, toText(parameter, value)]]
}
