import type { Identity } from '../../access/identity.ts'
import { isRecord } from '../../json.ts'
import { describeRead } from '../called-tool.ts'
import type { Catalogue } from '../catalogue.ts'
import type { DescribedCall } from '../own-tool.ts'
import type { Connector } from '../tool.ts'
import { toExamplePrompt, type DescribeRead } from './example-prompts.ts'
import { toIntentPrompt, type ToolsOfIntents } from './intent-prompts.ts'
import type { GivenArguments, Prompt } from './prompt.ts'

/** All prompts of a connector. */
export type PromptBook = {
  /** What `prompts/list` shows to a caller, in name order. */
  readonly listFor: (identity: Identity) => readonly Prompt[]
  /** @returns `null` for a prompt that does not exist, and for one that the caller has none of. */
  readonly find: (name: string, identity: Identity) => Prompt | null
  /**
   * What a prompt would read with these arguments, and the scopes that this needs.
   *
   * @returns `null` where nothing is read
   */
  readonly describeGet: (
    name: string,
    args: unknown,
    organizationId: string,
  ) => DescribedCall | null
}

/**
 * Collects the prompts of a connector: the allow-list's own, and one for each intent.
 *
 * @returns `null` where there are none
 */
export function createPromptBook(options: {
  readonly connector: Pick<Connector, 'prompts' | 'intents'>
  readonly catalogue: ToolsOfIntents & Pick<Catalogue, 'findResource'>
}): PromptBook | null {
  const { connector, catalogue } = options
  const describe: DescribeRead = (uri, organizationId) =>
    describeRead(catalogue, uri, organizationId)
  const prompts = [
    ...connector.prompts.map((example) => toExamplePrompt(example, describe)),
    ...connector.intents.map((intent) => toIntentPrompt(intent, catalogue)),
  ].sort((left, right) => (left.name < right.name ? -1 : 1))
  if (prompts.length === 0) return null
  const byName = new Map(prompts.map((prompt) => [prompt.name, prompt]))
  const findOn = (name: string, organizationId: string) => {
    const prompt = byName.get(name) ?? null
    return prompt?.isOff(organizationId) === true ? null : prompt
  }
  return {
    listFor: (identity) =>
      prompts.filter(
        ({ isOff, isWithin }) => !isOff(identity.organization.id) && isWithin(identity),
      ),
    find(name, identity) {
      const prompt = findOn(name, identity.organization.id)
      return prompt?.isSecret === true && !prompt.isWithin(identity) ? null : prompt
    },
    describeGet(name, args, organizationId) {
      const uris = findOn(name, organizationId)?.attach(textsOf(args)) ?? []
      const reads = uris.map((uri) => describe(uri, organizationId)).filter((read) => read !== null)
      const [first] = reads
      if (first === undefined) return null
      return { tool: first.tool, scopes: [...new Set(reads.flatMap(({ scopes }) => scopes))] }
    },
  }
}

/** Nobody has looked at them yet: what is no text names nothing. */
function textsOf(args: unknown): GivenArguments {
  if (!isRecord(args)) return new Map()
  return new Map(
    Object.entries(args).flatMap(([name, value]) =>
      typeof value === 'string' && value !== '' ? [[name, value] as const] : [],
    ),
  )
}
