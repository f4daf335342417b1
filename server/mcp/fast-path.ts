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
  const serverInfo = { 'io.modelcontextprotocol/serverInfo': info }
  const endings = {
    legacy: '}',
    modern: `,"resultType":"complete","_meta":${JSON.stringify(serverInfo)}}`,
  }

  function write({ era, id }: PlainMessage, answer: ToolAnswer): HttpAnswer['body'] {
    const end = `${endings[era]}${writeTail(id)}`
    if (answer.kind === 'result') {
      return `{"result":${JSON.stringify(answer.result).slice(0, -1)}${end}`
    }
    return { latin1: `${TEXT_BEGIN}${answer.escaped.latin1}${toLatin1(`"}]${end}`)}` }
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

/** What is before the text of a result that is one text. */
const TEXT_BEGIN = '{"result":{"content":[{"type":"text","text":"'

function toLatin1(text: string): string {
  return Buffer.from(text).toString('latin1')
}

/** A call that fails as another one did. */
async function fail(error: unknown): Promise<never> {
  throw await Promise.resolve(error)
}
