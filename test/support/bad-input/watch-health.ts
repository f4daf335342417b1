import { setTimeout as sleep } from 'node:timers/promises'

/** What somebody learned who asked for `GET /health` again and again. */
export type HealthWatch = {
  /** How long each answer took, in milliseconds. */
  readonly times: readonly number[]
  /** What was no answer, or a wrong one. */
  readonly failures: readonly string[]
}

/**
 * Asks for the health of a server until it is told to stop.
 *
 * @param pauseMs between an answer and the next question
 * @returns stops, and gives what was learned
 */
export function watchHealth(origin: string, pauseMs: number): () => Promise<HealthWatch> {
  const times: number[] = []
  const failures: string[] = []
  const stopping = new AbortController()

  async function ask(): Promise<void> {
    const startedAt = performance.now()
    try {
      const response = await fetch(`${origin}/health`)
      const text = await response.text()
      if (text !== '{"status":"ok"}') failures.push(`${response.status} ${text}`)
      times.push(performance.now() - startedAt)
    } catch (error) {
      failures.push(String(error))
    }
  }

  const watching = (async () => {
    while (!stopping.signal.aborted) {
      await ask()
      await sleep(pauseMs)
    }
  })()
  return async () => {
    stopping.abort()
    await watching
    return { times, failures }
  }
}
