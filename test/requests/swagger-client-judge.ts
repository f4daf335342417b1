import SwaggerClient from 'swagger-client'
import { findDifference } from './find-difference.ts'
import { pickMeantHeaders } from './meant-headers.ts'
import { blindTo, isDelimitedObject, SHARED_BLINDNESSES, type Blindness } from './blindness.ts'
import type { Judge } from './judge.ts'
import { textsIn, type Meant } from './judged-operation.ts'

/**
 * What `swagger-client` 3.37 cannot write. Where a sentence of the specification says how it is
 * written, that is named; the tables of wires hold these cases.
 */
const BLINDNESSES: readonly Blindness[] = [
  ...SHARED_BLINDNESSES,
  blindTo('swagger-client writes delimited objects with commas', isDelimitedObject),
  // RFC 6570, section 3.2.5, with "," between the items of a list that is not exploded.
  blindTo(
    'swagger-client writes every label list with dots',
    ({ parameter, value }) =>
      parameter.style === 'label' && !parameter.explode && typeof value === 'object',
  ),
  // It tests for truth; an empty text is a text.
  blindTo(
    'swagger-client leaves out an empty text',
    ({ parameter, value }) => value === '' && parameter.in === 'query',
  ),
  {
    // It leaves brackets as they are, and fills what it has filled once more.
    reason: 'swagger-client reads its own paths of 2.0 again',
    applies: ({ operation, values }) =>
      operation.version.startsWith('2') &&
      values.some(
        ({ parameter, value }) =>
          parameter.in === 'path' && textsIn(value).some((text) => /[[\]%]/.test(text)),
      ),
  },
  {
    // Swagger 2.0, Parameter Object: "collectionFormat" holds for paths and headers too.
    reason: 'swagger-client writes no lists into paths and headers of 2.0',
    applies: ({ operation, values }) =>
      operation.version.startsWith('2') &&
      values.some(
        ({ parameter, value }) =>
          ['path', 'header'].includes(parameter.in) && typeof value === 'object',
      ),
  },
]

/** Our wire is compared with the one that `swagger-client` builds for the same values. */
export const swaggerClientJudge: Judge = {
  name: 'swagger-client',
  blindnesses: BLINDNESSES,
  judge: (meant, request, baseUrl) => {
    const { url, method, headers, body } = SwaggerClient.buildRequest({
      spec: buildSpec(meant, baseUrl),
      operationId: 'judged',
      parameters: Object.fromEntries(
        meant.values.map(({ parameter, value }) => [`${parameter.in}.${parameter.name}`, value]),
      ),
      ...(meant.body !== undefined && { requestBody: meant.body }),
    })
    const expected = {
      method,
      target: url.slice(new URL(baseUrl).origin.length),
      headers: pickMeantHeaders(meant, headers),
      body: body === undefined ? '' : JSON.stringify(body),
      isCarelessOfMarks: meant.operation.version.startsWith('2'),
    }
    return findDifference(expected, request)
  },
}

/** The operation with the parameters that are sent: for the others it would send their defaults. */
function buildSpec({ operation, values }: Meant, baseUrl: string): unknown {
  const { version, path, method, requestBody } = operation
  const { host, pathname, protocol } = new URL(baseUrl)
  const head = version.startsWith('2')
    ? { swagger: '2.0', host, basePath: pathname, schemes: [protocol.slice(0, -1)] }
    : { openapi: version, servers: [{ url: baseUrl }] }
  const described = {
    operationId: 'judged',
    parameters: values.map(({ parameter }) => parameter.node),
    ...(requestBody !== null && { requestBody }),
  }
  return { ...head, paths: { [path]: { [method.toLowerCase()]: described } } }
}
