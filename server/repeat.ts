/**
 * Does something now, and again every so often, one time after the other. What fails is the work's
 * own to report: it must not throw.
 *
 * @returns stops it, and waits for what runs
 */
export function repeat(work: () => Promise<void>, intervalMs: number): () => Promise<void> {
  let running = work()
  const timer = setInterval(() => {
    running = running.then(work)
  }, intervalMs)
  timer.unref()
  return () => {
    clearInterval(timer)
    return running
  }
}
