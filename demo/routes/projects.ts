import type { Router } from '@koa/router'
import { z } from 'zod'
import { compare, contains } from '../database/filter.ts'
import { jsonBody, noBody } from '../http/body.ts'
import { serveOperation } from '../http/operation.ts'
import type { Services } from '../http/operation.ts'
import { noQuery, pageFields, queryField, scalar } from '../http/query.ts'
import { billingType, projectInput, projectStatus } from '../records/project-input.ts'
import { createProject, readProject, readProjectPage, replaceProject } from '../records/projects.ts'

const listQuery = z.strictObject({
  status: scalar(projectStatus).optional(),
  billingType: scalar(billingType).optional(),
  clientId: queryField.id,
  q: queryField.q,
  sort: scalar(z.enum(['code', 'name', '-name', 'startDate', '-startDate'])).default('code'),
  ...pageFields,
})

const readProjectInput = jsonBody(projectInput)

/** Projects that income and costs are attributed to. */
export function addProjectRoutes(router: Router, services: Services): void {
  const { database } = services
  const list = serveOperation(services, {
    access: 'read',
    query: listQuery,
    body: noBody,
    status: 200,
    handle: ({ organizationId, query }) =>
      readProjectPage(
        database,
        organizationId,
        [
          ...compare('p.status = ?', query.status),
          ...compare('p.billing_type = ?', query.billingType),
          ...compare('p.client_id = ?', query.clientId),
          ...contains(['p.code', 'p.name', 'c.name'], query.q),
        ],
        query,
      ),
  })
  const create = serveOperation(services, {
    access: 'write',
    query: noQuery,
    body: readProjectInput,
    status: 201,
    handle: ({ organizationId, body }) =>
      readProject(database, organizationId, createProject(database, organizationId, body)),
  })
  const replace = serveOperation(services, {
    access: 'write',
    query: noQuery,
    body: readProjectInput,
    status: 200,
    handle: ({ organizationId, pathId, body }) => {
      replaceProject(database, organizationId, pathId('projectId'), body)
      return readProject(database, organizationId, pathId('projectId'))
    },
  })

  router.get('/projects', list)
  router.post('/projects', create)
  router.put('/projects/:projectId', replace)
}
