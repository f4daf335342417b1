import type { ContentBlock, ReadResourceResult } from '@modelcontextprotocol/server'
import { toFileBlock } from '../file-content.ts'
import type { ReadResource } from '../resources/read-resource.ts'
import type { Session } from '../session.ts'

/**
 * Reads what goes with a prompt, in its order and all at the same time. Every read comes to an end
 * before this does, so that each of them is on record.
 *
 * @throws what the first that fails throws
 */
export async function readAttachments(
  uris: readonly string[],
  session: Session,
  readResource: ReadResource,
): Promise<readonly ContentBlock[]> {
  const reads = await Promise.allSettled(uris.map((uri) => readResource(session, uri)))
  return reads.flatMap((read) => {
    if (read.status === 'rejected') throw read.reason
    return read.value.contents.map(toContentBlock)
  })
}

/** Makes what was read a part of a message: files as a tool gives them, all else as a resource. */
function toContentBlock(resource: ReadResourceResult['contents'][number]): ContentBlock {
  if (!('blob' in resource)) return { type: 'resource', resource }
  return toFileBlock(resource.mimeType ?? 'application/octet-stream', resource.blob, resource.uri)
}
