import type { ErrorCode } from '../lib/app-error.ts'

/** The one place where a code becomes a status: a new code that is not listed here does not compile. */
export const STATUS: Record<ErrorCode, number> = {
  invalid_request: 400,
  not_logged_in: 401,
  wrong_credentials: 401,
  second_factor_needed: 401,
  log_in_expired: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  account_ambiguous: 409,
  too_large: 413,
  too_many_attempts: 429,
  ORIGIN_INVALID_PAYLOAD: 400,
  ORIGIN_UNSUPPORTED: 400,
  ORIGIN_INVALID_SIGNATURE: 403,
  ORIGIN_FORBIDDEN: 403,
  ORIGIN_NOT_REGISTERED: 404,
  ORIGIN_MESSAGE_NOT_FOUND: 404,
  ORIGIN_CHAT_NOT_FOUND: 404,
  ORIGIN_BODY_TOO_LARGE: 413,
  ORIGIN_TOO_MANY_REQUESTS: 429,
}
