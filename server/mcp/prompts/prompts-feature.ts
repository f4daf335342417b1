import { ProtocolError, type Prompt as ListedPrompt } from '@modelcontextprotocol/server'
import { shorten } from '../../json.ts'
import { INVALID_PARAMS } from '../protocol-errors.ts'
import { LIST_HINT, type RpcFeature } from '../rpc-feature.ts'
import { toPage } from '../resources/page.ts'
import type { ReadResource } from '../resources/read-resource.ts'
import { refineSession, type Session } from '../session.ts'
import { readAttachments } from './attachments.ts'
import type { PromptBook } from './prompt-book.ts'
import type { Prompt } from './prompt.ts'
import { readArguments } from './read-arguments.ts'

/** Makes `prompts/list` and `prompts/get`. */
export function promptsFeature(book: PromptBook, readResource: ReadResource): RpcFeature {
  return {
    capabilities: { prompts: {} },
    cacheHints: { 'prompts/list': LIST_HINT },
    register(server, { session, guard }) {
      const { identity } = session
      server.setRequestHandler('prompts/list', ({ params }) =>
        guard(() => {
          const shown = book.listFor(identity)
          const { items, ...next } = toPage(shown, ({ name }) => name, params?.cursor)
          return { prompts: items.map(toListedPrompt), ...next }
        }),
      )
      server.setRequestHandler('prompts/get', ({ params }, { mcpReq }) =>
        guard(async () => {
          const signal = AbortSignal.any([session.signal, mcpReq.signal])
          const own = { ...refineSession(session, mcpReq._meta ?? {}), signal }
          const prompt = book.find(params.name, identity)
          if (prompt === null) return refusePrompt(session, params.name)
          const given = readArguments(prompt, params.arguments ?? {})
          const attached = await readAttachments(prompt.attach(given), own, readResource)
          const text = { type: 'text' as const, text: prompt.write(given, identity) }
          const messages = [...attached, text].map((content) => ({
            role: 'user' as const,
            content,
          }))
          return { description: prompt.description, messages }
        }),
      )
    },
  }
}

function toListedPrompt({ name, title, description, arguments: parameters }: Prompt): ListedPrompt {
  return {
    ...{ name, title, description },
    arguments: parameters.map((argument) => ({
      name: argument.name,
      description: argument.description,
      required: argument.required,
    })),
  }
}

/**
 * Refuses a prompt that does not exist, as far as the caller can tell.
 *
 * @throws {ProtocolError} -32602
 */
export function refusePrompt({ trail }: Session, name: string): never {
  trail.reason = 'unknown_prompt'
  throw new ProtocolError(INVALID_PARAMS, `Unknown prompt: ${JSON.stringify(shorten(name, 64))}`)
}
