/** The connector's own tools, in either spelling: they are in no upstream's document. */
const OWN = /^(?:organization[._]context|insights[._]\w+|tools[._]\w+|search|fetch)$/

/**
 * The names of the operations in a list of tools, without the connector's own.
 *
 * @param tools as `tools/list` answers
 */
export function operationNames(tools: unknown): readonly string[] {
  if (!Array.isArray(tools)) throw new Error('no list of tools')
  return tools
    .map(({ name }: { readonly name: unknown }) => String(name))
    .filter((name) => !OWN.test(name))
}
