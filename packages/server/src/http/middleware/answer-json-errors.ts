import type { ApiError } from '@parley/protocol/model'
import type { FastifyInstance } from 'fastify'
import { AppError } from '../../lib/app-error.ts'
import { STATUS } from '../status-of.ts'

/** Refusals of the app and admin APIs: `{"error": {code, message, requestId, details}}`. What is our bug says nothing more. */
export function answerJsonErrors(app: FastifyInstance): void {
  app.setErrorHandler(async (error, request, reply) => {
    const requestId = request.id
    if (error instanceof AppError) {
      const { code, message, details } = error
      const answer: ApiError = {
        error: { code, message, requestId, ...(Object.keys(details).length > 0 && { details }) },
      }
      const waitSeconds = details.retryAfterSeconds
      if (typeof waitSeconds === 'number') reply.header('retry-after', waitSeconds)
      return reply.code(STATUS[code]).send(answer)
    }
    const status = (error as { statusCode?: number }).statusCode ?? 500
    if (status >= 400 && status < 500) {
      const answer: ApiError = { error: { code: 'invalid_request', message: (error as Error).message, requestId } }
      return reply.code(status).send(answer)
    }
    request.log.error({ err: error }, 'a request failed')
    const message =
      'Something went wrong on our side. Nothing was changed; try again, and name the request id if it stays.'
    return reply.code(500).send({ error: { code: 'internal', message, requestId } } satisfies ApiError)
  })
}
