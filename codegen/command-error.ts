import { UsageError } from './command.ts'
import { UnreadableFileError } from './document/unreadable-file.ts'
import { OutputError } from './output/replace-all.ts'

/** Answers whether the command itself was at fault, not what it was given to read. */
export function isCommandError(error: unknown): error is Error {
  return (
    error instanceof UsageError ||
    error instanceof UnreadableFileError ||
    error instanceof OutputError
  )
}
