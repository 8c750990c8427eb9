import type { FastifyInstance } from 'fastify'
import { AppError } from '../../lib/app-error.ts'
import { STATUS } from '../status-of.ts'

export const TITLES: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
}

/** Refusals of `/api/v4`: `application/problem+json` (spec 03 §1). */
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler(async (error, request, reply) => {
    const status =
      error instanceof AppError ? STATUS[error.code] : ((error as { statusCode?: number }).statusCode ?? 500)
    const isOurs = status >= 500
    if (isOurs) request.log.error({ err: error, path: request.routeOptions.url }, 'a request failed')
    return reply
      .code(status)
      .type('application/problem+json')
      .send({
        title: TITLES[status] ?? (isOurs ? 'Internal Server Error' : 'Request refused'),
        type: `https://httpstatus.es/${status}`,
        status,
        detail: isOurs ? 'Something went wrong on our side. Try again.' : (error as Error).message,
      })
  })
}
