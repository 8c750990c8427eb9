import type { ChatId } from '@parley/protocol/model'
import { type ReactNode, useEffect, useMemo } from 'react'
import { ApiRefusal } from '../../data/api.ts'
import { useThread } from '../../data/conversation/use-thread.ts'
import { useNoteOutbox, useOutbox, waitingIn } from '../../data/outbox/use-outbox.ts'
import { useChatDetails, useMe } from '../../data/queries.ts'
import { sessionScope } from '../../data/session.ts'
import { t } from '../../i18n/t.ts'
import { Notice, Problem } from '../../parts/Notice.tsx'
import { useShortcuts } from '../../parts/shortcuts/use-shortcuts.ts'
import { toast } from '../toast.ts'
import { Composer } from './composer/Composer.tsx'
import { useComposerKind } from './composer/composer-kind.ts'
import { DropTarget } from './composer/DropTarget.tsx'
import { useFileDrop } from './composer/use-file-drop.ts'
import { FindBar } from './find/FindBar.tsx'
import { useFind } from './find/use-find.ts'
import { focusList } from './focus.ts'
import { useTellPresence } from './header/use-presence.ts'
import { MessageLog } from './MessageLog.tsx'
import { joinMessages, joinNotes } from './shown-messages.ts'
import { ThreadHeader } from './ThreadHeader.tsx'
import { useThreadPlace } from './use-thread-place.ts'

interface Props {
  chatId: ChatId
  /** A message or a note that was asked for: the conversation opens at it, and it is marked. */
  hitId?: string | undefined
  /** What was asked for is left behind: the address need not name it any more. */
  onLeaveHit?: () => void
  isLeadOpen: boolean
  onToggleLead: () => void
  /** What else can be done with the chat, in its header. */
  tools?: ReactNode
}

/** One conversation: who with, what was said, and the reply. */
export function Thread({ chatId, hitId, onLeaveHit, isLeadOpen, onToggleLead, tools }: Props) {
  const me = useMe()
  const { query: details, chat } = useChatDetails(chatId)
  const { view, goTo } = useThreadPlace(chatId, hitId, (chat?.unread ?? 0) > 0)
  const { query, shown, notes, hasEnd } = useShownThread(chatId, view.place)
  const kind = useComposerKind(chatId)
  const canAttach = chat?.channel.isConnected === true && kind === 'reply'
  const drop = useFileDrop(canAttach ? { scope: sessionScope(me), chatId, chat } : undefined)
  useTellPresence(chatId)

  const leaveHit = hitId === undefined ? undefined : onLeaveHit
  const go = useMemo(
    () => ({
      item: goTo.item,
      back: goTo.back,
      time(at: number) {
        leaveHit?.()
        goTo.time(at)
      },
      end() {
        leaveHit?.()
        goTo.end()
      },
    }),
    [goTo, leaveHit],
  )
  const find = useFind(go.back)
  useShortcuts([
    { keys: 'Mod+f', label: 'find.label', group: 'thread', run: find.open },
    {
      ...{ keys: 'Escape', label: 'keys.back', group: 'everywhere' },
      run: () => (find.isOpen ? find.leave() : focusList()),
    },
  ])
  const isGone = view.place !== null && isNotFound(query.error)
  useEffect(() => {
    if (!isGone) return
    toast({ text: t('thread.gone') })
    go.end()
  }, [isGone, go])

  const isUnknown = isNotFound(details.error) || (view.place === null && isNotFound(query.error))
  const label = chat ? t('thread.conversationWith', { name: chat.client.name }) : t('thread.conversation')
  return (
    <section {...drop.handlers} aria-label={label} className="relative flex min-w-0 flex-1 flex-col bg-sunken">
      <ThreadHeader
        {...{ chatId, chat, isUnknown, isLeadOpen, onToggleLead, tools }}
        onDate={go.time}
        onFind={find.open}
      />
      {find.isOpen && !isUnknown && (
        <FindBar chatId={chatId} asked={find.asked} onHit={find.show} onClose={find.close} onLeave={find.leave} />
      )}
      {isUnknown ? (
        <Notice title={t('thread.notFound')} hint={t('thread.notFoundHint')} />
      ) : query.isError && shown.length === 0 && !isGone ? (
        <Problem title={t('thread.failed')} error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <MessageLog
          {...{ chatId, chat, query, hasEnd, view, notes }}
          messages={shown}
          goTo={go}
          found={find.found}
          whereabouts={find.whereabouts}
        />
      )}
      {!isUnknown && <Composer chatId={chatId} chat={chat} />}
      {drop.isOver && chat && <DropTarget chat={chat} />}
    </section>
  )
}

/** What is loaded of the conversation, and at its end what the server does not have yet. */
function useShownThread(chatId: ChatId, place: string | null) {
  const me = useMe()
  const { query, messages, notes, hasEnd } = useThread(chatId, place)
  const replies = useOutbox((state) => state.entries)
  const ownNotes = useNoteOutbox((state) => state.entries)
  const shown = useMemo(
    () => joinMessages(messages, hasEnd ? waitingIn(replies, chatId) : [], me),
    [messages, hasEnd, replies, chatId, me],
  )
  const shownNotes = useMemo(
    () => joinNotes(notes, hasEnd ? waitingIn(ownNotes, chatId) : [], me),
    [notes, hasEnd, ownNotes, chatId, me],
  )
  return { query, shown, notes: shownNotes, hasEnd }
}

const isNotFound = (error: unknown) => error instanceof ApiRefusal && error.status === 404
