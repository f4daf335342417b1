import type { DocsArgument, DocsNamespace, DocsTool } from '../docs.ts'
import type { SiteFacts } from '../facts.ts'
import { toValueText } from '../value-text.ts'
import { when } from '../wording.ts'
import { toVariants } from './variants.ts'

/** What a page about a namespace says: each tool with its arguments, an example and its answer. */
export function toNamespaceView(facts: SiteFacts, namespace: DocsNamespace): object {
  return {
    ...toVariants(facts),
    description: namespace.description,
    scope: namespace.scope,
    tools: namespace.tools.map((tool) => toToolView(facts, tool)),
  }
}

function toToolView({ deployment }: SiteFacts, tool: DocsTool): object {
  const { name, title, description, instructions, operation, example, columns, items } = tool
  const { publicMcpUrl } = deployment
  return {
    ...{ name, title, description, operation },
    instructions: when(instructions !== '', instructions),
    readOnly: tool.readOnly === null ? [] : [tool.readOnly],
    publicAddress: tool.public && publicMcpUrl !== null ? [publicMcpUrl] : [],
    argumentTables: when(tool.arguments.length > 0, { rows: tool.arguments.map(toArgumentView) }),
    noArguments: when(tool.arguments.length === 0, {}),
    columnLists: columns === null ? [] : [{ of: items === null ? 'answer' : 'record', columns }],
    allColumns: when(columns === null && items === null, {}),
    call: { name: example.name, arguments: example.arguments },
    answers: example.answer === null ? [] : [example.answer],
  }
}

function toArgumentView(argument: DocsArgument): object {
  const { name, type, required, limits, values } = argument
  return {
    name,
    type,
    required: required ? 'yes' : 'no',
    default: argument.default === null ? [] : [toValueText(argument.default)],
    about: [
      ...when(argument.deprecated, 'Deprecated.'),
      argument.description ?? '',
      ...(limits === null ? [] : [toSentence(limits)]),
      ...when(values !== null, 'One of'),
    ].join(' '),
    values: (values ?? []).map(toValueText),
  }
}

function toSentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`
}
