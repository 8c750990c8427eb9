import { possibleVersion, type Reply } from '../domain/replies/reply.ts'
import { messageHookV1 } from './hook-bodies-v1.ts'
import { messageHookV2 } from './hook-bodies-v2.ts'

export interface HookBody {
  hookVersion: 'v1' | 'v2'
  /** The exact text to sign and send: `JSON.stringify(JSON.parse(body)) === body`, no line end behind it. */
  body: string
}

/**
 * Builds the message hook an integration asked for (spec 02, A2 and A3), or the version in which it can be said at all.
 * @param publicUrl how strangers reach this server, for links to files; without a slash at the end
 */
export function buildMessageHook(asked: 'v1' | 'v2', reply: Reply, publicUrl: string): HookBody {
  const { clientId: receiver } = reply.receiver
  const { clientId: conversation } = reply.chat
  if (possibleVersion(asked, reply) === 'v1' && receiver !== null && conversation !== null)
    return { hookVersion: 'v1', body: messageHookV1(reply, { receiver, conversation }, publicUrl) }
  return { hookVersion: 'v2', body: messageHookV2(reply, publicUrl) }
}
