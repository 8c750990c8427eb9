import type { FastifyInstance } from 'fastify'
import { answerJsonErrors } from '../middleware/answer-json-errors.ts'
import { answerDocument, apiDocument } from './api-document.ts'

/** What there is to read about the APIs, for everybody. */
export function docsRoutes(app: FastifyInstance): void {
  answerJsonErrors(app)
  const findDocument = apiDocument('chats-openapi.json')
  app.get('/api/chats/openapi.json', async (request, reply) => answerDocument(findDocument(), request, reply))
}
