import type { AuditFact } from '../audit/event.ts'
import type { ToolTextVersion } from '../store/tool-texts.ts'

/** What is on record of a text that was published: which, never what it says. */
export function toTextPublished(version: ToolTextVersion): AuditFact {
  return { type: 'tool-text.published', outcome: 'success', ...toSubject(version) }
}

/** What is on record of an earlier version, or the generated text, that is shown again. */
export function toTextReverted(version: ToolTextVersion): AuditFact {
  const reason = version.description === null ? 'generated_text' : 'earlier_version'
  return { type: 'tool-text.reverted', outcome: 'success', reason, ...toSubject(version) }
}

function toSubject({ organizationId, tool, version, authorId }: ToolTextVersion) {
  return {
    organization: organizationId,
    member: authorId,
    tool,
    subject: `tool:${tool}`,
    count: version,
  }
}
