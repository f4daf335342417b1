/**
 * Attributes that OpenTelemetry's semantic conventions have and do not call stable yet: by its own
 * advice, they are written out here and not imported.
 */
export const ATTRIBUTES = {
  operationName: 'gen_ai.operation.name',
  toolName: 'gen_ai.tool.name',
  mcpMethod: 'mcp.method.name',
  rpcStatusCode: 'rpc.response.status_code',
  urlTemplate: 'url.template',
  /** Ours: what the log and the upstream know a request by. */
  requestId: 'sluice.request_id',
} as const
