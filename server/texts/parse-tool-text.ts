import type { ToolText } from '../store/tool-texts.ts'
import { MAX_MODEL_TEXT_BYTES, toModelText } from './model-text.ts'

/** A part of a text, as forms call it. */
export type ToolTextField = keyof ToolText

/** Why a text cannot be taken, and what to do. */
export type ToolTextProblem = { readonly field: ToolTextField; readonly what: string }

/** A text that is good, or all that is wrong with it. */
export type ParsedToolText =
  | { readonly text: ToolText; readonly problems: readonly [] }
  | { readonly text: null; readonly problems: readonly ToolTextProblem[] }

const FIELDS = ['description', 'instructions'] as const satisfies readonly ToolTextField[]

/** What people do not see and models read: it could say something else than what was approved. */
const UNSEEN =
  /(?!\n)[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]|\p{Default_Ignorable_Code_Point}|\p{Noncharacter_Code_Point}/u

/**
 * Reads a text that somebody wrote for a tool. It comes out in Unicode's form NFC, with lines that
 * end in LF and nothing around it; instructions that say nothing are none.
 *
 * Clients cut a tool's text after 2,048 bytes, so it has at most that: each part, and both together.
 */
export function parseToolText(given: Readonly<Record<ToolTextField, string>>): ParsedToolText {
  const [description, instructions] = FIELDS.map((field) => normalize(given[field]))
  const text = { description: description ?? '', instructions: instructions || null }
  const problems = [
    ...(text.description === '' ? [EMPTY] : []),
    ...FIELDS.flatMap((field) => check(field, text[field] ?? '')),
  ]
  if (problems.length === 0) problems.push(...checkTogether(text))
  return problems.length === 0 ? { text, problems: [] } : { text: null, problems }
}

const EMPTY: ToolTextProblem = {
  field: 'description',
  what: 'Write what the tool is for, or go back to the generated text.',
}

function normalize(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').replaceAll('\t', ' ').normalize('NFC').trim()
}

function check(field: ToolTextField, text: string): readonly ToolTextProblem[] {
  const unseen = UNSEEN.exec(text)?.[0].codePointAt(0)
  if (unseen !== undefined) {
    const code = `U+${unseen.toString(16).toUpperCase().padStart(4, '0')}`
    return [{ field, what: `There is a character that nobody can see (${code}): remove it.` }]
  }
  const bytes = Buffer.byteLength(text)
  if (bytes <= MAX_MODEL_TEXT_BYTES) return []
  return [{ field, what: `This has ${toLimit(bytes)}: shorten it.` }]
}

function checkTogether(text: ToolText): readonly ToolTextProblem[] {
  const bytes = Buffer.byteLength(toModelText(text))
  if (bytes <= MAX_MODEL_TEXT_BYTES) return []
  const what = `Description and instructions together have ${toLimit(bytes)}: shorten one of them.`
  return [{ field: 'instructions', what }]
}

function toLimit(bytes: number): string {
  const [have, may] = [bytes, MAX_MODEL_TEXT_BYTES].map((count) => count.toLocaleString('en'))
  return `${have} bytes, and AI clients cut what is behind ${may}`
}
