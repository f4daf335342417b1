import { toIntentTool } from '../../server/intents/contract.ts'
import { byteLength, MAX_DESCRIPTION_BYTES } from '../tool/texts.ts'
import { collisionKey } from '../tool/names.ts'
import type { IntentCheck } from './intent-check.ts'

const NAME = /^[a-z][a-zA-Z0-9]{0,39}$/
const MAX_TITLE_BYTES = 120

/**
 * Checks an intent's name and its texts.
 *
 * @param taken what other tools and intents are called, by what they must not have in common
 */
export function checkName(
  { name, entry, report }: IntentCheck,
  taken: ReadonlyMap<string, string>,
): void {
  if (!NAME.test(name)) {
    report([], 'an intent is one camelCase word of at most 40 characters', null, 'key')
  }
  const other = taken.get(collisionKey(toIntentTool(name)))
  if (other !== undefined) {
    report(
      [],
      `its tool ${JSON.stringify(toIntentTool(name))} collides with ${JSON.stringify(other)}`,
      null,
      'key',
    )
  }
  if (entry.pinned && !entry.tool) {
    report(['pinned'], 'only a tool is listed', 'say tool: true', 'key')
  }
  checkLength('title', entry.title, MAX_TITLE_BYTES)
  checkLength('description', entry.description, MAX_DESCRIPTION_BYTES)

  function checkLength(key: string, text: string, maxBytes: number): void {
    const bytes = byteLength(text)
    if (bytes > maxBytes) report([key], `has ${bytes} bytes; ${maxBytes} are shown`, null, 'key')
  }
}
