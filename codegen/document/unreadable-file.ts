/** A file named on the command line could not be read. */
export class UnreadableFileError extends Error {
  override readonly name = 'UnreadableFileError'
}
