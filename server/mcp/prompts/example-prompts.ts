import type { DescribedCall } from '../own-tool.ts'
import type { ExamplePrompt } from '../tool.ts'
import { fillText, fillUri } from './fill-template.ts'
import { oneOf, type GivenArguments, type Prompt, type PromptArgument } from './prompt.ts'

/** What a URI is read by, and the scopes that it needs; `null` where nothing is read at it. */
export type DescribeRead = (uri: string, organizationId: string) => DescribedCall | null

/**
 * Makes the prompt of the allow-list's own text.
 *
 * @param describeRead tells whether what it attaches can be read
 */
export function toExamplePrompt(example: ExamplePrompt, describeRead: DescribeRead): Prompt {
  const { name, title, description, text } = example
  const names = example.arguments.map((argument) => argument.name)
  const attach = (given: GivenArguments) =>
    example.attach.map((template) => fillUri(template, given)).filter((uri) => uri !== null)
  // Where an argument is a part of a URI, only the caller knows what will be read.
  const foreseen = example.attach
    .filter((template) => !template.includes('{+'))
    .map((template) => fillUri(template, someValues(names)))
    .filter((uri) => uri !== null)
  return {
    ...{ name, title, description, attach },
    arguments: example.arguments.map(toArgument),
    isOff: (organizationId) => foreseen.some((uri) => describeRead(uri, organizationId) === null),
    isWithin: ({ scopes, organization }) =>
      foreseen
        .flatMap((uri) => describeRead(uri, organization.id)?.scopes ?? [])
        .every((scope) => scopes?.includes(scope) ?? true),
    isSecret: false,
    write: (given) => fillText(text, names, given),
  }
}

function toArgument(argument: ExamplePrompt['arguments'][number]): PromptArgument {
  const { values } = argument
  return { ...argument, rule: values === null ? null : oneOf(values) }
}

/** A word for each argument: what reads a record does not depend on which one it is. */
function someValues(names: readonly string[]): GivenArguments {
  return new Map(names.map((name) => [name, 'x']))
}
