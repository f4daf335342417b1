import type { CallTool } from './call-tool.ts'
import type { Catalogue } from './catalogue.ts'
import type { HttpAnswer } from './http-answer.ts'
import { createListAnswers, writeTail } from './list-answers.ts'
import type { PlainMessage } from './plain-message.ts'
import type { ServerInfo } from './rpc-server.ts'
import { refineSession, type Session } from './session.ts'
import type { ToolAnswer } from './tool-answer.ts'

/**
 * Answers a message that was recognized.
 *
 * @param viaSdk has the SDK answer it, in full or with what the call has come to already
 */
export type AnswerFast = (
  message: PlainMessage,
  session: Session,
  viaSdk: (callTool?: CallTool) => Promise<HttpAnswer>,
) => Promise<HttpAnswer>

/**
 * Makes the short way for almost every message: it was recognized, so nothing of it need be judged
 * again, and its answer is written as the SDK would write it, byte for byte. A call that fails is
 * told by the SDK, which is given the failure in place of the call; a list is the SDK's own.
 *
 * @param options.info what the server says of itself
 */
export function createFastPath(options: {
  readonly catalogue: Catalogue
  readonly callTool: CallTool
  readonly info: ServerInfo
}): AnswerFast {
  const { catalogue, callTool, info } = options
  const answerList = createListAnswers(catalogue)
  const endings = {
    legacy: '',
    modern: toLatin1(
      `,"resultType":"complete","_meta":${JSON.stringify({ 'io.modelcontextprotocol/serverInfo': info })}`,
    ),
  }

  function write({ era, id }: PlainMessage, answer: ToolAnswer): Buffer {
    const end = `${endings[era]}}${toLatin1(writeTail(id))}`
    return Buffer.from(`{"result":${writeOpenResult(answer)}${end}`, 'latin1')
  }

  return async function answerFast(message, session, viaSdk) {
    if (message.method === 'tools/list') {
      return answerList(message, session.identity, () => viaSdk())
    }
    const { name, args, meta } = message
    try {
      const answer = await callTool(refineSession(session, meta), name, args)
      const body = write(message, answer)
      return { status: 200, contentType: 'application/json', body, code: null }
    } catch (error) {
      return viaSdk(() => fail(error))
    }
  }
}

/**
 * Writes a result without the brace that closes it, as UTF-8 that is read as Latin-1: each byte is a
 * character, none of the bytes beyond ASCII has to be escaped, and nothing is decoded and encoded.
 */
function writeOpenResult(answer: ToolAnswer): string {
  if (answer.kind === 'result') return toLatin1(JSON.stringify(answer.result)).slice(0, -1)
  return `{"content":[{"type":"text","text":${JSON.stringify(answer.utf8.toString('latin1'))}}]`
}

/** A call that fails as another one did. */
async function fail(error: unknown): Promise<never> {
  throw await Promise.resolve(error)
}

function toLatin1(text: string): string {
  return Buffer.from(text).toString('latin1')
}
