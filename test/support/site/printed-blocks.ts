import MarkdownIt from 'markdown-it'

/** One block of code of a page, as a reader finds it. */
export type PrintedBlock = {
  /** The page's path. */
  readonly path: string
  /** The last heading before it. */
  readonly heading: string
  /** The word behind the fence; `''` where there is none. */
  readonly language: string
  readonly text: string
}

/** Reads the blocks of code of a page in order. */
export function readPrintedBlocks(path: string, markdown: string): readonly PrintedBlock[] {
  const tokens = new MarkdownIt().parse(markdown, {})
  let heading = ''
  return tokens.flatMap((token, index) => {
    if (token.type === 'heading_open') heading = tokens[index + 1]?.content ?? ''
    if (token.type !== 'fence') return []
    return [{ path, heading, language: token.info, text: token.content.trimEnd() }]
  })
}

/** Where a block stands, for the report of a failure. */
export function placeOf({ path, heading, text }: PrintedBlock): string {
  return `${path} "${heading}": ${text.slice(0, 100)}`
}

/** The pages that `/llms.txt` lists, each with its Markdown. */
export async function readPublishedPages(url: string): Promise<ReadonlyMap<string, string>> {
  const list = await readText(`${url}/llms.txt`)
  const addresses = [...list.matchAll(/\]\((\S+\.md)\)/g)].map(([, address = '']) => address)
  const pages = addresses.map(async (address) => {
    const path = new URL(address).pathname.replace(/(?:\/index)?\.md$/, '')
    return [path === '' ? '/' : path, await readText(address)] as const
  })
  return new Map(await Promise.all(pages))
}

async function readText(address: string): Promise<string> {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`${address}: HTTP ${answer.status}`)
  return answer.text()
}
