import { byteLength } from '../tool/texts.ts'
import { CLIENTS, type ClientRules } from './client-rules.ts'
import { findSchemaFaults } from './schema-rules.ts'
import type { Catalogue, ToolDefinition } from './tool-definition.ts'

/** Something about a catalogue that a client does not take, or takes badly. */
export type ClientFinding = {
  readonly client: string
  /** The client refuses a violation, and with it the tool or everything; it lives with a warning. */
  readonly kind: 'violation' | 'warning'
  /** `null` where it is about the whole catalogue. */
  readonly tool: string | null
  readonly what: string
  readonly fix: string
}

/** A client shows this much of the instructions, at least, before it cuts. */
const STANDALONE_CHARS = 512

type Told = Omit<ClientFinding, 'client' | 'tool'>

/** Holds a catalogue against the rules of every client. */
export function checkClients(catalogue: Catalogue): readonly ClientFinding[] {
  return CLIENTS.flatMap((rules) => {
    const { client } = rules
    const whole = [...checkCount(catalogue, rules), ...checkInstructions(catalogue, rules)]
    const single = catalogue.tools.flatMap((tool) =>
      checkTool(tool, catalogue.connector, rules).map((told) => ({ tool: tool.name, ...told })),
    )
    return [...whole.map((told) => ({ tool: null, ...told })), ...single].map((finding) => ({
      client,
      ...finding,
    }))
  })
}

function checkTool(tool: ToolDefinition, connector: string, rules: ClientRules): readonly Told[] {
  return [
    ...checkName(tool, connector, rules),
    ...checkTexts(tool, rules),
    ...checkSchemas(tool, rules),
  ]
}

function checkName(
  { name }: ToolDefinition,
  connector: string,
  { spelling, name: pattern, maxNameLength, prefixed }: ClientRules,
): readonly Told[] {
  const spelled = spelling === 'dotted' ? name : name.replaceAll('.', '_')
  const whole = prefixed === null ? '' : `${prefixed.write(connector)}${spelled}`
  const fix = 'give the tool another name in the allow-list'
  return [
    ...(pattern.test(spelled)
      ? []
      : [violation(`the name ${JSON.stringify(spelled)} has characters that it refuses`, fix)]),
    ...(spelled.length <= maxNameLength
      ? []
      : [violation(`the name has ${spelled.length} characters of ${maxNameLength}`, fix)]),
    // How the server is called there, everybody chooses for themselves.
    ...(prefixed === null || whole.length <= prefixed.maxLength
      ? []
      : [
          warning(
            `${JSON.stringify(whole)} has ${whole.length} characters of ${prefixed.maxLength}`,
            `shorten the tool's name by ${whole.length - prefixed.maxLength}`,
          ),
        ]),
  ]
}

function checkTexts({ title, description }: ToolDefinition, { maxTextBytes }: ClientRules) {
  const bytes = byteLength(description)
  return [
    ...(title === '' ? [violation('it has no title', 'give it a "title" in the allow-list')] : []),
    ...(bytes <= maxTextBytes
      ? []
      : [
          violation(
            `description and instructions have ${bytes} bytes of ${maxTextBytes}`,
            'give it a shorter "description" or "instructions" in the allow-list',
          ),
        ]),
  ]
}

function checkSchemas(
  { inputSchema, outputSchema }: ToolDefinition,
  { key, keepsDefinitions }: ClientRules,
): readonly Told[] {
  const input = findSchemaFaults(inputSchema, key)
  const output = outputSchema === null ? null : findSchemaFaults(outputSchema, /^/)
  return [
    ...input.refused.map((what) =>
      violation(`the schema of the arguments: ${what}`, 'leave the argument out with "omit"'),
    ),
    ...(output?.refused ?? []).map((what) =>
      violation(`the schema of the answer: ${what}`, 'switch the structured content off'),
    ),
    ...(input.usesDefinitions && !keepsDefinitions
      ? [
          warning(
            'it drops "$defs", so that the model does not see what an argument refers to',
            'leave the argument out with "omit" if it is not needed',
          ),
        ]
      : []),
  ]
}

function checkCount({ tools, pinned }: Catalogue, { maxTools }: ClientRules): readonly Told[] {
  const { length } = pinned ?? tools
  if (maxTools === null || length <= maxTools) return []
  const what = `${length} tools; it takes ${maxTools}`
  return [warning(what, 'allow fewer tools, or make two connectors of them')]
}

function checkInstructions(
  { instructions }: Catalogue,
  { maxTextBytes }: ClientRules,
): readonly Told[] {
  const text = instructions ?? ''
  const bytes = byteLength(text)
  const head = text.slice(0, STANDALONE_CHARS)
  const standsAlone = text.length <= STANDALONE_CHARS || /^[\s\S]{200,}[.!?:](?=\s)/.test(head)
  return [
    ...(bytes <= maxTextBytes
      ? []
      : [violation(`the instructions have ${bytes} bytes of ${maxTextBytes}`, 'shorten them')]),
    ...(standsAlone
      ? []
      : [
          warning(
            `no sentence of the instructions ends shortly before character ${STANDALONE_CHARS}`,
            'say in the first sentences what the connector is for: they may stand alone',
          ),
        ]),
  ]
}

function violation(what: string, fix: string): Told {
  return { kind: 'violation', what, fix }
}

function warning(what: string, fix: string): Told {
  return { kind: 'warning', what, fix }
}
