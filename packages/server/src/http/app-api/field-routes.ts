import {
  changeFieldRequest,
  changeTagRequest,
  type FieldId,
  mergeTagRequest,
  newFieldRequest,
  newTagRequest,
  type TagId,
} from '@parley/protocol/model'
import type { FastifyInstance } from 'fastify'
import { changeField, createField, deleteField } from '../../domain/fields/change-fields.ts'
import { countFieldUse, listFields } from '../../domain/fields/field-queries.ts'
import { changeTag, createTag, deleteTag, mergeTags } from '../../domain/tags/change-tags.ts'
import { listTags, listTagUse } from '../../domain/tags/tag-queries.ts'
import { readInput, readNumber } from '../middleware/read-input.ts'
import { actorOf, adminOf, viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

/** What an account adds to its leads and contacts: fields and tags. */
export function fieldRoutes(app: FastifyInstance, deps: AppDeps): void {
  const fieldOf = (request: { params: unknown }) => readNumber<FieldId>(request.params, 'fieldId')

  app.get('/fields', async (request) => ({ items: await listFields(deps.db, viewerOf(request).account.id) }))

  app.post('/fields', async (request) =>
    createField(deps, adminOf(request, 'add fields'), readInput(newFieldRequest, request.body)),
  )

  app.patch('/fields/:fieldId', async (request) =>
    changeField(deps, adminOf(request, 'change fields'), fieldOf(request), readInput(changeFieldRequest, request.body)),
  )

  app.get('/fields/:fieldId/use', async (request) =>
    countFieldUse(deps.db, adminOf(request, 'change fields').accountId, fieldOf(request)),
  )

  // The first time it is only hidden: its values come back with it.
  app.delete('/fields/:fieldId', async (request) => ({
    field: await deleteField(deps, adminOf(request, 'delete fields'), fieldOf(request)),
  }))

  tagRoutes(app, deps)
}

/** Whoever works with leads may make a tag; what becomes of it is for admins. */
function tagRoutes(app: FastifyInstance, deps: AppDeps): void {
  const tagOf = (request: { params: unknown }) => readNumber<TagId>(request.params, 'tagId')

  app.get('/tags', async (request) => ({ items: await listTags(deps.db, viewerOf(request).account.id) }))

  app.get('/tags/use', async (request) => ({
    items: await listTagUse(deps.db, adminOf(request, 'count tags').accountId),
  }))

  app.post('/tags', async (request) => createTag(deps, actorOf(request), readInput(newTagRequest, request.body)))

  app.patch('/tags/:tagId', async (request) =>
    changeTag(deps, adminOf(request, 'change tags'), tagOf(request), readInput(changeTagRequest, request.body)),
  )

  app.post('/tags/:tagId/merge', async (request) => {
    const { intoId } = readInput(mergeTagRequest, request.body)
    return mergeTags(deps, adminOf(request, 'merge tags'), tagOf(request), intoId as TagId)
  })

  app.delete('/tags/:tagId', async (request, reply) => {
    await deleteTag(deps, adminOf(request, 'delete tags'), tagOf(request))
    return reply.code(204).send()
  })
}
