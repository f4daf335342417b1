import { inspectDocument, type Inspection } from '../../../codegen/init/inspect-document.ts'
import { readDocument } from '../../../codegen/document/load.ts'
import { inFolder } from '../fixture.ts'

/** Looks at a document that is given as text. */
export function inspectText(text: string): Promise<Inspection> {
  return inFolder({ 'openapi.yaml': text }, (folder) =>
    inspectDocument(readDocument(`${folder}/openapi.yaml`)),
  )
}

/** A document of the given paths, in YAML's flow style. */
export function documentOf(paths: string, rest = ''): string {
  return `openapi: 3.1.0\ninfo: { title: Shop API, version: '1' }\n${rest}\npaths:\n${paths}\n`
}
