import { isRecord } from '../json.ts'
import type { OwnTool } from '../mcp/own-tool.ts'
import type { Tool } from '../mcp/tool.ts'
import type { Intent } from './contract.ts'

/** What can answer a question, and all that is known of what it answers. */
export type Candidate = {
  readonly kind: 'tool' | 'intent'
  readonly name: string
  readonly title: string
  readonly description: string
  readonly instructions: string
  /** How people ask for it. */
  readonly utterances: string
  /** Names, descriptions and values of its arguments. */
  readonly arguments: string
  /** What its answer has. */
  readonly answer: string
  /** What it is grouped under. */
  readonly group: string
  /** Whether it reads one record that the caller names. */
  readonly isRecord: boolean
}

/** Writes what is known of a tool. @param group the title of its namespace */
export function toToolCandidate(tool: Tool, group: string): Candidate {
  const { instructions, answer } = tool
  return {
    ...toOwnCandidate(tool, group),
    instructions: instructions ?? '',
    answer: (answer.columns ?? []).join(' '),
    isRecord: answer.items === null,
  }
}

/** Writes what is known of a tool of the connector's own. @param group what it is one of; `''` for nothing */
export function toOwnCandidate(
  tool: Pick<OwnTool, 'name' | 'title' | 'description' | 'inputSchema'>,
  group: string,
): Candidate {
  const { name, title, description, inputSchema } = tool
  return {
    ...{ kind: 'tool', name, title, description, group },
    ...{ instructions: '', utterances: '', answer: '', isRecord: false },
    arguments: describeProperties(inputSchema['properties']),
  }
}

/** Writes what is known of an intent. */
export function toIntentCandidate(intent: Intent): Candidate {
  const { name, title, description, utterances, result } = intent
  return {
    ...{ kind: 'intent', name, title, description, group: '', answer: '', isRecord: false },
    instructions: result.note ?? '',
    utterances: utterances.join('\n'),
    arguments: describeProperties(intent.arguments),
  }
}

/** Of what stands one level deep, and of the items of lists. */
function describeProperties(properties: unknown): string {
  if (!isRecord(properties)) return ''
  const texts = Object.entries(properties).map(([name, property]) => {
    if (!isRecord(property)) return name
    const { description, enum: values, items } = property
    const ofItems = isRecord(items) ? items['enum'] : undefined
    return [name, textOf(description), ...valuesOf(values), ...valuesOf(ofItems)].join(' ')
  })
  return texts.join('\n')
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function valuesOf(values: unknown): readonly string[] {
  return Array.isArray(values) ? values.map(textOf) : []
}
