import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { readAnswers, type RawAnswer } from './read-answers.ts'
import { renderRequest, type BadRequest } from './request.ts'

/** More than anything may take, on however slow a machine: the server itself cuts off earlier. */
const PATIENCE_MS = 45_000

/** What became of a request. */
export type Outcome = {
  readonly answers: readonly RawAnswer[]
  /** Why it cannot be right, whatever the answers are; `null` where nothing is known. */
  readonly complaint: string | null
}

/**
 * Sends a request over a connection of its own, and waits for all that will come back: the answers
 * that somebody who keeps to HTTP is owed, or the end of the connection.
 *
 * @param port of this machine
 */
export async function sendRequest(port: number, request: BadRequest): Promise<Outcome> {
  const { bytes, isSound } = renderRequest(request)
  const { delivery } = request
  const isHead = request.method === 'HEAD'
  const owed =
    !isSound || delivery.kind === 'aborted' ? 0 : delivery.kind === 'pipelined' ? delivery.times : 1
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  const connection = watch(socket, isHead, owed)
  try {
    await once(socket, 'connect')
    await deliver(socket, bytes, delivery)
    // A client that is gone, or whose request has no known end, says that nothing more will come.
    if (owed === 0 && !socket.destroyed) socket.end()
    await connection.done
    return connection.judge()
  } finally {
    socket.destroy()
  }
}

function watch(socket: Socket, isHead: boolean, owed: number) {
  let text = ''
  let hasEnded = false
  let failure: string | null = null
  const finished = Promise.withResolvers<undefined>()
  const finish = () => finished.resolve(undefined)
  const isPaid = () => {
    const { answers } = read()
    return isGivenUp(answers) || (owed > 0 && answers.length >= owed)
  }
  const read = () => readAnswers(text, { isHead, hasEnded })

  socket.on('data', (chunk) => {
    text += chunk.toString('latin1')
    try {
      if (isPaid()) finish()
    } catch {
      finish()
    }
  })
  socket.on('error', (error) => (failure = error.message))
  socket.on('end', () => (hasEnded = true))
  socket.on('end', finish)
  socket.on('close', finish)
  socket.setTimeout(PATIENCE_MS, () => {
    failure = 'nothing came'
    finish()
  })

  return {
    done: finished.promise,
    judge(): Outcome {
      try {
        const { answers, hasRest } = read()
        const isLacking = answers.length < owed && !isGivenUp(answers)
        const isTorn = hasRest && hasEnded
        const why = failure ?? 'the connection was closed'
        return {
          answers,
          complaint: isLacking || isTorn ? `${answers.length} of ${owed} answers: ${why}` : null,
        }
      } catch (error) {
        return { answers: [], complaint: error instanceof Error ? error.message : String(error) }
      }
    },
  }
}

/**
 * Of a body that is too large nothing more is read, not even that the client has closed; and nothing
 * of what came behind it on the same connection (RFC 9110, section 15.5.14).
 */
function isGivenUp(answers: readonly RawAnswer[]): boolean {
  return answers.at(-1)?.status === 413
}

async function deliver(
  socket: Socket,
  bytes: Buffer,
  delivery: BadRequest['delivery'],
): Promise<void> {
  switch (delivery.kind) {
    case 'whole':
      socket.write(bytes)
      return
    case 'pipelined':
      socket.write(Buffer.concat(Array.from({ length: delivery.times }, () => bytes)))
      return
    case 'aborted': {
      socket.write(bytes.subarray(0, Math.floor(bytes.length * delivery.at)))
      // The bytes are with the server before the client is gone.
      await sleep(1)
      if (delivery.isReset) socket.resetAndDestroy()
      return
    }
    case 'dripped': {
      const places = delivery.cuts
        .map((cut) => Math.floor(cut * bytes.length))
        .sort((a, b) => a - b)
      const starts = [0, ...places]
      for (const [index, start] of starts.entries()) {
        if (socket.destroyed) return
        socket.write(bytes.subarray(start, starts[index + 1]))
        await sleep(delivery.pauseMs)
      }
    }
  }
}
