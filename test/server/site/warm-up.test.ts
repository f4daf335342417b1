import { describe, expect, it } from '@jest/globals'
import { startWithDemo } from '../../support/flowtly.ts'
import { until } from '../../support/until.ts'

describe('the documentation after a start', () => {
  it('is written in the background, every page of it', async () => {
    await using running = await startWithDemo()
    const list = await (await fetch(`${running.connector.url}/llms.txt`)).text()
    const pages = list.match(/^- \[[^\]]+\]\([^)]+\.md\)/gm) ?? []

    const findLine = () => running.connector.log.find((each) => /documentation_written/.test(each))
    await until(() => findLine() !== undefined)

    expect(JSON.parse(findLine() ?? '')).toMatchObject({ level: 'debug', pages: pages.length })
    expect(running.connector.log.join('')).not.toContain('documentation_page_failed')
  })
})
