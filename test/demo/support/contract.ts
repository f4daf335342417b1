import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { Answer } from './client.ts'
import { closeSchema } from './close-schema.ts'
import { readOperations } from './document.ts'
import type { DocumentedOperation } from './document.ts'
import { at, isObject, toObject } from './json.ts'

/** The document as a judge of what the demo says. */
export type Contract = {
  readonly operations: readonly DocumentedOperation[]
  /** Finds an operation by its id. */
  find(operationId: string): DocumentedOperation
  /** Lists what is wrong with an answer; nothing is fine. */
  judge(operationId: string, answer: Answer): readonly string[]
  /** Lists what is wrong with a JSON body; nothing is fine. */
  judgeBody(operationId: string, body: unknown): readonly string[]
}

/** Reads the document and compiles its schemas with Ajv (JSON Schema 2020-12, strict). */
export async function readContract(): Promise<Contract> {
  const operations = await readOperations()
  const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true })
  addFormats.default(ajv)
  // Words of OpenAPI that constrain nothing, and formats of which nothing can be checked.
  ajv.addVocabulary(['example'])
  ajv.addFormat('password', true)
  ajv.addFormat('binary', true)

  function find(operationId: string): DocumentedOperation {
    const found = operations.find(({ id }) => id === operationId)
    if (found === undefined) throw new Error(`the document has no operation "${operationId}"`)
    return found
  }

  function judgeJson(schema: unknown, value: unknown): readonly string[] {
    const isValid = ajv.compile(toObject(schema))
    if (isValid(value)) return []
    return (isValid.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `${instancePath || '/'} ${message ?? ''} ${JSON.stringify(params)}`,
    )
  }

  return {
    operations,
    find,
    judge(operationId, answer) {
      const response = find(operationId).responses[String(answer.status)]
      if (!isObject(response)) return [`status ${answer.status} is not documented`]
      return [...judgeHeaders(response, answer), ...judgeContent(response, answer, judgeJson)]
    },
    judgeBody: (operationId, body) => judgeJson(find(operationId).body?.schema, body),
  }
}

function judgeHeaders(response: unknown, answer: Answer): readonly string[] {
  return Object.entries(at(response, 'headers') ?? {}).flatMap(([name, header]) => {
    const isMissing = at(header, 'required') === true && !answer.headers.has(name)
    return isMissing ? [`header "${name}" is missing`] : []
  })
}

function judgeContent(
  response: unknown,
  answer: Answer,
  judgeJson: (schema: unknown, value: unknown) => readonly string[],
): readonly string[] {
  const content = at(response, 'content')
  const [contentType = ''] = (answer.headers.get('content-type') ?? '').split(';')
  if (content === undefined) {
    return answer.bytes.length === 0 && contentType === '' ? [] : ['no body is documented']
  }
  const schema = at(content, contentType, 'schema')
  if (schema === undefined) return [`content type "${contentType}" is not documented`]
  if (at(schema, 'format') === 'binary') {
    return answer.bytes.length > 0 ? [] : ['the body is empty']
  }
  if (answer.json === undefined) return ['the body is not JSON']
  return judgeJson(closeSchema(schema), answer.json)
}
