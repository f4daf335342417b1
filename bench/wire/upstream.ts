import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { startTlsUpstream } from '../../test/support/tls/tls-upstream.ts'
import { ENCODINGS, SIZES, targetOf, type Encoding } from './cases.ts'

// An upstream over TLS in a process of its own, with both protocols: it has every answer in every
// encoding, made before the first request. It tells its parent where it is, and ends with it.

/** What servers use by themselves while somebody waits. */
const QUALITY = { gzip: 6, br: 4 }

const answers = new Map(
  SIZES.flatMap((bytes) =>
    ENCODINGS.map((encoding) => {
      const body = encode(buildList(bytes), encoding)
      return [targetOf({ bytes, encoding }), { encoding, body }] as const
    }),
  ),
)

const upstream = await startTlsUpstream()
upstream.answer = ({ url }, response) => {
  const { encoding, body } = answers.get(url) ?? { encoding: 'identity', body: Buffer.alloc(0) }
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': body.length,
    'content-encoding': encoding,
  })
  response.end(body)
  upstream.requests.length = 0
}
process.on('disconnect', () => process.exit())
process.send?.({
  origin: upstream.origin,
  ca: upstream.ca,
  bytes: Object.fromEntries([...answers].map(([target, { body }]) => [target, body.length])),
})

/** Invoices, until there are so many bytes of them. */
function buildList(bytes: number): Buffer {
  const items: string[] = []
  for (let length = 0, index = 0; length < bytes; index += 1) {
    const item = JSON.stringify({
      id: `inv_${index}`,
      number: `FV/${index}/2026`,
      counterparty: { id: `cp_${(index * 7) % 311}`, name: `Acme ${(index * 31) % 97}` },
      total: { amount: ((index * 7919) % 1_000_000) / 100, currency: 'PLN' },
      dueDate: `2026-0${1 + (index % 9)}-1${index % 10}`,
      status: ['draft', 'sent', 'paid'][index % 3],
    })
    items.push(item)
    length += item.length
  }
  return Buffer.from(`{"data":[${items.join()}]}`)
}

function encode(body: Buffer, encoding: Encoding): Buffer {
  if (encoding === 'gzip') return gzipSync(body, { level: QUALITY.gzip })
  const params = { [constants.BROTLI_PARAM_QUALITY]: QUALITY.br }
  return encoding === 'br' ? brotliCompressSync(body, { params }) : body
}
