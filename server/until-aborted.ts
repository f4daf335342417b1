/** Waits for a promise no longer than until a signal aborts; rejects with its reason then. */
export async function untilAborted<Value>(
  work: Promise<Value>,
  signal: AbortSignal,
): Promise<Value> {
  const gone = Promise.withResolvers<never>()
  const onAbort = () => gone.reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  if (signal.aborted) onAbort()
  try {
    // What is left behind may fail later; nobody waits for it any more.
    return await Promise.race([work, gone.promise])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
