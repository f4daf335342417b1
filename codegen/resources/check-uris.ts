import type { AllowList } from '../allow-list/allow-list.ts'
import type { ToolEntry } from '../allow-list/allow-list-schema.ts'
import type { ToolModel } from '../model.ts'
import type { Findings } from '../problem.ts'
import { suggestKey } from '../tool/names.ts'
import { isReadable, wishUri } from './resource-uri.ts'
import { canBeSame, parseUriTemplate, type UriTemplate } from './uri-template.ts'

type Context = { readonly allowList: AllowList; readonly findings: Findings }

type Readable = { readonly tool: ToolModel; readonly template: UriTemplate }

/** Checks that each tool's URI says what its arguments are, and which tool is meant. */
export function checkUris(tools: readonly ToolModel[], connector: string, context: Context): void {
  const readable: Readable[] = []
  for (const tool of tools) {
    const entry = context.allowList.tools.get(tool.name)
    if (entry === undefined) throw new Error(`"${tool.name}" is not in the allow-list`)
    const uri = wishUri({ parts: tool.parts, entry }, tool.arguments, connector)
    if (uri === null) checkOffer(tool, entry, context)
    else checkUri(tool, entry, uri, connector, context, readable)
  }
}

function checkUri(
  tool: ToolModel,
  entry: ToolEntry,
  uri: string,
  connector: string,
  context: Context,
  readable: Readable[],
): void {
  const { allowList, findings } = context
  const place = allowList.place(['tools', tool.name, 'uri'])
  const template = parseUriTemplate(uri, connector)
  if ('fault' in template) {
    return findings.problem(place, `${JSON.stringify(uri)} ${template.fault}`, template.hint)
  }
  checkArguments(tool, template, context)
  const { resources } = allowList
  if (resources === null) return checkUnread(tool, entry, context)
  if (!isReadable(template, resources.allowPrefixes)) {
    if (entry.uri === undefined && entry.offer !== 'resource') return
    const what = `no prefix of "resources" lets ${JSON.stringify(uri)} be read`
    const hint = `add ${JSON.stringify(template.fixed)} to its "allowPrefixes"`
    const key = entry.uri === undefined ? 'offer' : 'uri'
    return findings.problem(allowList.place(['tools', tool.name, key]), what, hint)
  }
  const other = readable.find((each) => canBeSame(each.template, template))
  if (other !== undefined) {
    const what = `a URI can be one of ${tool.name} and of ${other.tool.name}: ${JSON.stringify(uri)} and ${JSON.stringify(other.tool.uri)}`
    findings.problem(placeOf(tool, entry, context), what, 'give one of them another "uri"')
  }
  readable.push({ tool, template })
}

function checkArguments(
  { name, arguments: offered }: ToolModel,
  { names }: UriTemplate,
  { allowList, findings }: Context,
): void {
  const place = allowList.place(['tools', name, 'uri'])
  for (const [index, argument] of names.entries()) {
    if (names.indexOf(argument) !== index) {
      findings.problem(place, `names the argument ${JSON.stringify(argument)} twice`)
    } else if (!offered.some(({ key }) => key === argument)) {
      const what = `${name} has no argument ${JSON.stringify(argument)}`
      findings.problem(place, what, suggestKey(argument, offered))
    }
  }
  for (const { key, required } of offered) {
    if (!required || names.includes(key)) continue
    const what = `lacks ${JSON.stringify(key)}, which ${name} requires`
    findings.problem(place, what, `add "/{${key}}" to it`)
  }
}

/** What can be read by its URI only has to have one. */
function checkOffer({ name }: ToolModel, { offer }: ToolEntry, context: Context): void {
  if (offer !== 'resource') return
  const { allowList, findings } = context
  const what = 'is read by its URI only, and has none'
  findings.problem(allowList.place(['tools', name, 'offer']), what, 'give it a "uri"')
}

function checkUnread({ name }: ToolModel, { uri, offer }: ToolEntry, context: Context): void {
  const { allowList, findings } = context
  const key = offer === 'resource' ? 'offer' : 'uri'
  if (key === 'uri' && uri === undefined) return
  const what = 'nothing is read by its URI: there is no "resources"'
  const hint = 'add "resources: { allowPrefixes: [...] }"'
  findings.problem(allowList.place(['tools', name, key]), what, hint)
}

/** A URI that nobody wrote is the tool's own. */
function placeOf({ name }: ToolModel, { uri }: ToolEntry, { allowList }: Context) {
  return uri === undefined
    ? allowList.place(['tools', name], 'key')
    : allowList.place(['tools', name, 'uri'])
}
