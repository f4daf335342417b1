/** The part of `swagger-client` that is used here; it has no types of its own. */
declare module 'swagger-client' {
  const SwaggerClient: {
    readonly buildRequest: (options: {
      readonly spec: unknown
      readonly operationId: string
      readonly parameters: Readonly<Record<string, unknown>>
      readonly requestBody?: unknown
    }) => {
      readonly url: string
      readonly method: string
      readonly headers: Readonly<Record<string, unknown>>
      readonly body?: unknown
    }
  }
  export default SwaggerClient
}
