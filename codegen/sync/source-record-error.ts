/** A `source.json` is not usable; the message names it and what is wrong. */
export class SourceRecordError extends Error {
  override readonly name = 'SourceRecordError'
}
