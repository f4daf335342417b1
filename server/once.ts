/**
 * Makes something when it is first asked for; whoever asks from then on gets the same. After a failure
 * the next one who asks has it tried again.
 */
export function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | null = null
  return () => {
    made ??= make().catch((error: unknown) => {
      made = null
      throw error
    })
    return made
  }
}
