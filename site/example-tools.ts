import type { Docs, DocsTool } from './docs.ts'

/** All tools of a connector in name order. */
export function listTools({ namespaces }: Pick<Docs, 'namespaces'>): readonly DocsTool[] {
  return namespaces.flatMap(({ tools }) => tools)
}

/**
 * The tool that the pages show a call of: one that gives a list and needs no argument, if there is
 * one.
 *
 * @throws {Error} for a connector without a tool, which the generator does not make
 */
export function chooseExample(docs: Pick<Docs, 'namespaces'>): ExampleCall {
  const tools = listTools(docs)
  const free = tools.filter((tool) => !tool.arguments.some(({ required }) => required))
  const chosen = free.find(({ items }) => items !== null) ?? free[0]
  if (chosen !== undefined) return { tool: chosen, arguments: {} }
  const [first] = tools
  if (first === undefined) throw new Error('the connector has no tool')
  return { tool: first, arguments: first.example.arguments }
}

/** A call that a page shows. */
export type ExampleCall = {
  readonly tool: DocsTool
  readonly arguments: DocsTool['example']['arguments']
}

/** How AI tools that accept no dot are shown a name. */
export function toUnderscored(name: string): string {
  return name.replaceAll('.', '_')
}
