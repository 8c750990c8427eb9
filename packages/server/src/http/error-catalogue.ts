import type { SignatureFaultCode } from '@parley/protocol/signing'
import type { DeliveryErrorCode } from '@parley/protocol/wire'
import type { ErrorCode } from '../lib/app-error.ts'

/** What people are told of a refusal. The documents of both APIs and docs/api/errors.md are made of it (`npm run api-docs`). */
export interface Explained {
  meaning: string
  cause: string
  cure: string
}

/** Every code that an answer can have. A new one that is not explained does not compile. */
export const ERROR_CATALOGUE: Record<ErrorCode | 'internal' | 'ErrInternalServer', Explained> = {
  invalid_request: {
    meaning: 'Something in the request is not understood; `details.field` names it where it can.',
    cause: 'A field is missing, of another type, out of bounds or unknown; or the body is not JSON.',
    cure: 'Correct the field that `message` and `details.field` name, and compare with the schema of the operation.',
  },
  not_logged_in: {
    meaning: 'Nobody is logged in, or the token is not valid any more.',
    cause: 'No `Authorization: Bearer` header and no session cookie came along, or the token was ended or has run out.',
    cure: 'Make a new token under Security (or `POST /me/tokens`), or log in again.',
  },
  wrong_credentials: {
    meaning: 'The e-mail, the password or the code is wrong.',
    cause: 'One of them was mistyped, or the password was changed since. Which of them is not told.',
    cure: 'Try again, or ask for a link to set a new password.',
  },
  second_factor_needed: {
    meaning: 'The password was right; `details` say how the second step goes.',
    cause: 'The user has a passkey or an authenticator app.',
    cure: 'Go on with the step that `details` name, or use a token, which needs none.',
  },
  log_in_expired: {
    meaning: 'This step or link is too old, or was used.',
    cause: 'Links and steps of a log-in are good once and for a short time.',
    cure: 'Begin the log-in anew, or ask for a new link.',
  },
  forbidden: {
    meaning: 'Not allowed to whoever asks.',
    cause: "The role of the user does not allow it, or a request with a session cookie came from another site's page.",
    cure: 'Ask an admin for the right. From a program, use a token instead of a cookie.',
  },
  not_found: {
    meaning: 'No such thing, or none that whoever asks may see.',
    cause:
      'The id is wrong, the thing was deleted, it is of another account, or the role of the user does not show it.',
    cure: 'Check the id and the account; read the list that it should be in.',
  },
  conflict: {
    meaning: 'It cannot be done as things stand; `message` says why.',
    cause: 'Something was changed meanwhile, is in use, or is there already.',
    cure: 'Read it anew and decide again; `details` hold what stands there where that helps.',
  },
  account_ambiguous: {
    meaning: 'Several accounts have this log-in; say `subdomain`.',
    cause: 'The same e-mail and password are good in more than one account of this server.',
    cure: 'Send `subdomain` with the log-in.',
  },
  too_large: {
    meaning: 'More than may be sent.',
    cause: 'The file or the list is over the limit that `message` names.',
    cure: 'Send less at once.',
  },
  too_many_attempts: {
    meaning: 'Too often; `Retry-After` says in how many seconds to come again.',
    cause: 'What guesses (log-ins, links, codes) and uploads are counted.',
    cure: 'Wait for as long as `Retry-After` says.',
  },
  internal: {
    meaning: 'A mistake of ours; nothing was changed.',
    cause: 'A bug, or a database that does not answer. The log has it under the request id.',
    cure: 'Try again later; if it stays, tell the operator the `requestId`.',
  },
  ORIGIN_INVALID_PAYLOAD: {
    meaning: 'The body was signed rightly and is not understood; `error_description` is `path: reason`.',
    cause:
      'A field is missing, empty, of another type or too long; the body is not JSON in UTF-8; ids do not go together.',
    cure: 'Correct the field at the path. A channel in strict mode is refused what lenient mode repairs: see the schemas ending in `Lenient`.',
  },
  ORIGIN_UNSUPPORTED: {
    meaning: 'The request is right, and this channel was not registered for what it asks.',
    cause:
      'A reaction of a channel without reactions, an emoji that is not on its list, or a kind of message that cannot come so.',
    cure: 'Do without it, or have the registration of the channel changed.',
  },
  ORIGIN_INVALID_SIGNATURE: {
    meaning: 'The signature does not prove that the request is from this channel.',
    cause: '`error_description` names the fault and ends with the five lines that should have been signed.',
    cure: 'Compare those lines with your own, byte for byte; the faults are explained one by one below.',
  },
  ORIGIN_FORBIDDEN: {
    meaning: 'The channel may not do this in this account.',
    cause: 'The account is not approved for the channel, or the channel is switched off.',
    cure: 'Have the operator approve the account, or switch the channel on again.',
  },
  ORIGIN_NOT_REGISTERED: {
    meaning: 'There is no channel or no connection with the id in the path.',
    cause: 'A mistyped id, a channel that is not registered here, or a connection that was never made.',
    cure: 'Connect first (`POST /v2/origin/custom/{channel_id}/connect`) and use the `scope_id` of its answer.',
  },
  ORIGIN_MESSAGE_NOT_FOUND: {
    meaning: 'This connection has no message with this id.',
    cause: 'The message is of another connection, was never sent, or the id of the other side was used.',
    cure: "In the path of a delivery status stands the platform's id, `message.message.id` of the hook; in `msgid` yours.",
  },
  ORIGIN_CHAT_NOT_FOUND: {
    meaning: 'This connection has no chat with this id.',
    cause: 'Nobody has written in it yet, or it is of another connection.',
    cure: 'Send a message or create the chat first.',
  },
  ORIGIN_BODY_TOO_LARGE: {
    meaning: 'The body is larger than 1 MiB.',
    cause: 'A file was put into the body.',
    cure: 'Send a link to the file in `media`.',
  },
  ORIGIN_TOO_MANY_REQUESTS: {
    meaning: 'Too many requests, or too many wrong signatures from one address; `Retry-After` says when to come again.',
    cause: 'Requests are counted per connection, and wrong signatures per connection and address.',
    cure: 'Wait for as long as `Retry-After` says, then go on more slowly. Sending the same message again does no harm.',
  },
  ErrInternalServer: {
    meaning: 'A mistake of ours, in the shape that the chats API has for it.',
    cause: 'A bug, or a database that does not answer. The log has it under `trace_id`.',
    cure: 'Send the same request again later: what has a `msgid` is taken once. If it stays, tell the operator the `trace_id`.',
  },
}

/** What can be wrong with a signature, as `error_description` words it. */
export const SIGNATURE_FAULTS: Record<Exclude<SignatureFaultCode, 'body_empty'>, Pick<Explained, 'cause' | 'cure'>> = {
  signature_missing: {
    cause: 'There is no `X-Signature` header, or it is empty.',
    cure: 'Send the HMAC-SHA1 in hex, keyed with the secret of the channel.',
  },
  signature_malformed: {
    cause: '`X-Signature` is not 40 hex digits; often it is base64.',
    cure: 'Write the HMAC in hex.',
  },
  signature_mismatch: {
    cause:
      'Another secret, a secret that was decoded from hex, a line end after the path, a method in lower case, a path that was decoded or has its query, or a body that was written anew after signing.',
    cure: 'Sign exactly the five lines, joined by LF and without one at the end: method, Content-MD5, Content-Type, Date, path.',
  },
  content_type_refused: {
    cause: 'The Content-Type is another than `application/json`.',
    cure: 'Send `Content-Type: application/json`, and sign the value exactly as it is sent.',
  },
  digest_missing: {
    cause: 'There is no `Content-MD5`.',
    cure: 'Send the MD5 of the body in hex; of an empty body, too.',
  },
  digest_not_hex: {
    cause: '`Content-MD5` is in base64, as RFC 1864 has it.',
    cure: 'Write it as 32 hex digits.',
  },
  digest_mismatch: {
    cause: 'The body that arrived is not the one that was hashed.',
    cure: 'Make the body once, as bytes; hash these and send these.',
  },
  date_missing: {
    cause: 'There is no `Date`, and a signature over the body alone is not taken here.',
    cure: 'Send the `Date` that was signed. Some HTTP libraries drop it: look at what goes out.',
  },
  date_unreadable: {
    cause: '`Date` is not in the format of RFC 2822.',
    cure: 'Write it as `Tue, 03 Mar 2026 10:15:30 +0000`.',
  },
  date_too_old: {
    cause: 'The clock is behind, or an old request was sent again with its old headers.',
    cure: 'Set the clock, and sign each request anew.',
  },
  date_too_new: {
    cause: 'The clock is ahead, or the time zone is wrong.',
    cure: 'Set the clock, and write the time in UTC.',
  },
}

/** What a channel reports with `status_code` -1. */
export const DELIVERY_ERRORS: Record<DeliveryErrorCode, string> = {
  901: 'The client has deleted the conversation.',
  902: 'The integration is switched off in the messenger.',
  903: 'The messenger reports an internal error.',
  904: 'A conversation with this client cannot be opened.',
  905: 'Anything else; `error` says what, and is required.',
}
