import type { Chat, ChatId } from '@parley/protocol/model'
import { StickyNote } from 'lucide-react'
import { lazy, Suspense, useRef } from 'react'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../Button.tsx'
import { focusList } from '../focus.ts'
import { ComposerField } from './ComposerField.tsx'
import { setComposerKind } from './composer-kind.ts'
import { useMention } from './use-mention.ts'
import { useNote } from './use-note.ts'
import { MAX_LENGTH } from './use-reply.ts'

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
