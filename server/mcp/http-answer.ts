/** An HTTP answer that is ready to be written. */
export type HttpAnswer = {
  readonly status: number
  readonly contentType: string | null
  /** Text, or its bytes in UTF-8. */
  readonly body: string | Buffer
  /** Of the JSON-RPC error that it is; `null` where it is none, or a batch. */
  readonly code: number | null
}
