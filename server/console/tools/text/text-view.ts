import type { Tool } from '../../../mcp/tool.ts'
import { toDisplayText } from '../../../pages/display-text.ts'
import type { ToolText, ToolTextDraft, ToolTextVersion } from '../../../store/tool-texts.ts'
import { toModelText } from '../../../texts/model-text.ts'
import { toMoment } from '../../moment.ts'
import { toToolPath } from '../addresses.ts'
import { toTabs } from '../tabs.ts'
import { diffWords } from './diff-words.ts'
import type { TextState } from './text-state.ts'

/** Where a page about a tool's text sends what. */
export function toTextAddresses(name: string) {
  return {
    text: toToolPath('text', name),
    preview: toToolPath('preview', name),
    publish: toToolPath('publish', name),
    discard: toToolPath('discard', name),
    restore: toToolPath('restore', name),
    generated: toToolPath('generated', name),
  }
}

/**
 * The page where a text is written.
 *
 * @param typed what stands in the form
 */
export function toTextView(tool: Tool, state: TextState, typed: ToolText) {
  const { draft, version, history, generated } = state
  return {
    tabs: toTabs(tool.name, 'text'),
    to: toTextAddresses(tool.name),
    origin: describeOrigin(version),
    typed: { description: typed.description, instructions: typed.instructions ?? '' },
    generated: toLines(toModelText(generated)),
    drafts: draft === null ? [] : [toDraft(draft)],
    canGoBack: version === null ? [] : [{ href: toToolPath('generated', tool.name) }],
    history: history.map((each) => toVersion(each, tool.name)),
    noHistory: history.length === 0 ? ['Nothing was published yet.'] : [],
  }
}

/** What is shown before a text is shown to models: what changes, word by word. */
export function toChangeView(
  tool: Tool,
  change: { readonly from: ToolText; readonly to: ToolText; readonly action: string },
) {
  return {
    tabs: toTabs(tool.name, 'text'),
    back: toToolPath('text', tool.name),
    action: change.action,
    pieces: diffWords(toLines(toModelText(change.from)), toLines(toModelText(change.to))),
  }
}

/** Whose words models are shown, in one sentence. */
export function describeOrigin(version: ToolTextVersion | null): string {
  if (version === null) return 'Models are shown the text that was generated from the document.'
  const { authorName, publishedAt } = version
  return `Models are shown your organization’s own text: version ${version.version}, by ${toDisplayText(authorName)}, since ${toMoment(publishedAt).text}.`
}

/** A text line by line, without what is not seen. */
export function toLines(text: string): string {
  const lines = text.split('\n').map((line) => toDisplayText(line, { maxChars: Infinity }))
  return lines.join('\n')
}

function toDraft({ authorName, changedAt }: ToolTextDraft) {
  return { author: toDisplayText(authorName), at: toMoment(changedAt) }
}

function toVersion(version: ToolTextVersion, name: string) {
  const { description, instructions, replacedAt } = version
  const isShown = replacedAt === null
  const isGenerated = description === null
  const restore = `${toToolPath('restore', name)}?version=${version.version}`
  return {
    version: version.version,
    author: toDisplayText(version.authorName),
    at: toMoment(version.publishedAt),
    state: isShown ? ['Shown now'] : [],
    text: isGenerated ? 'The generated text.' : toLines(toModelText({ description, instructions })),
    restores: isShown ? [] : [{ href: restore }],
  }
}
