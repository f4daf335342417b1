import { startDeployment } from '../../server/admin/deployment.ts'
import { storeKinds } from '../stores.ts'
import { readPrintedBlocks, readPublishedPages, type PrintedBlock } from './printed-blocks.ts'

/** A running deployment with its published pages, and what a reader would fill in. */
export type Documented = Awaited<ReturnType<typeof startDocumented>>

/**
 * Starts the demo with the shipped connector, makes an API key as the pages say, and reads the pages.
 *
 * @param env variables beside the port and the database
 */
export async function startDocumented(env: Readonly<Record<string, string>> = {}) {
  const [sqlite] = storeKinds
  if (sqlite === undefined) throw new Error('no database')
  const deployment = await startDeployment(sqlite, env)
  await deployment.admin(['orgs', 'add', 'acme', '--name', 'Acme'])
  const scopes = ['--scopes', 'all', '--email', 'owner@acme.example']
  const { first } = await deployment.json(
    ['keys', 'create', '--org', 'acme', '--name', 'docs', ...scopes],
    'sluice-demo\n',
  )
  const pages = await readPublishedPages(deployment.url)
  return {
    ...deployment,
    pages,
    blocks: readAllBlocks(pages),
    /** The variables of the shell that the pages have their readers set. */
    variables: {
      TOKEN: String(first['key']),
      API_KEY: 'acme-demo-key',
      API_SECRET: 'acme-demo-secret',
      EMAIL: 'owner@acme.example',
    },
  }
}

/** Every block of code of all pages, in their order. */
export function readAllBlocks(pages: ReadonlyMap<string, string>): readonly PrintedBlock[] {
  return [...pages].flatMap(([path, markdown]) => readPrintedBlocks(path, markdown))
}
