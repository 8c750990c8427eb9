import type { TypingHook } from '@parley/protocol/wire'
import type { OutgoingTyping } from '../domain/chats/typing.ts'

/** The hook that tells a channel of a manager who is typing (spec 02 A4); `JSON.stringify(JSON.parse(body)) === body`. */
export function buildTypingHook({ account, user, chat, postId, startedAt, expiresAt }: OutgoingTyping): string {
  return JSON.stringify({
    account_id: account,
    time: inSeconds(startedAt),
    action: {
      typing: {
        user: { id: user.id },
        conversation: { id: chat.id, client_id: chat.clientId ?? undefined },
        expired_at: inSeconds(startedAt) + Math.round((expiresAt.getTime() - startedAt.getTime()) / 1000),
        post_id: postId,
      },
    },
  } satisfies TypingHook)
}

const inSeconds = (at: Date) => Math.floor(at.getTime() / 1000)
