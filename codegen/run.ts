import { join } from 'node:path'
import type { Command } from './command.ts'
import { compareManifests, NO_DRIFT } from './drift/manifest-changes.ts'
import { fetchDocument, FetchError } from './fetch-document.ts'
import { generate, type Generated } from './generate.ts'
import { isObject, objectAt, toJson, type Json } from './json.ts'
import { isUrl, readSource } from './load.ts'
import { compareFiles, listOutputs, readOutput, removeOutput, writeOutput } from './output.ts'
import { GenerationError, type Problem } from './problem.ts'
import type { GeneratedFiles } from './render.ts'
import type { ConnectorReport, Report } from './report.ts'

const OUTPUT_FOLDER = 'generated'

/** Generates everything first: a problem in one connector leaves all of them as they are. */
export async function run({ jobs, all, check, failOn }: Omit<Command, 'format'>): Promise<Report> {
  const done: { readonly folder: string; readonly generated: Generated }[] = []
  const problems: Problem[] = []
  const warnings: Problem[] = []
  for (const { spec, bytes, allow, out } of jobs) {
    try {
      const fetched = isUrl(spec) ? await fetchSpec(spec) : bytes
      const generated = await generate(readSource(spec, allow, fetched))
      const folder = out ?? join(OUTPUT_FOLDER, generated.name)
      if (done.some((other) => other.folder === folder))
        problems.push(describeTwin(allow, generated))
      done.push({ folder, generated })
      warnings.push(...generated.warnings)
    } catch (error) {
      if (!(error instanceof GenerationError)) throw error
      problems.push(...error.problems)
      warnings.push(...error.warnings)
    }
  }
  if (problems.length > 0) {
    return { check, failOn, connectors: [], staleFolders: [], problems, warnings }
  }
  const folders = done.map(({ folder }) => folder)
  const stale = all ? listOutputs(OUTPUT_FOLDER).filter((path) => !folders.includes(path)) : []
  const connectors = done.map(({ folder, generated }) => settle(folder, generated, check))
  if (!check) for (const folder of stale) removeOutput(folder)
  return { check, failOn, connectors, staleFolders: stale, problems, warnings }
}

/** There is no copy at hand that it could be the same as. */
async function fetchSpec(url: string): Promise<Buffer> {
  const answer = await fetchDocument(url, { etag: null, lastModified: null })
  if (!answer.changed) throw new FetchError(`${url} answered 304`, 'nobody asked for a comparison')
  return answer.bytes
}

function settle(
  folder: string,
  { name, files, posts }: Generated,
  check: boolean,
): ConnectorReport {
  const before = readOutput(folder)
  const changes = check ? compareFiles(before, files) : writeOutput(folder, files)
  const manifest = readManifest(files)
  return {
    connector: name,
    folder,
    tools: Object.keys(objectAt(objectAt(manifest)['tools'])).length,
    files: files.size,
    posts,
    changes,
    drift: before.size === 0 ? NO_DRIFT : compareManifests(readManifest(before), manifest),
  }
}

function readManifest(files: GeneratedFiles): Json {
  try {
    const value: unknown = JSON.parse(files.get('manifest.json') ?? 'null')
    const manifest = toJson(value)
    return isObject(manifest) ? manifest : null
  } catch {
    return null // whoever broke it is told that the file differs
  }
}

function describeTwin(allow: string, { name }: Generated): Problem {
  const what = `another connector is also named ${JSON.stringify(name)}`
  return { file: allow, line: null, column: null, where: 'connector → name', what, hint: null }
}
