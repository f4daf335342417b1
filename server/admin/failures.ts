/** The command itself was wrong; exit 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** The command was right, and what it names does not exist or may not be; exit 1. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}
