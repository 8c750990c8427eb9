import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError, type ErrorCode } from '../../lib/app-error.ts'
import type { Clock } from '../../lib/clock.ts'
import { toXml } from './to-xml.ts'

/** Numbers programs of the time know (spec 06 §5.1). All of them are 401, also that of somebody who tries too often. */
const NUMBERS: Partial<Record<ErrorCode, string>> = {
  wrong_credentials: '110',
  too_many_attempts: '111',
  forbidden: '112',
  not_found: '101',
  not_logged_in: '401',
}

export const secondsOf = (at: Date): number => Math.floor(at.getTime() / 1000)

/** `{"response": …}`, or XML where `auth.php` was not asked for JSON. */
export function sendLegacy(request: FastifyRequest, reply: FastifyReply, response: object): FastifyReply {
  const { type } = request.query as { type?: unknown }
  const isXml = request.routeOptions.url === AUTH_PATH && type !== 'json'
  if (isXml) return reply.type('text/xml; charset=utf-8').send(toXml('root', response))
  return reply.type('application/json; charset=utf-8').send({ response })
}

export const AUTH_PATH = '/private/api/auth.php'

/** Refusals as the old API writes them. What is our bug says nothing more; the query may hold a key, so only the path is logged. */
export function answerLegacyErrors(app: FastifyInstance, { clock }: { clock: Pick<Clock, 'now'> }): void {
  app.setErrorHandler(async (error, request, reply) => {
    const refusal = refusalOf(error, request)
    reply.code(refusal.status)
    if (refusal.waitSeconds !== undefined) reply.header('retry-after', refusal.waitSeconds)
    return sendLegacy(request, reply, {
      ...(refusal.status === 401 && { auth: false }),
      error: refusal.message,
      error_code: refusal.number,
      ip: request.ip,
      domain: request.hostname,
      server_time: secondsOf(clock.now()),
    })
  })
}

interface Refusal {
  status: number
  number: string
  message: string
  waitSeconds?: number
}

function refusalOf(error: unknown, request: FastifyRequest): Refusal {
  if (error instanceof AppError) {
    const { message, details } = error
    const wait = details.retryAfterSeconds
    const number = NUMBERS[error.code]
    if (number === undefined) return { status: 400, number: '400', message }
    return { status: 401, number, message, ...(typeof wait === 'number' && { waitSeconds: wait }) }
  }
  const status = (error as { statusCode?: number }).statusCode ?? 500
  if (status >= 400 && status < 500) return { status, number: String(status), message: (error as Error).message }
  request.log.error({ err: error, path: request.routeOptions.url }, 'a request failed')
  return { status: 500, number: '500', message: 'Something went wrong on our side. Try again.' }
}
