import { createNextPage, NOTHING } from './next-page.ts'
import { sendPage } from '../pages/send-page.ts'
import { CONSOLE_HEADERS } from '../pages/security-headers.ts'
import { CONSOLE } from './addresses.ts'
import type { SendAnswer } from './door.ts'
import { toFrame } from './frame.ts'
import { sealPending } from './pending.ts'
import type { ConsoleServices } from './services.ts'

/** Makes HTTP answers of what pages come to. */
export function createSendAnswer(services: ConsoleServices): SendAnswer {
  const { connector, store, seal, showProblem, now } = services
  const nextPage = createNextPage({ store: store.consoleSessions, seal })

  return async function sendAnswer(visit, { room }, answer) {
    const { ctx, session } = visit
    switch (answer.kind) {
      case 'page': {
        // Who asks for the headers only has shown nothing to anybody.
        const left = ctx.method === 'HEAD' ? NOTHING : await nextPage.take(session)
        const frame = toFrame(visit, answer, { connectorTitle: connector.title, room, left })
        const html = answer.template({ ...frame, ...answer.context })
        return sendPage(ctx, answer.status ?? 200, html, CONSOLE_HEADERS)
      }
      case 'part':
        return sendPage(
          ctx,
          200,
          answer.template({ csrf: visit.csrf, ...answer.context }),
          CONSOLE_HEADERS,
        )
      case 'go': {
        const { notice, secrets = [] } = answer
        if (notice !== null || secrets.length > 0) {
          await nextPage.leave(session, { notice, secrets })
        }
        ctx.status = 303
        return ctx.redirect(answer.to)
      }
      case 'confirm':
        await store.consoleSessions.setPending(
          session.id,
          sealPending(seal, session, answer.pending, now()),
        )
        ctx.status = 303
        return ctx.redirect(CONSOLE.confirm)
      case 'download':
        ctx.set({
          'Cache-Control': 'no-store',
          'Content-Disposition': `attachment; filename="${answer.fileName}"`,
          'X-Content-Type-Options': 'nosniff',
        })
        ctx.type = answer.type
        ctx.body = answer.body
        return undefined
      case 'problem':
        return showProblem(ctx, answer.status, answer.text, answer.action)
    }
  }
}
