import type { Ground } from './ground.ts'
import { launchConnector } from './start-subjects.ts'
import { toQuartiles, type Quartiles } from './summarize.ts'

/** How long a connector takes until it answers. */
export type Start = {
  readonly tools: number
  readonly milliseconds: Quartiles
  readonly times: number
}

/**
 * Starts a connector several times, one after the other, each with an empty database.
 *
 * @param options.folder of a copy of the project; this one by default
 */
export async function measureStart(
  ground: Ground,
  options: { readonly tools: number; readonly times: number; readonly folder?: string },
): Promise<Start> {
  const { tools, times, folder } = options
  const taken: number[] = []
  for (let time = 0; time < times; time += 1) {
    const startedAt = performance.now()
    const { program, url } = await launchConnector(ground, folder === undefined ? {} : { folder })
    const { status } = await fetch(`${url}/health`)
    taken.push(performance.now() - startedAt)
    if (status !== 200) throw new Error(`the connector answers with ${status}`)
    await program.stop()
  }
  return { tools, milliseconds: toQuartiles(taken), times }
}
