import { ProtocolError } from '@modelcontextprotocol/server'
import { shorten } from '../../json.ts'
import { INVALID_PARAMS } from '../protocol-errors.ts'
import type { GivenArguments, Prompt, PromptArgument } from './prompt.ts'

/** Of one argument's value: it is a person's text, and goes into the message as it is. */
export const MAX_ARGUMENT_CHARS = 1_000

/** Of what is quoted in an error. */
const MAX_QUOTED_CHARS = 64

/**
 * Reads what a caller gave a prompt. An empty text is no value: clients send it for what a person left
 * empty.
 *
 * @throws {ProtocolError} -32602 for the first argument that is missing, unknown, too long, or not what
 *   the prompt takes there; the message says which and what is allowed
 */
export function readArguments(
  prompt: Prompt,
  given: Readonly<Record<string, string>>,
): GivenArguments {
  const names = prompt.arguments.map(({ name }) => name)
  for (const name of Object.keys(given)) {
    if (names.includes(name)) continue
    const known = names.length === 0 ? 'it takes none' : `it takes ${names.join(', ')}`
    throw refuse(`${quote(prompt.name)} has no argument ${quote(name)}: ${known}`)
  }
  const read = new Map(Object.entries(given).filter(([, text]) => text !== ''))
  for (const argument of prompt.arguments) {
    const wrong = judge(argument, read.get(argument.name))
    if (wrong !== null) throw refuse(`${quote(prompt.name)}, ${quote(argument.name)}: ${wrong}`)
  }
  return read
}

/** What is wrong with a value; `null` for nothing. */
function judge({ required, rule }: PromptArgument, text: string | undefined): string | null {
  const words = rule === null ? 'a text' : rule.words
  if (text === undefined) return required ? `is missing; give ${words}` : null
  if (text.length > MAX_ARGUMENT_CHARS) {
    return `has ${text.length} characters; at most ${MAX_ARGUMENT_CHARS} are allowed`
  }
  return rule === null || rule.isGood(text) ? null : `must be ${words}`
}

function quote(text: string): string {
  return JSON.stringify(shorten(text, MAX_QUOTED_CHARS))
}

function refuse(message: string): ProtocolError {
  return new ProtocolError(INVALID_PARAMS, message)
}
