/** A client cannot be made with what was asked for; the message says what is wrong with it. */
export class ClientRefused extends Error {
  override readonly name = 'ClientRefused'
}
