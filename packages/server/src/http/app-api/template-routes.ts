import {
  type ChatId,
  changeTemplateRequest,
  newTemplateRequest,
  orderTemplatesRequest,
  type TemplateId,
} from '@parley/protocol/model'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { accessChat } from '../../domain/chats/access-chat.ts'
import {
  changeTemplate,
  createTemplate,
  deleteTemplate,
  orderTemplates,
} from '../../domain/templates/change-templates.ts'
import { fillTemplateFor, getTemplate, listTemplates } from '../../domain/templates/template-queries.ts'
import { readInput, readNumber, readUuid } from '../middleware/read-input.ts'
import { viewerOf } from '../middleware/viewer.ts'
import type { AppDeps } from './app-deps.ts'

const idOf = (request: FastifyRequest) => readNumber<TemplateId>(request.params, 'templateId')

/** Canned answers: everybody reads the shared ones and has his own, admins change the shared ones. */
export function templateRoutes(app: FastifyInstance, deps: AppDeps): void {
  app.get('/templates', async (request) => ({ items: await listTemplates(deps, viewerOf(request)) }))

  app.get('/templates/:templateId', async (request) => getTemplate(deps, viewerOf(request), idOf(request)))

  app.post('/templates', async (request, reply) => {
    const wish = readInput(newTemplateRequest, request.body)
    const template = await createTemplate(deps, viewerOf(request), wish)
    reply.code(201)
    return template
  })

  app.patch('/templates/:templateId', async (request) =>
    changeTemplate(deps, viewerOf(request), idOf(request), readInput(changeTemplateRequest, request.body)),
  )

  app.delete('/templates/:templateId', async (request, reply) => {
    await deleteTemplate(deps, viewerOf(request), idOf(request))
    return reply.code(204).send()
  })

  app.put('/templates/order', async (request) => {
    await orderTemplates(deps, viewerOf(request), readInput(orderTemplatesRequest, request.body))
    return { items: await listTemplates(deps, viewerOf(request)) }
  })

  app.get('/chats/:chatId/templates/:templateId', async (request) => {
    const viewer = viewerOf(request)
    const chatId = await accessChat(deps.hotPool, viewer, readUuid<ChatId>(request.params, 'chatId'))
    return fillTemplateFor(deps, viewer, { chatId, id: idOf(request) })
  })
}
