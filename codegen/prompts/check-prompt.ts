import type { AllowList } from '../allow-list/allow-list.ts'
import type { PromptEntry } from '../allow-list/allow-list-schema.ts'
import type { Path } from '../json-pointer.ts'
import { didYouMean } from '../nearest.ts'
import type { Findings } from '../problem.ts'
import { byteLength, MAX_DESCRIPTION_BYTES, MAX_TEXT_BYTES, toList } from '../tool/texts.ts'
import { checkAttachments } from './check-attachments.ts'
import { findPlaceholders, findUriPlaceholders } from './placeholders.ts'

/** Clients make a command of it, such as `/flowtly:monthEndReview`. */
const NAME = /^[a-zA-Z][a-zA-Z0-9_-]{0,63}$/
const MAX_TITLE_BYTES = 120
/** Of one value that completes an argument. */
const MAX_VALUE_BYTES = 200

/** What prompts are checked against. */
export type PromptContext = {
  readonly allowList: AllowList
  readonly findings: Findings
  /** The URIs, with arguments in braces, that a tool reads. */
  readonly uris: readonly string[]
}

/** Reports what is wrong with a prompt. */
export function checkPrompt(name: string, entry: PromptEntry, context: PromptContext): void {
  const { allowList, findings } = context
  const path = ['prompts', name]
  if (!NAME.test(name)) {
    const hint = 'use letters, digits, "_" and "-", a letter first, at most 64 characters'
    findings.problem(allowList.place(path, 'key'), 'is no name for a prompt', hint)
  }
  if (allowList.intents.has(name)) {
    const what = `an intent is called ${JSON.stringify(name)}, too; each intent is a prompt`
    findings.problem(allowList.place(path, 'key'), what, 'give one of them another name')
  }
  checkLengths(path, entry, context)
  checkValues(path, entry, context)
  checkPlaceholders(path, entry, context)
  checkAttachments(path, entry, context)
}

function checkLengths(path: Path, entry: PromptEntry, { allowList, findings }: PromptContext) {
  const check = (steps: Path, text: string, limit: number) => {
    if (byteLength(text) <= limit) return
    const what = `has ${byteLength(text)} bytes; at most ${limit} are shown whole`
    findings.problem(allowList.place([...path, ...steps]), what)
  }
  check(['title'], entry.title, MAX_TITLE_BYTES)
  check(['description'], entry.description, MAX_DESCRIPTION_BYTES)
  check(['text'], entry.text, MAX_TEXT_BYTES)
  for (const [argument, { description, values = [] }] of Object.entries(entry.arguments)) {
    const own = ['arguments', argument]
    check([...own, 'description'], description, MAX_DESCRIPTION_BYTES)
    for (const [index, value] of values.entries()) {
      check([...own, 'values', String(index)], value, MAX_VALUE_BYTES)
    }
  }
}

function checkValues(path: Path, entry: PromptEntry, { allowList, findings }: PromptContext) {
  for (const [argument, { values = [] }] of Object.entries(entry.arguments)) {
    for (const [index, value] of values.entries()) {
      if (values.indexOf(value) === index) continue
      const place = allowList.place([...path, 'arguments', argument, 'values', String(index)])
      findings.problem(place, `${JSON.stringify(value)} is there already`)
    }
  }
}

/** Every placeholder has its argument, and every argument goes somewhere. */
function checkPlaceholders(path: Path, entry: PromptEntry, { allowList, findings }: PromptContext) {
  const names = Object.keys(entry.arguments)
  const texts = [
    { steps: ['text'], found: findPlaceholders(entry.text) },
    ...entry.attach.map((uri, index) => ({
      steps: ['attach', String(index)],
      found: findUriPlaceholders(uri) ?? [],
    })),
  ]
  for (const { steps, found } of texts) {
    for (const { text, argument } of found) {
      if (names.includes(argument)) continue
      const known = names.length === 0 ? 'it has none' : `its arguments are ${toList(names)}`
      const hint = didYouMean(argument, names) ?? `add it under "arguments"; ${known}`
      const place = allowList.place([...path, ...steps])
      findings.problem(place, `${text} stands for no argument of this prompt`, hint)
    }
  }
  const used = new Set(texts.flatMap(({ found }) => found.map(({ argument }) => argument)))
  for (const name of names) {
    if (used.has(name)) continue
    const place = allowList.place([...path, 'arguments', name], 'key')
    const hint = `write {${name}} into "text", or take the argument out`
    findings.problem(place, 'goes nowhere: neither "text" nor "attach" names it', hint)
  }
  checkLines(path, entry, { allowList, findings })
}

/** A line that names what was not given is left out; one has to be there always. */
function checkLines(
  path: Path,
  { text, arguments: parameters }: PromptEntry,
  { allowList, findings }: Pick<PromptContext, 'allowList' | 'findings'>,
): void {
  const isAlwaysThere = (line: string) =>
    line.trim() !== '' &&
    findPlaceholders(line).every(({ argument }) => parameters[argument]?.required !== false)
  if (text.split(/\r\n|[\n\r]/).some(isAlwaysThere)) return
  const what = 'every line names an argument that may be left out, and goes with it'
  const hint = 'give the optional arguments lines of their own ("text: |")'
  findings.problem(allowList.place([...path, 'text']), what, hint)
}
