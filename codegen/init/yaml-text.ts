import { isList, isObject, type Json } from '../json.ts'
import { toOneLine } from '../tool/texts.ts'

/** Words that YAML 1.1 or 1.2 reads as something else than text. */
const WORDS = /^(?:null|true|false|yes|no|on|off|y|n|nan|inf|~)$/i
/** Text that no reader of YAML takes for anything else, wherever it stands. */
const PLAIN = /^[A-Za-z_][A-Za-z0-9_./-]*(?: [A-Za-z0-9_(][A-Za-z0-9_./()-]*)*$/

/** Writes a value in the flow style of YAML, on one line. */
export function toYaml(value: Json): string {
  if (isList(value)) return `[${value.map(toYaml).join(', ')}]`
  if (isObject(value)) {
    const members = Object.entries(value).map(([key, item]) => `${toYaml(key)}: ${toYaml(item)}`)
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
  }
  // JSON's text is one of YAML's (YAML 1.2, section 1.3).
  const isPlain = typeof value === 'string' && PLAIN.test(value) && !WORDS.test(value)
  return isPlain ? value : JSON.stringify(value)
}

/** Writes text of any origin as comment lines; nothing in it can end the comment. */
export function toComment(text: string, indent = ''): string {
  return `${indent}# ${toOneLine(text)}`
}
