import type { Me, Message } from '@parley/protocol/model'
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { changeMessage } from '../../../data/apply-events.ts'
import { react } from '../../../data/endpoints.ts'
import { dated } from '../../../data/fresh.ts'
import { useMe } from '../../../data/queries.ts'
import { showMessage } from '../../../data/show-answer.ts'
import type { ShownMessage } from '../shown-messages.ts'
import { ownReaction, withOwnReaction } from './reactions.ts'

/** Gives a reaction, or takes it back (null). Shown at once; when the server refuses, what was there before comes back. */
export function useReact({ id, chatId }: Pick<ShownMessage, 'id' | 'chatId'>) {
  const client = useQueryClient()
  const me = useMe()
  return useMutation({
    // One after another: the last press counts.
    scope: { id: `react ${id}` },
    mutationFn: (emoji: string | null) => dated(() => react(chatId, id, emoji)),
    onMutate: (emoji) => ({ before: setOwn(client, { id, chatId }, me, emoji) }),
    onError: (_, __, shown) => {
      if (shown) setOwn(client, { id, chatId }, me, shown.before)
    },
    onSuccess: ({ answer, since }) => {
      if (answer?.message) showMessage(client, { answer: answer.message, since })
    },
  })
}

/** Answers what one's own reaction was before. */
function setOwn(client: QueryClient, message: Pick<Message, 'id' | 'chatId'>, me: Me, emoji: string | null) {
  let before: string | null = null
  changeMessage(client, message, (held) => {
    const reactions = held.reactions ?? []
    before = ownReaction(reactions, me)
    return { ...held, reactions: withOwnReaction(reactions, me, emoji) }
  })
  return before
}
