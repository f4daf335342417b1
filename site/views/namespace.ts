import type { DocsArgument, DocsNamespace, DocsTool, Json } from '../docs.ts'
import type { SiteFacts } from '../facts.ts'
import { toSlug } from '../markdown/slug.ts'

/** What a page about a namespace says: each tool with its arguments, an example and its answer. */
export function toNamespaceView(_facts: SiteFacts, namespace: DocsNamespace): object {
  return {
    description: namespace.description,
    scope: namespace.scope,
    tools: namespace.tools.map(toToolView),
  }
}

/** The id of a tool's heading on the page of its namespace. */
export function toToolId(name: string): string {
  return toSlug(name)
}

function toToolView(tool: DocsTool): object {
  const { name, title, description, instructions, operation, scope, example } = tool
  return {
    ...{ name, title, description, instructions, operation, scope },
    argumentTables: tool.arguments.length === 0 ? [] : [tool.arguments.map(toArgumentView)],
    noArguments: tool.arguments.length === 0 ? ['It takes no arguments.'] : [],
    columns: tool.columns ?? [],
    call: { name: example.name, arguments: example.arguments },
    answers: example.answer === null ? [] : [example.answer],
  }
}

function toArgumentView(argument: DocsArgument): object {
  const { name, type, required, description, limits, values } = argument
  return {
    name,
    type,
    required: required ? 'yes' : 'no',
    default: argument.default === null ? [] : [toValueText(argument.default)],
    description: description ?? '',
    limits: limits ?? '',
    values: (values ?? []).map(toValueText),
  }
}

/** A text as it is, anything else as JSON. */
function toValueText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
