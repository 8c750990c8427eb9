import type { ErrorType } from '@parley/protocol/wire'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { AppError, type ErrorCode } from '../../lib/app-error.ts'

/** The one place where a code becomes what the chats API answers. A new code that is not listed does not compile. */
const ANSWERS: Record<ErrorCode, { status: number; type: ErrorType }> = {
  ORIGIN_INVALID_PAYLOAD: { status: 400, type: 'ORIGIN_INVALID_PAYLOAD' },
  ORIGIN_UNSUPPORTED: { status: 400, type: 'ORIGIN_UNSUPPORTED' },
  ORIGIN_INVALID_SIGNATURE: { status: 403, type: 'ORIGIN_INVALID_SIGNATURE' },
  ORIGIN_FORBIDDEN: { status: 403, type: 'ORIGIN_FORBIDDEN' },
  ORIGIN_NOT_REGISTERED: { status: 404, type: 'ORIGIN_NOT_REGISTERED' },
  ORIGIN_MESSAGE_NOT_FOUND: { status: 404, type: 'ORIGIN_MESSAGE_NOT_FOUND' },
  ORIGIN_CHAT_NOT_FOUND: { status: 404, type: 'ORIGIN_CHAT_NOT_FOUND' },
  ORIGIN_BODY_TOO_LARGE: { status: 413, type: 'ORIGIN_BODY_TOO_LARGE' },
  ORIGIN_TOO_MANY_REQUESTS: { status: 429, type: 'ORIGIN_TOO_MANY_REQUESTS' },
  // Ours, should the domain ever refuse by them here.
  invalid_request: { status: 400, type: 'ORIGIN_INVALID_PAYLOAD' },
  not_logged_in: { status: 403, type: 'ORIGIN_FORBIDDEN' },
  second_factor_needed: { status: 403, type: 'ORIGIN_FORBIDDEN' },
  log_in_expired: { status: 403, type: 'ORIGIN_FORBIDDEN' },
  wrong_credentials: { status: 403, type: 'ORIGIN_FORBIDDEN' },
  forbidden: { status: 403, type: 'ORIGIN_FORBIDDEN' },
  not_found: { status: 404, type: 'ORIGIN_NOT_REGISTERED' },
  conflict: { status: 400, type: 'ORIGIN_INVALID_PAYLOAD' },
  too_large: { status: 413, type: 'ORIGIN_BODY_TOO_LARGE' },
  account_ambiguous: { status: 400, type: 'ORIGIN_INVALID_PAYLOAD' },
  too_many_attempts: { status: 429, type: 'ORIGIN_TOO_MANY_REQUESTS' },
}

/** Answers anything thrown: a refusal in the envelope of spec 01 §2.4, a bug with a bare 500 that names the log line. */
export function answerRefusal(log: Logger, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = error instanceof AppError ? error : ofFastify(error)
  if (refusal !== undefined) {
    const { status, type } = ANSWERS[refusal.code]
    const { retryAfterSeconds } = refusal.details
    if (typeof retryAfterSeconds === 'number') reply.header('retry-after', retryAfterSeconds)
    const body = { status: 0, error_code: status, error_type: type, error_description: refusal.message }
    return answerJson(reply.code(status), JSON.stringify(body))
  }
  log.error({ err: error, requestId: request.id, url: request.raw.url }, 'a chats API request failed')
  const body = {
    title: 'ErrInternalServer',
    status: 500,
    detail: 'An internal error; the log has it under trace_id.',
    trace_id: request.id,
  }
  return answerJson(reply.code(500), JSON.stringify(body))
}

export function answerJson(reply: FastifyReply, json: string): FastifyReply {
  reply.request.recorded.answer = json
  // As bytes: to a string Fastify would add a charset that the real service does not send.
  return reply.header('content-type', 'application/json').send(Buffer.from(json))
}

/**
 * The same for the hot path, past Fastify's way out (its hooks on sending, its serialisation): a sixth of a request's cost
 * there. The text goes out with the head in one write.
 */
export function answerJsonFast(reply: FastifyReply, json: string): FastifyReply {
  reply.request.recorded.answer = json
  reply.hijack()
  reply.raw.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(json),
    'x-request-id': reply.request.id,
    'x-content-type-options': 'nosniff',
  })
  reply.raw.end(json)
  return reply
}

/** What Fastify itself refuses before a handler runs; undefined when it is no refusal. */
function ofFastify(error: unknown): AppError | undefined {
  const { code, statusCode, message } = error as { code?: unknown; statusCode?: unknown; message?: unknown }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new AppError('ORIGIN_BODY_TOO_LARGE', 'body: must not be larger than 1 MiB')
  // A header that is no media type at all; one that is another than JSON is told of by the signature check.
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return new AppError('ORIGIN_INVALID_SIGNATURE', 'invalid signature: Content-Type must be application/json')
  }
  const isClientError = typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500
  return isClientError ? new AppError('ORIGIN_INVALID_PAYLOAD', `body: ${String(message)}`) : undefined
}
