import type { Identity } from '../../access/identity.ts'
import { toIntentTool, type Intent } from '../../intents/contract.ts'
import { scopeOf } from '../../scopes.ts'
import type { Catalogue } from '../catalogue.ts'
import { SEARCH_TOOLS } from '../own-tools/search-names.ts'
import { describeSteps } from './describe-steps.ts'
import { toPromptArgument, toValue } from './intent-arguments.ts'
import type { GivenArguments, Prompt } from './prompt.ts'

/** What an intent's prompt asks of the catalogue. */
export type ToolsOfIntents = Pick<Catalogue, 'find' | 'findOwn' | 'findReader' | 'nameFor'>

/**
 * Makes the prompt of an intent: what is asked, and with which tools it is answered. For whoever may
 * not use one of them, it does not exist; nobody can tell which one that is.
 */
export function toIntentPrompt(intent: Intent, catalogue: ToolsOfIntents): Prompt {
  const { name, title, description } = intent
  return {
    ...{ name, title, description },
    arguments: Object.entries(intent.arguments).map(([argument, facts]) =>
      toPromptArgument(argument, facts),
    ),
    isOff: (organizationId) => isOff(intent, catalogue, organizationId),
    isWithin: ({ scopes }) =>
      intent.steps.every(({ tool }) => scopes?.includes(scopeOf(tool)) ?? true),
    isSecret: true,
    write(given, identity) {
      const values = toValues(intent, given)
      const how = describeHow(intent, values, { catalogue, identity })
      const asked = /[.!?…]$/.test(title) ? title : `${title}.`
      return `${asked} ${description}\n\n${how}`
    },
    attach: () => [],
  }
}

function isOff(
  { name, tool: isTool, steps }: Intent,
  catalogue: ToolsOfIntents,
  organizationId: string,
): boolean {
  if (isTool && catalogue.findOwn(toIntentTool(name), organizationId) === null) return true
  const find = isTool ? catalogue.findReader : catalogue.find
  return steps.some(({ tool }) => find(tool, organizationId) === null)
}

/** What was given, as the intent takes it. */
function toValues(intent: Intent, given: GivenArguments): ReadonlyMap<string, unknown> {
  const values = Object.entries(intent.arguments).flatMap(([name, argument]) => {
    const text = given.get(name)
    return text === undefined ? [] : [[name, toValue(argument, text)] as const]
  })
  return new Map(values)
}

type Asked = { readonly catalogue: ToolsOfIntents; readonly identity: Identity }

/** Says how it is answered, in a way that works for tools that are not listed, too. */
function describeHow(
  intent: Intent,
  values: ReadonlyMap<string, unknown>,
  { catalogue, identity }: Asked,
): string {
  const spell = (tool: string) => catalogue.nameFor(tool, identity)
  const isSearched = catalogue.findOwn(SEARCH_TOOLS.call, identity.organization.id) !== null
  if (!intent.tool) {
    const steps = describeSteps(intent, values, spell)
    return isSearched
      ? `${steps}\nCall what is not listed with ${spell(SEARCH_TOOLS.call)}.`
      : steps
  }
  const name = spell(toIntentTool(intent.name))
  const args = Object.fromEntries(values)
  if (!isSearched || intent.pinned) return describeCall(name, args)
  return describeCall(spell(SEARCH_TOOLS.call), { name, arguments: args })
}

function describeCall(tool: string, args: Readonly<Record<string, unknown>>): string {
  const given =
    Object.keys(args).length === 0
      ? 'without arguments'
      : `with the arguments ${JSON.stringify(args)}`
  return `Call the tool ${tool} ${given}, and answer from what it gives.`
}
