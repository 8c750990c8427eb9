import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { answerRefusal } from './answer-refusal.ts'
import { chatRoutes } from './chat-routes.ts'
import type { ChatsDeps } from './chats-deps.ts'
import { connectionRoutes } from './connection-routes.ts'
import { messageRoutes } from './message-routes.ts'
import { takeRawBodies } from './raw-body.ts'
import { recordRequests } from './record-requests.ts'

/**
 * The chats API (spec 01): what channels call. Every request is checked in this order: who is named in the path, the signature over
 * the raw bytes, the body. `app` must be a scope of its own: its parsers and error answers are these routes' alone.
 */
export function chatsRoutes(app: FastifyInstance, deps: ChatsDeps): void {
  takeRawBodies(app)
  recordRequests(app, deps)
  app.setErrorHandler((error, request, reply) => answerRefusal(deps.log, error, request, reply))
  connectionRoutes(app, deps)
  messageRoutes(app, deps)
  chatRoutes(app, deps)
  // Paths that the service does not know have no body in their answer, whatever was sent there: it is not read.
  const answerNothing = async (_: FastifyRequest, reply: FastifyReply) => reply.code(404).send()
  app.all('/v2/*', { onRequest: answerNothing }, answerNothing)
}
