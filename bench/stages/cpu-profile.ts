import { readFileSync } from 'node:fs'
import { z } from 'zod'

const profileSchema = z.object({
  nodes: z.array(
    z.object({
      id: z.number(),
      callFrame: z.object({ functionName: z.string(), url: z.string() }),
      children: z.array(z.number()).optional(),
    }),
  ),
  endTime: z.number(),
  startTime: z.number(),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
})

/** A function that was running, or waited for one that did. */
export type Frame = { readonly functionName: string; readonly url: string }

/** A moment of a processor's time. */
export type ProfileSample = {
  /** The one that was running first, then who called it. */
  readonly stack: readonly Frame[]
  readonly microseconds: number
}

/**
 * Reads what `node --cpu-prof` has written.
 *
 * @param lastMs only the end of it
 */
export function readProfile(file: string, lastMs: number): readonly ProfileSample[] {
  const profile = profileSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]))
  const parents = new Map(
    profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)),
  )

  function stackOf(id: number): readonly Frame[] {
    const stack: Frame[] = []
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      const node = nodes.get(at)
      if (node !== undefined) stack.push(node.callFrame)
    }
    return stack
  }

  const stacks = new Map(profile.nodes.map(({ id }) => [id, stackOf(id)]))
  const beginsAt = profile.endTime - lastMs * 1000
  let at = profile.startTime
  return profile.samples.flatMap((id, index) => {
    // A sample holds until the next one: its time is what that one says.
    const microseconds = profile.timeDeltas[index + 1] ?? 0
    at += profile.timeDeltas[index] ?? 0
    return at < beginsAt ? [] : [{ stack: stacks.get(id) ?? [], microseconds }]
  })
}
