import type { ToolText } from '../store/tool-texts.ts'

/** What clients cut a tool's description after, in bytes of UTF-8. */
export const MAX_MODEL_TEXT_BYTES = 2048

/** A tool's description as a model reads it: what it is, and behind an empty line how to use it. */
export function toModelText({ description, instructions }: ToolText): string {
  return [description, instructions ?? ''].filter((text) => text !== '').join('\n\n')
}
