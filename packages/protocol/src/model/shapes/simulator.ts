/** A request of the chats API that the server signed in a channel's place, as it went out, and what was answered. */
export interface SignedExchange {
  /** When it went out. */
  at: number
  request: {
    method: string
    /** With its query. */
    target: string
    headers: Record<string, string>
    /** What the signature is of; lines end with LF. */
    stringToSign: string
    body: string
  }
  answer: {
    status: number
    headers: Record<string, string>
    body: string
    durationMs: number
  }
}
