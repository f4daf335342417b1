/** Values that formats accept, for what the document shows none of. */
export const FORMAT_EXAMPLES: ReadonlyMap<string, string> = new Map([
  ['date', '2026-01-31'],
  ['date-time', '2026-01-31T12:00:00Z'],
  ['email', 'person@example.com'],
  ['ipv4', '192.0.2.1'],
  ['ipv6', '2001:db8::1'],
  ['uri', 'https://example.com/'],
  ['uuid', '123e4567-e89b-12d3-a456-426614174000'],
])
