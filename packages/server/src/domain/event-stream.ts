import type { AccountId, RealtimeWhisper, UserId } from '@parley/protocol/model'
import type { Audience, Viewer } from './users/viewer.ts'

/** Something that is told and not kept, and who may hear it. */
export interface Whisper {
  /** Null: every user of the account. */
  audience: Audience | null
  /** When only this user may hear of it. */
  userId?: UserId
  /** When only admins may. */
  isForAdmins?: true
  frame: RealtimeWhisper
}

/** What a stream writes to: a socket. */
export interface StreamSink {
  write(text: string): boolean
  end(): void
  /** Bytes written and not yet taken by the reader. */
  readonly writableLength: number
}

export interface StreamRequest {
  viewer: Viewer
  /** The viewer was read after this event. */
  viewerSeq: number
  /** The last event number the reader has; undefined: only what comes now. */
  after: number | undefined
  /** Ends at once when this session does. */
  sessionToken: string | undefined
  /** Asked now and then; the stream ends when it answers false (logged out, switched off). */
  isStillAllowed: () => Promise<boolean>
}

/** All event streams of this node; `realtime/` runs them. */
export interface Streams {
  /** Starts writing frames to the sink until the returned function is called or the stream is ended from here. */
  open(request: StreamRequest, sink: StreamSink): Promise<() => void>
  /** The number of the account's newest event. */
  lastSeq(accountId: AccountId): Promise<number>
  /** Somebody logged out: what this session listens to ends now. */
  endSession(token: string): void
}
