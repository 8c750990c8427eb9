import type { Chat, ChatId, DraftKind } from '@parley/protocol/model'
import { clsx } from 'clsx'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { isEmptyDraft } from '../../../data/conversation/draft.ts'
import { useDraft } from '../../../data/conversation/draft-store.ts'
import { flushDrafts } from '../../../data/conversation/keep-drafts.ts'
import { useMe } from '../../../data/queries.ts'
import { sessionScope } from '../../../data/session.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../Button.tsx'
import { format } from '../../format.ts'
import { useShortcuts } from '../../shortcuts/use-shortcuts.ts'
import { useNow } from '../../use-now.ts'
import { focusComposer } from '../focus.ts'
import { setComposerKind, useComposerKind } from './composer-kind.ts'
import { KindTabs } from './KindTabs.tsx'
import { NoteForm } from './NoteForm.tsx'
import { ReplyForm } from './ReplyForm.tsx'
import { readReplyWindow } from './reply-window.ts'

interface Props {
  chatId: ChatId
  chat: Chat | undefined
}

/** The reply, or a note for colleagues. What is typed is kept until it is sent, and what is sent goes to the outbox, so it cannot fail here. */
export function Composer({ chatId, chat }: Props) {
  const kind = useComposerKind(chatId)
  const panelId = useId()
  const [hasFocus, setFocus] = useState(false)
  useEffect(() => flushDrafts, [])

  function change(next: DraftKind) {
    setComposerKind(chatId, next)
    return true
  }
  function write(next: DraftKind) {
    change(next)
    // The field may have to be drawn first.
    requestAnimationFrame(focusComposer)
  }
  useShortcuts([
    { keys: 'r', label: 'composer.keyReply', group: 'thread', run: () => write('reply') },
    { keys: 'm', label: 'composer.keyNote', group: 'thread', run: () => write('note') },
  ])

  return (
    <div className="@container shrink-0 px-4 pt-1 pb-4 max-md:px-2 max-md:pb-[max(8px,env(safe-area-inset-bottom))]">
      <div className={clsx('relative rounded-lg transition-shadow', LOOKS[kind])}>
        <KindTabs panelId={panelId} kind={kind} onChange={change} />
        <div id={panelId} role="tabpanel" aria-label={t(kind === 'note' ? 'composer.tabNote' : 'composer.tabReply')}>
          {kind === 'note' ? (
            <NoteForm chatId={chatId} chat={chat} />
          ) : (
            <Reply chatId={chatId} chat={chat} hasFocus={hasFocus} onAnyway={() => setFocus(true)} />
          )}
        </div>
      </div>
    </div>
  )
}

/** A note is amber all over: nobody shall take one for the other. */
const LOOKS: Record<DraftKind, string> = {
  reply:
    'bg-surface shadow-[inset_0_0_0_1px_var(--line-strong)] focus-within:shadow-[inset_0_0_0_1.5px_var(--accent)] dark:bg-raised',
  note: 'bg-note shadow-[inset_0_0_0_1px_var(--note-line)] focus-within:shadow-[inset_0_0_0_1.5px_var(--note-ink)]',
}

interface ReplyProps extends Props {
  /** It has just taken the place of something else that was pressed. */
  hasFocus: boolean
  onAnyway: () => void
}

function Reply({ chatId, chat, hasFocus, onAnyway }: ReplyProps) {
  const draft = useDraft(sessionScope(useMe()), chatId)
  const window = readReplyWindow(chat?.windowExpiresAt ?? null, useNow())
  const [isPicking, setPicking] = useState(false)
  // A draft that came from another screen opens the field; one that is emptied here does not close it again.
  const wasBegun = useRef(false)
  wasBegun.current ||= hasFocus || isPicking || !isEmptyDraft(draft)

  if (chat && !chat.channel.isConnected)
    return <Foot>{t('composer.disconnected', { channel: chat.channel.title })}</Foot>
  if (chat && window.state === 'closed' && !wasBegun.current) {
    const values = { name: chat.client.name, channel: chat.channel.title }
    return (
      <Foot
        actions={
          <>
            <Button size="sm" onClick={() => setPicking(true)}>
              {t('composer.sendTemplate')}
            </Button>
            <Button size="sm" onClick={onAnyway}>
              {t('composer.writeAnyway')}
            </Button>
          </>
        }
      >
        <ClosedSince at={window.at} values={values} />
      </Foot>
    )
  }
  return <ReplyForm chatId={chatId} chat={chat} hasFocus={hasFocus || isPicking} isPicking={isPicking} />
}

function ClosedSince({ at, values }: { at: number; values: { name: string; channel: string } }) {
  return t('composer.closed', { ...values, time: format.moment(at, useNow()) })
}

function Foot({ children, actions }: { children: ReactNode; actions?: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-center gap-x-4 gap-y-2 px-4 pt-1 pb-4 text-center text-ink-3">
      <p role="status" className="max-w-140 text-balance">
        {children}
      </p>
      {actions && <span className="flex flex-wrap justify-center gap-2">{actions}</span>}
    </div>
  )
}
