const LATIN_1 = 'application/json; charset=iso-8859-1'
const PROBLEM = 'application/problem+json'

/** What the upstream answers, by the id of the invoice that is asked for. */
export const ANSWERS: ReadonlyMap<
  string,
  { readonly status: number; readonly type: string; readonly body: string | Buffer }
> = new Map([
  json('plain', '{"id":"inv_1","total":1.5}'),
  json('spaced', ' {\n "id" : "inv_1" }\r\n'),
  json('umlauts', JSON.stringify({ name: 'Müller & Söhne – 東京 🧾' })),
  json('escapes', '{"name":"\\u00e9\\ud83e\\uddfe \\"quoted\\" \\\\ \\/ \\n \\u0000"}'),
  json('surrogate', '{"name":"\\ud800"}'),
  json('controls', `{"name":"${String.fromCharCode(0x7f, 0x85, 0x2028, 0x2029)}"}`),
  json('long-number', '{"id":12345678901234567890,"rate":1e400}'),
  json('scalar', '"only a text"'),
  json('null', 'null'),
  json('long', JSON.stringify({ data: Array.from({ length: 200 }, (_, id) => ({ id })) })),
  json('long-umlauts', JSON.stringify({ name: 'ü'.repeat(1_500) })),
  json('marked', '\uFEFF{"id":"inv_1"}'),
  json('broken', '{"id":'),
  json('two', '{}{}'),
  json('empty', ''),
  json('not-utf8', Buffer.from([0x22, 0xff, 0x22])),
  ['latin-1', { ...of(200, Buffer.from('{"name":"Müller"}', 'latin1')), type: LATIN_1 }],
  ['text', { ...of(200, 'a;b\nü;2\n'), type: 'text/csv' }],
  ['picture', { ...of(200, Buffer.from([0x89, 0x50, 0x4e, 0x47])), type: 'image/png' }],
  ['file', { ...of(200, Buffer.from('%PDF-1.7')), type: 'application/pdf' }],
  ['nothing', of(204, '')],
  ['missing', { ...of(404, '{"title":"Not found","detail":"No such invoice: ü"}'), type: PROBLEM }],
  ['forbidden', { ...of(403, '{"title":"Forbidden"}'), type: PROBLEM }],
  ['failing', { ...of(500, '<html>Oops</html>'), type: 'text/html' }],
])

type Raw = { readonly status: number; readonly type: string; readonly body: string | Buffer }

function json(id: string, body: string | Buffer): readonly [string, Raw] {
  return [id, of(200, body)]
}

function of(status: number, body: string | Buffer): Raw {
  return { status, type: 'application/json', body }
}
