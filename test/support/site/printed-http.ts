/** The head of an HTTP answer: its status, and its headers by their names in lower case. */
export type HttpHead = {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
}

/** Reads the head of an answer from the lines that curl shows or a page prints. */
export function parseHttpHead(text: string): HttpHead {
  const [first = '', ...lines] = text.split(/\r?\n\r?\n/)[0]?.split(/\r?\n/) ?? []
  const headers = lines
    .filter((line) => line.includes(':'))
    .map((line) => {
      const at = line.indexOf(':')
      return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()] as const
    })
  return { status: Number(first.split(' ')[1]), headers: new Map(headers) }
}

/** Compares heads: what is printed has to be there. */
export function findHeadDifferences(printed: HttpHead, real: HttpHead): readonly string[] {
  const status = printed.status === real.status ? [] : [`status ${real.status}`]
  const headers = [...printed.headers].filter(([name, value]) => real.headers.get(name) !== value)
  return [...status, ...headers.map(([name]) => `${name}: ${real.headers.get(name) ?? 'missing'}`)]
}
