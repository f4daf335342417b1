import type { Writable } from 'node:stream'

/** Is told what is being done, and how much of it is through where that can be counted. */
export type Progress = (phase: string, done?: number, total?: number) => void

/** One line of progress, to be cleared before anything else is printed. */
export interface ProgressLine {
  readonly show: Progress
  /** Leaves nothing of what was shown. */
  readonly clear: () => void
}

/** Tells nobody. */
export const SILENT: Progress = () => undefined

/** Where a line can be written over: `process.stderr`, on a terminal. */
export type ProgressStream = Pick<Writable, 'write'> & {
  readonly isTTY?: boolean
  readonly columns?: number
}

type Options = {
  readonly env: Readonly<Record<string, string | undefined>>
  /** In milliseconds, and never going back. */
  readonly now: () => number
}

const INTERVAL_MS = 100
const DEFAULT_COLUMNS = 80
/** To the start of the line, and erase it (ECMA-48, 8.3.41 EL). */
const ERASE_LINE = '\r\u001b[K'

/**
 * Shows progress in one line that is written over, and only to a person: nothing is written where
 * the stream is no terminal, where `CI` is set, or where `TERM` is `dumb`.
 *
 * Counts are shown at most every 100 ms. A new phase is shown at once: the work is synchronous, so
 * no timer could show it later. For the same reason it is not a spinner of `@clack/prompts`, which
 * draws by a timer, takes the keyboard, and writes without a terminal, too.
 */
export function createProgressLine(stream: ProgressStream, { env, now }: Options): ProgressLine {
  if (stream.isTTY !== true || isCi(env) || env['TERM'] === 'dumb') {
    return { show: SILENT, clear: () => undefined }
  }
  let shown: { readonly phase: string; readonly at: number } | null = null
  return {
    show(phase, done, total) {
      const at = now()
      if (shown?.phase === phase && at - shown.at < INTERVAL_MS) return
      shown = { phase, at }
      stream.write(ERASE_LINE + fit(render(phase, done, total), stream.columns))
    },
    clear() {
      if (shown === null) return
      shown = null
      stream.write(ERASE_LINE)
    },
  }
}

/** Tells of one of several connectors which one it is; of a single one, only what is done. */
export function inTurn(progress: Progress, turn: number, turns: number): Progress {
  if (turns === 1) return progress
  return (phase, ...counts) => progress(`connector ${turn} of ${turns}: ${phase}`, ...counts)
}

/** What services set where nobody watches is mostly `true`, and sometimes `1` or a name. */
function isCi({ CI = '' }: Options['env']): boolean {
  return CI !== '' && CI !== 'false' && CI !== '0'
}

function render(phase: string, done?: number, total?: number): string {
  return [phase, done, total === undefined ? '' : `of ${total}`].join(' ').trim()
}

/** A line that wraps could not be erased whole. A terminal of unknown width says that it has 0 columns. */
function fit(text: string, columns = 0): string {
  return text.slice(0, (columns || DEFAULT_COLUMNS) - 1)
}
