import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { getCACertificates } from 'node:tls'
import { ConfigError, type UpstreamNetwork } from './config.ts'
import { Secret } from './secret.ts'
import { createProxyRule, type Network, type TlsFiles } from './upstream/network.ts'

/**
 * Reads the files that the environment names for connections to the upstream. They are read once: a
 * renewed certificate needs a new start.
 *
 * @throws {ConfigError} for a file that cannot be read, or holds something else, or does not fit
 */
export function openUpstreamNetwork(config: UpstreamNetwork): Network {
  return {
    proxyFor: createProxyRule(config),
    tls: {
      ca: config.caFile === null ? null : readAuthorities(config.caFile),
      certificate: config.certificate === null ? null : readOwn(config.certificate),
    },
    http2: config.http2,
  }
}

/** Beside what Node trusts by itself, and `NODE_EXTRA_CA_CERTS` with it: a private one adds to those. */
function readAuthorities(file: string): readonly string[] {
  return [...getCACertificates('default'), ...readCertificates('UPSTREAM_CA', file)]
}

function readOwn({
  certFile,
  keyFile,
}: NonNullable<UpstreamNetwork['certificate']>): TlsFiles['certificate'] {
  const chain = readCertificates('UPSTREAM_CERT', certFile)
  const key = readText('UPSTREAM_KEY', keyFile)
  const privateKey = parse('UPSTREAM_KEY', 'holds no private key (PEM) without a passphrase', () =>
    createPrivateKey(key),
  )
  const [own = ''] = chain
  if (!new X509Certificate(own).checkPrivateKey(privateKey)) {
    const what = 'is the key of another certificate than the first one in UPSTREAM_CERT'
    throw new ConfigError([`UPSTREAM_KEY ${what}`])
  }
  return { cert: chain.join('\n'), key: new Secret(key) }
}

/** One by one: of what stands between them, nothing is sent or trusted. */
function readCertificates(variable: string, file: string): readonly string[] {
  const found =
    readText(variable, file).match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ??
    []
  if (found.length === 0) throw new ConfigError([`${variable} holds no certificate (PEM)`])
  for (const each of found) {
    parse(variable, 'holds a certificate that cannot be read', () => new X509Certificate(each))
  }
  return found
}

function readText(variable: string, file: string): string {
  return parse(variable, 'names a file that cannot be read', () => readFileSync(file, 'utf8'))
}

/** What the library says may quote the file; the variable is enough to find it. */
function parse<Value>(variable: string, what: string, read: () => Value): Value {
  try {
    return read()
  } catch {
    throw new ConfigError([`${variable} ${what}`])
  }
}
