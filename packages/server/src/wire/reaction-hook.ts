import type { ReactionHook } from '@parley/protocol/wire'
import type { OutgoingReaction } from '../domain/reactions/react-as-user.ts'

/**
 * The hook that tells a channel of a manager's reaction (spec 02 A5): the message's id stands in it twice, for the documentation
 * has it in both places. `JSON.stringify(JSON.parse(body)) === body`.
 */
export function buildReactionHook({ account, madeAt, user, chat, message, emoji }: OutgoingReaction): string {
  const toPerson = ({ id, clientId }: OutgoingReaction['message']['sender']) => ({
    id,
    client_id: clientId ?? undefined,
  })
  return JSON.stringify({
    account_id: account,
    time: inSeconds(madeAt),
    action: {
      reaction: {
        msgid: message.id,
        message: {
          id: message.id,
          client_id: message.msgid ?? undefined,
          receiver: message.receiver ? toPerson(message.receiver) : undefined,
          sender: toPerson(message.sender),
          timestamp: inSeconds(message.sentAt),
          msec_timestamp: message.sentAt.getTime(),
        },
        user: { id: user.id },
        conversation: { id: chat.id, client_id: chat.clientId ?? undefined },
        type: emoji === null ? 'unreact' : 'react',
        emoji: emoji ?? undefined,
      },
    },
  } satisfies ReactionHook)
}

const inSeconds = (at: Date) => Math.floor(at.getTime() / 1000)
