import { AppError } from '../../lib/app-error.ts'

/** How RFC 6749 names why. */
export type OAuthError =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unsupported_grant_type'
  | 'unsupported_token_type'

/** What programs of the time look for (spec 03 §2.2); those with a parameter's name are as theirs for `client_id`. */
export type Hint =
  | 'Authorization code has expired'
  | 'Authorization code has been revoked'
  | 'Cannot decrypt the authorization code'
  | 'Check the `client_id` parameter'
  | 'Check the `redirect_uri` parameter'
  | 'Check the `code_verifier` parameter'
  | 'Invalid refresh token'
  | 'Token has been revoked'

/** A refusal of the token endpoint, 400. */
export const refuseGrant = (hint: Hint, message: string): AppError =>
  new AppError('invalid_request', message, { details: { error: 'invalid_grant' satisfies OAuthError, hint } })

/** 401: the client's log-in, or something that was good once. */
export const refuseClient = (message: string): AppError =>
  new AppError('not_logged_in', message, { details: { error: 'invalid_client' satisfies OAuthError } })

export const revoked = (): AppError =>
  new AppError('not_logged_in', 'This token was revoked. Ask the user to install the integration again.', {
    details: { error: 'invalid_grant' satisfies OAuthError, hint: 'Token has been revoked' satisfies Hint },
  })

/** The request itself is not understood. */
export const refuseRequest = (error: OAuthError, message: string): AppError =>
  new AppError('invalid_request', message, { details: { error } })
