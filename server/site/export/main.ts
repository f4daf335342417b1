import { ConfigError, readConfig } from '../../config.ts'
import { loadConnector, loadPublished } from '../../connector.ts'
import { createRealms } from '../../realm.ts'
import { toDeployment } from '../deployment.ts'
import { buildExport } from './build-export.ts'
import { parseCommand, USAGE, UsageError } from './command.ts'
import { ExportError, writeExport } from './write-export.ts'

process.exitCode = await main(process.argv.slice(2))

async function main(argv: readonly string[]): Promise<number> {
  try {
    const command = parseCommand(argv)
    if (command === 'help') {
      console.log(USAGE)
      return 0
    }
    const { out, base } = command
    const config = readConfig({
      ...process.env,
      ...(command.connector !== null && { CONNECTOR: command.connector }),
      ...(command.url !== null && { PUBLIC_URL: command.url }),
    })
    const publicUrl = config.publicUrl ?? new URL(`http://${config.host}:${config.port}`)
    const { connector } = await loadConnector(config.connector)
    const { docs } = await loadPublished(config.connector)
    const realm = createRealms({ publicUrl, tenantHosts: null }).ofHost('')
    const site = buildExport(
      { docs, deployment: toDeployment({ config, connector, realm }) },
      { base },
    )
    writeExport(out, site)
    console.log(`${connector.name}: ${site.size} files in ${out}; requests go to ${realm.issuer}`)
    return 0
  } catch (error) {
    if (error instanceof ExportError) {
      console.error(`error: ${error.message}`)
      return 1
    }
    if (error instanceof ConfigError) {
      console.error(`error: ${error.report()}`)
      return 2
    }
    if (!(error instanceof UsageError)) throw error
    console.error(`error: ${error.message}\n\n${USAGE}`)
    return 2
  }
}
