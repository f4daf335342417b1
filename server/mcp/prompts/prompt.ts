import type { Identity } from '../../access/identity.ts'

/** Something that a person can ask for by its name, and that becomes a message of theirs. */
export type Prompt = {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly arguments: readonly PromptArgument[]
  /** Whether there is no such prompt for an organization: what it needs is switched off. */
  readonly isOff: (organizationId: string) => boolean
  /** Whether the caller's scopes reach for it: `prompts/list` shows no other. */
  readonly isWithin: (identity: Identity) => boolean
  /** Whether it does not exist beyond them; else it is refused there, with the scopes to ask for. */
  readonly isSecret: boolean
  /** Writes the message, with tools in the caller's spelling. */
  readonly write: (given: GivenArguments, identity: Identity) => string
  /** The URIs of what goes with it. */
  readonly attach: (given: GivenArguments) => readonly string[]
}

/** One argument; on the wire, its value is a text. */
export type PromptArgument = {
  readonly name: string
  readonly description: string
  readonly required: boolean
  /** What completes it; `null` where that is no list. */
  readonly values: readonly string[] | null
  /** What may stand in it; `null` for any text. */
  readonly rule: ArgumentRule | null
}

/** What an argument takes. */
export type ArgumentRule = {
  /** What is good, in words. */
  readonly words: string
  readonly isGood: (text: string) => boolean
}

/** What the caller gave, by name; what was left out is not there. */
export type GivenArguments = ReadonlyMap<string, string>

/** A rule that lets nothing stand but some values. */
export function oneOf(values: readonly string[]): ArgumentRule {
  return { words: `one of ${values.join(', ')}`, isGood: (text) => values.includes(text) }
}
