import type { Chat, ChatId, Message } from '@parley/protocol/model'
import { useQueryClient } from '@tanstack/react-query'
import { flattenMessages, type MessagesData } from '../../../data/appliers/messages.ts'
import { changeDraft, type Draft, useDraft } from '../../../data/drafts.ts'
import { newMessageId } from '../../../data/new-id.ts'
import { useOutbox } from '../../../data/outbox/use-outbox.ts'
import { useMe } from '../../../data/queries.ts'
import { keys } from '../../../data/query-keys.ts'
import { sessionScope } from '../../../data/session.ts'
import { useHasRefusedUpload } from '../../../data/use-uploads.ts'
import { canAnswer } from '../message/thread-tools.ts'
import { useReplyTargets } from '../reply-target.ts'
import type { Place } from './attach-files.ts'
import { quoteOf } from './quote-of.ts'
import { toReplies } from './tray.ts'
import { useKeptTarget } from './use-kept-target.ts'
import { useTyping } from './use-typing.ts'

/** As the protocol's `MAX_TEXT_LENGTH`, which stands beside schemas this bundle must not carry. */
export const MAX_LENGTH = 20_000

export interface ReplyState {
  draft: Draft
  /** What is answered; never set where it cannot be. */
  target: Message | null
  /** Undefined until the chat is known. */
  place: Place | undefined
  isEmpty: boolean
  /** Something in the tray cannot be sent. */
  isFaulty: boolean
  isBlocked: boolean
  setText: (text: string) => void
  quote: (message: Message | null) => void
  /** Quotes what the client wrote last; false when there is nothing, or it cannot be quoted. */
  quoteLast: () => boolean
  submit: () => void
  /** Sends a recording at once, with what is quoted. */
  sendFile: (file: Draft['files'][number]) => void
}

/** The reply of one chat: what it holds and what can be done with it. */
export function useReply(chatId: ChatId, chat: Chat | undefined): ReplyState {
  const scope = sessionScope(useMe())
  const client = useQueryClient()
  const outbox = useOutbox((state) => state.outbox)
  const draft = useDraft(scope, chatId)
  const kept = useKeptTarget(scope, chatId)
  const isRefused = useHasRefusedUpload(draft.files)

  const canQuote = (message: Message) =>
    canAnswer(message, { quotes: chat?.channel.can.quotes === true, comments: true })
  const target = kept && canQuote(kept) ? kept : null
  const tellTyping = useTyping(chatId, target?.post?.id ?? null)
  const quote = (message: Message | null) => useReplyTargets.getState().setTarget(chatId, message)

  const isEmpty = draft.text.trim() === '' && draft.files.length === 0
  const isFaulty = isRefused || draft.files.some((file) => file.problem !== undefined)
  const isBlocked = isEmpty || isFaulty || draft.text.length > MAX_LENGTH || !outbox

  function send(what: Draft) {
    const replyTo = target ? quoteOf(target) : undefined
    void outbox?.enqueue(chatId, ...toReplies({ draft: what, replyTo, post: target?.post, newId: newMessageId }))
    if (target) quote(null)
  }

  return {
    draft,
    target,
    place: chat && { scope, chatId, chat },
    isEmpty,
    isFaulty,
    isBlocked,
    quote,
    setText(text) {
      changeDraft(scope, chatId, () => ({ text }))
      tellTyping(text)
    },
    quoteLast() {
      const data = client.getQueryData<MessagesData>(keys.messages(chatId))
      const last = data && flattenMessages(data).findLast((message) => message.direction === 'in')
      if (!last || !canQuote(last)) return false
      quote(last)
      return true
    },
    submit() {
      if (isBlocked) return
      send(draft)
      changeDraft(scope, chatId, () => ({ text: '', files: [], isAsFiles: false }))
    },
    sendFile: (file) => send({ text: '', files: [file], isAsFiles: false }),
  }
}
