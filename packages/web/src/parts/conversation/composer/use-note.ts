import type { ChatId, Colleague } from '@parley/protocol/model'
import { EMPTY_DRAFT, isEmptyDraft, placeOf } from '../../../data/conversation/draft.ts'
import { changeDraft, useDraft } from '../../../data/conversation/draft-store.ts'
import { useNoteOutbox } from '../../../data/outbox/use-outbox.ts'
import { useMe } from '../../../data/queries.ts'
import { sessionScope } from '../../../data/session.ts'
import { MAX_LENGTH } from './use-reply.ts'
import { useTyping } from './use-typing.ts'

export type NoteState = ReturnType<typeof useNote>

/** The note of one chat: what it holds and what can be done with it. */
export function useNote(chatId: ChatId) {
  const scope = sessionScope(useMe())
  const place = placeOf(chatId, 'note')
  const draft = useDraft(scope, place)
  const outbox = useNoteOutbox((state) => state.outbox)
  const tellTyping = useTyping(chatId, { writing: 'note', postId: null })
  const isBlocked = isEmptyDraft(draft) || draft.text.length > MAX_LENGTH || !outbox
  return {
    text: draft.text,
    isBlocked,
    setText(text: string) {
      changeDraft(scope, place, () => ({ text }))
      tellTyping(text)
    },
    name(text: string, colleague: Colleague) {
      changeDraft(scope, place, ({ mentions }) => ({ text, mentions: [...mentions, colleague.id] }))
    },
    submit() {
      if (isBlocked) return
      const { text, mentions } = draft
      void outbox?.enqueue(chatId, { text: text.trim(), ...(mentions.length > 0 && { mentions }) })
      changeDraft(scope, place, () => EMPTY_DRAFT)
      tellTyping('')
    },
  }
}
