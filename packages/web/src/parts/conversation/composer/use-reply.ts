import type { Chat, ChatId, Message, MessageButton, Template } from '@parley/protocol/model'
import { findMarkers, TEMPLATE_VARIABLES } from '@parley/protocol/text'
import { useQueryClient } from '@tanstack/react-query'
import { type Draft, EMPTY_DRAFT, isEmptyDraft } from '../../../data/conversation/draft.ts'
import { changeDraft, setReplyTarget, useDraft } from '../../../data/conversation/draft-store.ts'
import { flattenMessages, type ThreadData } from '../../../data/conversation/thread-pages.ts'
import { newMessageId } from '../../../data/new-id.ts'
import { useOutbox } from '../../../data/outbox/use-outbox.ts'
import { useMe } from '../../../data/queries.ts'
import { keys } from '../../../data/query-keys.ts'
import { sessionScope } from '../../../data/session.ts'
import type { FilledTemplate } from '../../../data/templates/fill.ts'
import { useHasRefusedUpload } from '../../../data/use-uploads.ts'
import { canAnswer } from '../message/thread-tools.ts'
import type { Place } from './attach-files.ts'
import { quoteOf } from './quote-of.ts'
import { toReplies } from './tray.ts'
import { useConfirm } from './use-confirm.ts'
import { useMeanwhile } from './use-meanwhile.ts'
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
  /** What a colleague answered since this was begun. */
  meanwhile: Message | undefined
  /** Markers of a template that nothing was put in for. */
  unfilled: readonly string[]
  /** A send was held back because of these: the next one means it. */
  isHeld: boolean
  setText: (text: string) => void
  quote: (message: Message | null) => void
  /** Quotes what the client wrote last; false when there is nothing, or it cannot be quoted. */
  quoteLast: () => boolean
  submit: () => void
  /** Sends a recording at once, with what is quoted. */
  sendFile: (file: Draft['files'][number]) => void
  /** Puts a template in; `text` is the whole text with it. */
  insert: (filled: FilledTemplate, text: string) => void
  /** Sends a template as it is, and leaves what was typed. */
  sendTemplate: (filled: FilledTemplate) => void
  dropButtons: () => void
}

/** The reply of one chat: what it holds and what can be done with it. */
export function useReply(chatId: ChatId, chat: Chat | undefined): ReplyState {
  const scope = sessionScope(useMe())
  const client = useQueryClient()
  const outbox = useOutbox((state) => state.outbox)
  const draft = useDraft(scope, chatId)
  const isRefused = useHasRefusedUpload(draft.files)
  const meanwhile = useMeanwhile(chatId, draft)

  const canQuote = (message: Message) =>
    canAnswer(message, { quotes: chat?.channel.can.quotes === true, comments: true })
  const target = draft.target && canQuote(draft.target) ? draft.target : null
  const tellTyping = useTyping(chatId, { writing: 'reply', postId: target?.post?.id ?? null })
  const quote = (message: Message | null) => setReplyTarget(scope, chatId, message)

  const isEmpty = draft.text.trim() === '' && draft.files.length === 0
  const isFaulty = isRefused || draft.files.some((file) => file.problem !== undefined)
  const isBlocked = isEmpty || isFaulty || draft.text.length > MAX_LENGTH || !outbox
  const unfilled = findUnfilled(draft.text)
  const confirming = useConfirm([...(meanwhile ? [meanwhile.id] : []), ...unfilled])

  const change = (next: (draft: Draft) => Partial<Draft>) =>
    changeDraft(scope, chatId, (before) => ({ ...sinceOf(before, chat), ...next(before) }))

  function send(what: Draft) {
    const replyTo = target ? quoteOf(target) : undefined
    void outbox?.enqueue(chatId, ...toReplies({ draft: what, replyTo, post: target?.post, newId: newMessageId }))
    tellTyping('')
  }

  return {
    draft,
    target,
    place: chat && { scope, chatId, chat },
    isEmpty,
    isFaulty,
    isBlocked,
    meanwhile,
    unfilled,
    isHeld: confirming.isHeld,
    quote,
    setText(text) {
      change(() => ({ text }))
      tellTyping(text)
    },
    quoteLast() {
      const data = client.getQueryData<ThreadData>(keys.thread(chatId, null))
      const last = data && flattenMessages(data).findLast((message) => message.direction === 'in')
      if (!last || !canQuote(last)) return false
      quote(last)
      return true
    },
    submit() {
      if (isBlocked || !confirming.confirm()) return
      send(draft)
      changeDraft(scope, chatId, () => EMPTY_DRAFT)
    },
    sendFile(file) {
      send({ ...EMPTY_DRAFT, files: [file] })
      if (target) quote(null)
    },
    insert: (filled, text) => change((before) => ({ ...withTemplate(before, filled), text })),
    sendTemplate({ template, used, files, text }) {
      send({ ...EMPTY_DRAFT, text, files, buttons: buttonsOf(template), template: used })
      if (target) quote(null)
    },
    dropButtons: () => change(() => ({ buttons: null })),
  }
}

/** A reply is begun after what was said last. */
const sinceOf = (before: Draft, chat: Chat | undefined): Partial<Draft> =>
  isEmptyDraft(before) && before.since === null && chat?.lastMessage
    ? { since: { id: chat.lastMessage.id, sentAt: chat.lastMessage.sentAt } }
    : {}

const withTemplate = ({ files, buttons }: Draft, filled: FilledTemplate): Partial<Draft> => ({
  files: [...files, ...filled.files],
  buttons: buttonsOf(filled.template) ?? buttons,
  template: filled.used,
})

const buttonsOf = ({ buttons }: Template): MessageButton[][] | null => (buttons.length > 0 ? buttons : null)

const VARIABLES: ReadonlySet<string> = new Set(TEMPLATE_VARIABLES)

/** A client may be written to about `{{braces}}`; only what we would have filled in is missed. */
function findUnfilled(text: string): string[] {
  if (!text.includes('{{')) return []
  return findMarkers(text).filter(
    (marker) => VARIABLES.has(marker.replace(/[{}\s]|\|.*$/g, '')) || marker.includes('.cf.'),
  )
}
