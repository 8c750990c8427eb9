/** What can be wrong with how a request was signed. The screen has a name and a cure for each. */
export const SIGNATURE_MISTAKES = [
  // The secret.
  'secret_whitespace',
  'secret_quoted',
  'secret_case',
  'secret_decoded',
  'secret_encoded',
  'secret_empty',
  'secret_is_id',
  'secret_previous',
  'secret_of_other_channel',
  'secret_sent',
  'secret_unknown',
  // X-Signature itself.
  'signature_missing',
  'signature_malformed',
  'signature_base64',
  'signature_prefixed',
  'algorithm_other',
  'not_hmac',
  'key_and_text_swapped',
  // What is signed.
  'only_body_signed',
  'body_signed_too',
  'query_signed',
  'url_signed',
  'path_recoded',
  'path_slash',
  'path_other',
  'method_case',
  'method_other',
  'lines_joined',
  'lines_order',
  'line_left_out',
  'text_newline',
  'text_case',
  // The body and its digest.
  'digest_missing',
  'digest_base64',
  'digest_case',
  'digest_empty_body',
  'digest_other_body',
  'digest_malformed',
  'body_for_digest',
  'body_newline',
  'body_line_ends',
  'body_recoded',
  'body_encoded',
  // The other lines.
  'content_type_other',
  'content_type_missing',
  'content_type_refused',
  'date_missing',
  'date_unreadable',
  'date_too_old',
  'date_too_new',
  'date_format',
  'date_zone',
  'date_made_twice',
] as const

export type SignatureMistakeKind = (typeof SIGNATURE_MISTAKES)[number]

/** A line of the string that is signed. */
export type SignedPart = 'method' | 'contentMd5' | 'contentType' | 'date' | 'path'

export interface SignatureMistake {
  kind: SignatureMistakeKind
  /** It is a fact, or the given signature comes out when one makes it; else it is what is left. */
  isCertain: boolean
  /** What was used instead, or how: an algorithm, a path, a channel's name. Null: the kind says it all. */
  value: string | null
  /** How far a date is off. */
  seconds: number | null
}

export interface SignedLine {
  part: SignedPart
  /** As it must be signed, which is as it was sent. */
  expected: string
  /** What the given signature was made of; null: nobody knows. */
  signed: string | null
}

/** What was made of what somebody pasted. */
export interface ReadRequest {
  form: 'curl' | 'http' | 'fields' | 'logged'
  method: string
  path: string
  /** With its question mark; empty: there is none. */
  query: string
  headers: { name: string; value: string }[]
  body: string
  bodyBytes: number
  /** What could not be taken as it stands. */
  notes: PasteNote[]
}

export type PasteNote =
  /** There was no request line: it is taken for a new message by the channel's own connection. */
  | 'path_assumed'
  /** `@file`: what is in the file is not here. */
  | 'body_in_file'
  /** `$NAME` in double quotes: the shell would have put something else there. */
  | 'variables'
  /** curl sends `application/x-www-form-urlencoded` when it is told nothing else. */
  | 'content_type_of_curl'
  /** curl's `-F`: a form is no request of this API. */
  | 'form_left_out'
  /** A line end behind the body that `Content-Length` does not count. */
  | 'line_end_left_out'
  /** `Content-Length` says another length than the body has. */
  | 'length_differs'
  /** Of a logged request: only the beginning of its body was kept. */
  | 'body_cut'
  /** Of a logged request: something secret stood in it and stands there no more. */
  | 'masked'

/** How a request is signed, and what is wrong with it. */
export interface SignatureCheck {
  request: ReadRequest
  isRight: boolean
  /** What the given signature is over; null: of nothing that is known. `header`: of five lines, `body`: as in 2017. */
  scheme: 'header' | 'body' | null
  /** Which secret it was made with; null: with none that is known. */
  secret: 'present' | 'previous' | 'expired' | 'other_channel' | null
  /** Likeliest first. A right signature has none. */
  mistakes: SignatureMistake[]
  lines: SignedLine[]
  /** The whole text that the given signature was made of, where it is not five lines joined by line feeds; may be cut. */
  signedText: string | null
  digest: { expected: string; given: string | null }
  signature: {
    given: string | null
    /** Null while it is good: what opens the door now is not shown. */
    expected: string | null
  }
  /** What the chats API answers to it; null: nothing is wrong. */
  refusal: string | null
  /** The time that `Date` is held against. */
  checkedAt: number
}
