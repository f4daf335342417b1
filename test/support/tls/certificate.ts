import { generateKeyPairSync, sign } from 'node:crypto'

/** A certificate for this machine that vouches for itself, and its key; both PEM. */
export type TestCertificate = { readonly cert: string; readonly key: string }

const DAY_MS = 86_400_000

/** Tags of DER (ITU-T X.690). */
const TAGS = {
  integer: 0x02,
  bits: 0x03,
  bytes: 0x04,
  oid: 0x06,
  text: 0x0c,
  time: 0x17,
  sequence: 0x30,
  set: 0x31,
  dnsName: 0x82,
  ipAddress: 0x87,
  version: 0xa0,
  extensions: 0xa3,
} as const

/** Object identifiers, encoded. */
const OIDS = {
  commonName: '550403',
  subjectAltName: '551d11',
  ecdsaWithSha256: '2a8648ce3d040302',
} as const

/**
 * Makes a certificate for `localhost` and 127.0.0.1 (RFC 5280, section 4.1), good for two days: Node
 * has no call for it, and a committed key would have to be explained to every scanner.
 */
export function createCertificate(): TestCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const algorithm = der('sequence', oid('ecdsaWithSha256'))
  const name = der(
    'sequence',
    der('set', der('sequence', oid('commonName'), der('text', Buffer.from('localhost')))),
  )
  const names = der(
    'sequence',
    der('dnsName', Buffer.from('localhost')),
    der('ipAddress', Buffer.from([127, 0, 0, 1])),
  )
  const toBeSigned = der(
    'sequence',
    der('version', der('integer', Buffer.from([2]))),
    der('integer', Buffer.from([1])),
    algorithm,
    name,
    der('sequence', time(Date.now() - DAY_MS), time(Date.now() + DAY_MS)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der('extensions', der('sequence', der('sequence', oid('subjectAltName'), der('bytes', names)))),
  )
  const signature = sign('sha256', toBeSigned, privateKey)
  const whole = der('sequence', toBeSigned, algorithm, der('bits', Buffer.from([0]), signature))
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${whole.toString('base64')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  }
}

function der(tag: keyof typeof TAGS, ...contents: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(contents)
  const { length } = body
  // Up to 127 the length stands for itself; beyond, two bytes suffice for a certificate.
  const size = length < 0x80 ? [length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([TAGS[tag], ...size]), body])
}

function oid(name: keyof typeof OIDS): Buffer {
  return der('oid', Buffer.from(OIDS[name], 'hex'))
}

/** `YYMMDDHHMMSSZ`. */
function time(epochMs: number): Buffer {
  const digits = new Date(epochMs).toISOString().replaceAll(/\D/g, '').slice(2, 14)
  return der('time', Buffer.from(`${digits}Z`))
}
