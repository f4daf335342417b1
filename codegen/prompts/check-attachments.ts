import type { PromptEntry } from '../allow-list/allow-list-schema.ts'
import type { Path } from '../json-pointer.ts'
import { nearest } from '../nearest.ts'
import { toList } from '../tool/texts.ts'
import type { PromptContext } from './check-prompt.ts'
import { findUriPlaceholders, fixedStartOf } from './placeholders.ts'

/** Each is a read of its own, for one message. */
const MAX_ATTACHMENTS = 4

/** Reports what a prompt attaches and nobody could read. */
export function checkAttachments(
  path: Path,
  { attach }: Pick<PromptEntry, 'attach'>,
  context: PromptContext,
): void {
  const { allowList, findings } = context
  if (attach.length > MAX_ATTACHMENTS) {
    const what = `has ${attach.length} entries; ${MAX_ATTACHMENTS} are read for one prompt`
    findings.problem(allowList.place([...path, 'attach'], 'key'), what)
  }
  for (const [index, uri] of attach.entries()) {
    const wrong = judgeAttachment(uri, context)
    if (wrong === null) continue
    findings.problem(allowList.place([...path, 'attach', String(index)]), wrong.what, wrong.hint)
  }
}

function judgeAttachment(uri: string, { allowList, uris }: PromptContext) {
  if (findUriPlaceholders(uri) === null) {
    return {
      what: 'has braces that are no placeholder',
      hint: 'write {argument}, or {+argument} where the argument is a URI or a part of one',
    }
  }
  if (allowList.resources === null) {
    return {
      what: 'nothing is read by its URI here',
      hint: 'say which URIs may be read: resources: { allowPrefixes: […] }',
    }
  }
  const { allowPrefixes } = allowList.resources
  const fixed = fixedStartOf(uri)
  const isCovered = allowPrefixes.some(
    (prefix) => fixed.startsWith(prefix) || prefix.startsWith(fixed),
  )
  if (!isCovered) {
    const quoted = allowPrefixes.map((prefix) => JSON.stringify(prefix))
    return { what: 'no allowed prefix covers this URI', hint: `allowed are ${toList(quoted)}` }
  }
  // Only the caller knows what a part of a URI will be.
  if (uri.includes('{+') || uris.some((each) => fits(uri, each))) return null
  const match = nearest(uri, uris)
  return {
    what: 'no tool reads this URI',
    hint: match === null ? 'give a tool this "uri"' : `did you mean ${JSON.stringify(match)}?`,
  }
}

/** Answers whether it may be a URI that a tool reads: where there is an argument, anything may be. */
function fits(attached: string, uri: string): boolean {
  const [steps, expected] = [attached.split('/'), uri.split('/')]
  return (
    steps.length === expected.length &&
    steps.every((step, index) => {
      const other = expected[index] ?? ''
      return step === other || step.includes('{') || other.includes('{')
    })
  )
}
