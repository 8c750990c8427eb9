import type { AmojoId, ChannelRequestId } from '../ids.ts'

/** A request that a channel made to the chats API, in one line. */
export interface ChannelRequestLine {
  id: ChannelRequestId
  /** When it came. */
  at: number
  method: string
  /** As it was sent, with its query. */
  path: string
  status: number
  durationMs: number
  /** What the answer said in `X-Request-Id`. */
  requestId: string
  /** Of a refusal, e.g. `ORIGIN_INVALID_SIGNATURE`. */
  errorType: string | null
  /** Whose connection it came by; null: by none, or by one that is not known. */
  amojoId: AmojoId | null
  /** So many requests before it were not kept, because there were too many in a second. */
  leftOut: number
}

/** Everything of it that was kept. */
export interface ChannelRequest extends ChannelRequestLine {
  /** What a refusal said. */
  error: string | null
  headers: [name: string, value: string][]
  body: RecordedBody
  answerHeaders: [name: string, value: string][]
  answer: RecordedBody
  /** Something secret stood in it and stands there no more: it is not quite what was sent. */
  isMasked: boolean
}

export interface RecordedBody {
  /** As text; as base64 where the bytes are none. */
  text: string
  encoding: 'utf8' | 'base64'
  /** Of the whole, in bytes. */
  size: number
  /** Only the beginning was kept. */
  isCut: boolean
}

export interface ChannelRequestPage {
  items: ChannelRequestLine[]
  /** The id to go on before; null: there are no more. */
  next: ChannelRequestId | null
  /** So far back was looked for what was asked; null: all was looked through, or the page is full. */
  searchedTo: number | null
}

/** What a channel did in the last hour. */
export interface ChannelHour {
  requests: number
  /** Refused, or failed. */
  errors: number
  /** 95 of 100 requests took no longer; null: there were none. */
  p95Ms: number | null
}
