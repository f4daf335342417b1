import type { Json, Tool } from '../../../mcp/tool.ts'
import { toQuotedName } from '../../../pages/display-text.ts'
import { itemsOf, listArguments, toText, typeOf, type Argument } from '../argument-schema.ts'
import { choicesOf, fieldKindOf, fieldNameOf } from './argument-field.ts'

/** What a form says a tool is to be called with; whether that fits is the tool's own to judge. */
export type ReadArguments =
  | { readonly ok: true; readonly args: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly problem: string }

/** Reads the form of a tool's arguments; what was left empty is left out. */
export function readArguments(tool: Tool, form: URLSearchParams): ReadArguments {
  const args: [key: string, value: unknown][] = []
  for (const argument of listArguments(tool)) {
    const sent = form.getAll(fieldNameOf(argument.key)).filter((text) => text !== '')
    if (sent.length === 0) continue
    try {
      args.push([argument.key, readArgument(argument, sent)])
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      const problem = `${toQuotedName(argument.key)} is not JSON: write a text in quotes, a list in square brackets, an object in braces.`
      return { ok: false, problem }
    }
  }
  // Entries make members of their own of whatever a key is called.
  return { ok: true, args: Object.fromEntries(args) }
}

function readArgument({ schema }: Argument, sent: readonly string[]): unknown {
  const [first = ''] = sent
  switch (fieldKindOf(schema)) {
    case 'select':
      return toChoice(choicesOf(schema), first)
    case 'choices':
      return sent.map((text) => toChoice(choicesOf(schema), text))
    case 'input':
      return toScalar(typeOf(schema), first)
    case 'lines': {
      const type = typeOf(itemsOf(schema) ?? {})
      const lines = first.split(/\r?\n/).map((line) => line.trim())
      return lines.filter((line) => line !== '').map((line) => toScalar(type, line))
    }
    case 'json':
      return JSON.parse(first)
  }
}

function toChoice(choices: readonly Json[], text: string): Json {
  return choices.find((choice) => toText(choice) === text) ?? text
}

/** What is no number stays a text: the tool says what is wrong with it. */
function toScalar(type: string | null, text: string): string | number {
  const value = Number(text)
  return type !== 'string' && text.trim() !== '' && Number.isFinite(value) ? value : text
}
