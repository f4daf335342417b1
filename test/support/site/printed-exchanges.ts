import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { isRecord } from '../../../server/json.ts'
import { findDifferences, findShapeDifferences } from './printed-answer.ts'
import { placeOf, type PrintedBlock } from './printed-blocks.ts'
import { findHeadDifferences, parseHttpHead } from './printed-http.ts'

const run = promisify(execFile)

/** A request of a page, the answer that is printed below it, and the JSON of its text, if that is printed. */
export type PrintedExchange = {
  readonly request: PrintedBlock
  readonly answer: PrintedBlock
  readonly text: PrintedBlock | null
}

/** Finds the requests of the pages: each curl command with what follows it. */
export function listExchanges(blocks: readonly PrintedBlock[]): readonly PrintedExchange[] {
  return blocks.flatMap((request, index) => {
    if (!isRequest(request)) return []
    const [answer, text] = blocks.slice(index + 1, index + 3)
    if (answer === undefined || !isAnswer(answer, request)) return []
    const hasText = answer.text.includes('"text": "…"') && text !== undefined
    return [{ request, answer, text: hasText && isAnswer(text, request) ? text : null }]
  })
}

/** Answers whether a block is a curl command. */
export function isRequest({ language, text }: PrintedBlock): boolean {
  return language === 'sh' && text.startsWith('curl ')
}

/** Sends a request as it is printed, and compares what comes back with what is printed. */
export async function proveExchange(
  { request, answer, text }: PrintedExchange,
  variables: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const real = await runShell(request.text, variables)
  const differences =
    answer.language === 'http'
      ? findHeadDifferences(parseHttpHead(answer.text), parseHttpHead(real))
      : [
          ...findDifferences(parse(answer.text), parse(real)),
          ...(text === null ? [] : compareText(text, real)),
        ]
  return differences.map((line) => `${placeOf(request)}\n  ${line}`)
}

/**
 * Runs lines of a page in a shell of their own.
 *
 * @returns what they printed
 * @throws {Error} where they fail
 */
export async function runShell(
  lines: string,
  variables: Readonly<Record<string, string>>,
): Promise<string> {
  const env = { PATH: process.env['PATH'] ?? '', ...variables }
  const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', lines], { env })
  return stdout
}

function isAnswer(block: PrintedBlock, request: PrintedBlock): boolean {
  const isNear = block.path === request.path && block.heading === request.heading
  return isNear && ['json', 'http'].includes(block.language)
}

function compareText(printed: PrintedBlock, real: string): readonly string[] {
  const answer = parse(real)
  const result = isRecord(answer) ? answer['result'] : null
  const content = isRecord(result) && Array.isArray(result['content']) ? result['content'] : []
  const first: unknown = content[0]
  const text = isRecord(first) ? first['text'] : null
  if (typeof text !== 'string') return ['the answer has no text']
  return findShapeDifferences(parse(printed.text), parse(text))
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch (cause) {
    throw new Error(`no JSON: ${text.slice(0, 300)}`, { cause })
  }
}
