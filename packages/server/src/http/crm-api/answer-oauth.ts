import type { FastifyInstance } from 'fastify'
import { AppError } from '../../lib/app-error.ts'
import { STATUS } from '../status-of.ts'
import { TITLES } from './answer-problems.ts'

/** What programs of the time compare with (spec 03 §2.2). */
const TYPE = 'https://developers.amocrm.ru/v3/errors/OAuthProblemJson'

/** Refusals of `/oauth2`: problem JSON with the CRM's `hint` where it has one, and the `error` of RFC 6749. */
export function answerOAuthErrors(app: FastifyInstance): void {
  app.setErrorHandler(async (error, request, reply) => {
    const status =
      error instanceof AppError ? STATUS[error.code] : ((error as { statusCode?: number }).statusCode ?? 500)
    const isOurs = status >= 500
    if (isOurs) request.log.error({ err: error, path: request.routeOptions.url }, 'a request failed')
    const details = error instanceof AppError ? error.details : {}
    if (typeof details.retryAfterSeconds === 'number') reply.header('retry-after', details.retryAfterSeconds)
    if (status === 401 && request.headers.authorization !== undefined) reply.header('www-authenticate', 'Basic')
    const hint = typeof details.hint === 'string' ? { hint: details.hint } : {}
    return reply
      .code(status)
      .type('application/problem+json')
      .send({
        ...hint,
        title: TITLES[status] ?? (isOurs ? 'Internal Server Error' : 'Request refused'),
        type: TYPE,
        status,
        detail: isOurs ? 'Something went wrong on our side. Try again.' : (error as Error).message,
        error: errorOf(status, details.error),
      })
  })
}

function errorOf(status: number, given: unknown): string {
  if (typeof given === 'string') return given
  if (status >= 500) return 'server_error'
  return status === 429 ? 'temporarily_unavailable' : 'invalid_request'
}
