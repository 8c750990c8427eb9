/** A request of the chats API as the console keeps it. */
export interface LoggedRequest {
  at: Date
  body: string | null
  answer: string | null
}

export interface Repeat {
  msgid: string
  at: Date
  /** Both were answered with the same id of ours. */
  isSame: boolean
}

/** A message that was sent twice, if there is one among these. */
export function findRepeat(requests: readonly LoggedRequest[]): Repeat | undefined {
  const known = new Map<string, string>()
  for (const { at, body, answer } of requests) {
    const { event_type: type, payload } = read(body)
    const ours = read(answer).new_message?.msgid
    if (type !== 'new_message' || !payload?.msgid || !ours) continue
    const key = `${payload.conversation_id} ${payload.msgid}`
    const before = known.get(key)
    if (before !== undefined) return { msgid: payload.msgid, at, isSame: before === ours }
    known.set(key, ours)
  }
  return undefined
}

interface Loose {
  event_type?: string
  payload?: { msgid?: string; conversation_id?: string }
  new_message?: { msgid?: string }
}

/** A body that was cut is no JSON any more. */
function read(text: string | null): Loose {
  try {
    return (JSON.parse(text ?? '') as Loose | null) ?? {}
  } catch {
    return {}
  }
}
