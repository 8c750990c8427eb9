/** What a caller can be refused for. Which HTTP status each becomes is decided in `http/`. */
export type ErrorCode =
  | 'invalid_request'
  | 'not_logged_in'
  | 'wrong_credentials'
  /** The password was right: `details` are a `SecondFactorNeeded`. */
  | 'second_factor_needed'
  /** A step of a log-in, or a link, that is too old or was used. */
  | 'log_in_expired'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'too_large'
  | 'account_ambiguous'
  | 'too_many_attempts'
  // The chats API's own (spec 01 §2.4), by the names it sends.
  | 'ORIGIN_INVALID_PAYLOAD'
  | 'ORIGIN_UNSUPPORTED'
  | 'ORIGIN_INVALID_SIGNATURE'
  | 'ORIGIN_FORBIDDEN'
  | 'ORIGIN_NOT_REGISTERED'
  | 'ORIGIN_MESSAGE_NOT_FOUND'
  | 'ORIGIN_CHAT_NOT_FOUND'
  | 'ORIGIN_BODY_TOO_LARGE'
  | 'ORIGIN_TOO_MANY_REQUESTS'

/** A refusal the caller can act on. Anything else thrown is our bug: it answers 500 and says nothing more. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly details: Record<string, unknown>
  constructor(code: ErrorCode, message: string, options: ErrorOptions & { details?: Record<string, unknown> } = {}) {
    super(message, options)
    this.code = code
    this.details = options.details ?? {}
  }
}
