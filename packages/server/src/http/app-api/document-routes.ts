import type { FastifyInstance } from 'fastify'
import { answerDocument, apiDocument } from '../docs/api-document.ts'

/** `GET /openapi.json`: what this API can do, for people and the tools they read it with. */
export function documentRoutes(app: FastifyInstance): void {
  const findDocument = apiDocument('openapi.json')
  app.get('/openapi.json', async (request, reply) => answerDocument(findDocument(), request, reply))
}
