import { pino, type DestinationStream } from 'pino'

/** How long a line waits for others. */
const GATHER_MS = 50
/** As pino counts levels. */
const ERROR_LEVEL = 50
/** What waits is written when it is as long as this, which is what a pipe holds. */
const MAX_CHARS = 64 * 1024

/** Where the lines go, many at once. */
type Sink = {
  readonly write: (text: string) => unknown
  /** Writes what waits before it returns. */
  readonly flushSync: () => void
}

/**
 * Writes the lines of a log together, 50 milliseconds late at most: one write for each line would cost
 * more than the line. An error is written at once, with all that came before it. When the process ends
 * of itself, nothing is left behind.
 */
export function gatherLines(sink: Sink): DestinationStream {
  let lines = ''
  let timer: NodeJS.Timeout | undefined

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    if (lines === '') return
    sink.write(lines)
    lines = ''
  }

  atExit(() => {
    flush()
    sink.flushSync()
  })
  const gathered = {
    // With this pino tells the level of each line.
    [pino.symbols.needsMetadataGsym]: true,
    lastLevel: 0,
    write(line: string): void {
      lines += line
      const isUrgent = gathered.lastLevel >= ERROR_LEVEL
      if (isUrgent || lines.length >= MAX_CHARS) flush()
      else timer ??= setTimeout(flush, GATHER_MS)
    },
  }
  return gathered
}

/** One listener for all logs of a process: Node warns of a leak where there are more than ten. */
const endings: (() => void)[] = []

function atExit(end: () => void): void {
  if (endings.length === 0) process.once('exit', () => endings.forEach((each) => each()))
  endings.push(end)
}
