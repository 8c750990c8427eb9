import type { Chat, ChatId, Colleague } from '@parley/protocol/model'
import { StickyNote } from 'lucide-react'
import { lazy, Suspense, useMemo, useRef, useState } from 'react'
import { EMPTY_DRAFT, isEmptyDraft, placeOf } from '../../../data/conversation/draft.ts'
import { changeDraft, useDraft } from '../../../data/conversation/draft-store.ts'
import { usePeople } from '../../../data/conversation/use-people.ts'
import { useNoteOutbox } from '../../../data/outbox/use-outbox.ts'
import { useMe } from '../../../data/queries.ts'
import { sessionScope } from '../../../data/session.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../Button.tsx'
import { fuzzyFilter } from '../../fuzzy.ts'
import { focusList } from '../focus.ts'
import { ComposerField } from './ComposerField.tsx'
import { setComposerKind } from './composer-kind.ts'
import { readMentionQuery } from './templates-query.ts'
import { MAX_LENGTH } from './use-reply.ts'
import { useSuggest } from './use-suggest.ts'
import { useTyping } from './use-typing.ts'

const MentionList = lazy(() => import('./MentionList.tsx').then((module) => ({ default: module.MentionList })))

interface Props {
  chatId: ChatId
  chat: Chat | undefined
}

/** A note for colleagues. It goes out by a way of its own: nothing here knows how to write to a client. */
export function NoteForm({ chatId, chat }: Props) {
  const form = useRef<HTMLFormElement>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const note = useNote(chatId)
  const mention = useMention(chatId, note, field)
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault()
        note.submit()
      }}
    >
      {mention.suggest.isOpen && mention.items.length > 0 && (
        <Suspense>
          <MentionList mention={mention} />
        </Suspense>
      )}
      <ComposerField
        ref={field}
        text={note.text}
        label={t('note.label')}
        placeholder={t('note.placeholder')}
        hasFocus={false}
        suggest={mention.suggest}
        onText={note.setText}
        onCaret={mention.setCaret}
        onSubmit={() => form.current?.requestSubmit()}
        onEscape={() => (note.text === '' ? setComposerKind(chatId, 'reply') : focusList())}
      />
      <div className="flex items-center gap-2 ps-3 pe-1.5 pb-1.5">
        <p className="min-w-0 flex-1 text-xs text-note-ink">
          {chat ? t('note.notToClient', { name: chat.client.name }) : t('note.notToAnybody')}
        </p>
        {note.text.length > MAX_LENGTH && (
          <span role="status" className="tnum text-2xs font-semibold text-bad">
            {t('composer.tooLong', { count: note.text.length, limit: MAX_LENGTH })}
          </span>
        )}
        <Button
          type="submit"
          className="bg-note-line! text-note-ink! shadow-none! hover:brightness-97"
          disabled={note.isBlocked}
        >
          {t('note.add')}
          <StickyNote size={14} aria-hidden="true" />
        </Button>
      </div>
    </form>
  )
}

type NoteState = ReturnType<typeof useNote>

function useNote(chatId: ChatId) {
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

export type MentionPicker = ReturnType<typeof useMention>

/** Colleagues who may see the chat, by an @ and the beginning of their name. */
function useMention(chatId: ChatId, note: NoteState, field: React.RefObject<HTMLTextAreaElement | null>) {
  const me = useMe()
  const [caret, setCaret] = useState(0)
  const [closedFor, setClosedFor] = useState<string>()
  const found = readMentionQuery(note.text, Math.min(caret, note.text.length))
  const query = found && closedFor !== note.text ? found.query : undefined
  const people = usePeople(chatId, query !== undefined)
  const items = useMemo(
    () =>
      query === undefined
        ? []
        : fuzzyFilter(people, query, ({ name }) => [name]).filter(
            ({ id, name }) => id !== me.user.id && name !== query,
          ),
    [people, query, me.user.id],
  )

  function pick(colleague: Colleague) {
    if (!found) return
    const before = `${note.text.slice(0, found.start)}@${colleague.name} `
    const after = note.text.slice(found.start + 1 + found.query.length).replace(/^ /, '')
    note.name(before + after, colleague)
    setCaret(before.length)
    requestAnimationFrame(() => {
      field.current?.focus()
      field.current?.setSelectionRange(before.length, before.length)
    })
  }

  // Somebody who is nobody's beginning is a text like any other.
  const wanted = items.length > 0 ? query : undefined
  const suggest = useSuggest({ query: wanted, items, onPick: pick, onClose: () => setClosedFor(note.text) })
  return { suggest, items, setCaret, pick }
}
