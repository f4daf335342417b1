import SwaggerParser from '@apidevtools/swagger-parser'
import type { Bundle } from './bundle.ts'
import { objectAt, toJson } from './json.ts'
import { parsePointer } from './json-pointer.ts'
import type { Findings } from './problem.ts'

const MAX_FAULTS = 20

/**
 * Holds the bundle against the OpenAPI specification's own schema.
 *
 * What it finds are warnings: the generator has already refused what it cannot work with, and vendors
 * publish documents with faults that do not matter for the allowed operations.
 */
export async function validateBundle(bundle: Bundle, findings: Findings): Promise<void> {
  const text = JSON.stringify(bundle.document)
  try {
    await SwaggerParser.validate('openapi.json', { resolve: onlyInMemory(text) })
  } catch (error) {
    for (const { pointer, what } of listFaults(error).slice(0, MAX_FAULTS)) {
      findings.warning(bundle.place(parsePointer(pointer)), `not as OpenAPI has it: ${what}`)
    }
  }
}

/** Reads the bundle's text for every name; there is no file and no network behind it. */
function onlyInMemory(text: string) {
  return {
    file: false,
    http: false,
    memory: { order: 1, canRead: true, read: () => text },
  } as const
}

type Fault = { readonly pointer: string; readonly what: string }

/** One fault per place; what only says that some alternative did not match adds nothing. */
function listFaults(error: unknown): readonly Fault[] {
  if (!(error instanceof Error)) return []
  const details = 'details' in error && Array.isArray(error.details) ? error.details : []
  const faults = details
    .map((detail) => objectAt(toJson(detail)))
    .flatMap(({ keyword, instancePath: pointer, message: what }) => {
      if (keyword === 'if' || keyword === 'oneOf' || keyword === 'anyOf') return []
      return typeof pointer === 'string' && typeof what === 'string' ? [{ pointer, what }] : []
    })
  const byPlace = new Map(faults.toReversed().map((fault) => [fault.pointer, fault]))
  if (byPlace.size > 0) return [...byPlace.values()].toReversed()
  return [{ pointer: '', what: error.message.split('\n', 1)[0] ?? '' }]
}
