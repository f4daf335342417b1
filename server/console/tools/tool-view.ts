import type { DocsArgument, DocsTool } from '../../../site/docs.ts'
import { toDisplayText } from '../../pages/display-text.ts'
import { toText } from './argument-schema.ts'

/** Texts of a document are shown whole, as far as a page can hold them. */
const WHOLE = { maxChars: 2_000 }

/** What a tool reads and takes, as its page shows it. */
export function toToolView(tool: DocsTool) {
  const { operation, scope, readOnly } = tool
  const rows = tool.arguments.map(toRow)
  const columns = (tool.columns ?? []).map((each) => toDisplayText(each, WHOLE))
  return {
    operation: toDisplayText(operation, WHOLE),
    scope,
    readOnly: readOnly === null ? [] : [toDisplayText(readOnly, WHOLE)],
    isPublic: tool.public ? ['It is also offered without a token, to anybody.'] : [],
    rows,
    noArguments: rows.length === 0 ? ['It takes none.'] : [],
    columns,
    allColumns: columns.length === 0 ? ['Everything that the upstream answers.'] : [],
  }
}

function toRow({ name, type, required, description, values, limits, ...rest }: DocsArgument) {
  return {
    key: toDisplayText(name, WHOLE),
    type: required ? `${type}, required` : type,
    about: toDisplayText(description ?? '', WHOLE),
    values: (values ?? []).map((value) => toDisplayText(toText(value), WHOLE)),
    limits: limits === null ? [] : [toDisplayText(limits, WHOLE)],
    defaults: rest.default === null ? [] : [toDisplayText(toText(rest.default), WHOLE)],
  }
}
