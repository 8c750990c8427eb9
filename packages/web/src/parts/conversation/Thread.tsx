import type { ChatId } from '@parley/protocol/model'
import { useMemo } from 'react'
import { ApiRefusal } from '../../data/api.ts'
import { useOutbox, waitingIn } from '../../data/outbox/use-outbox.ts'
import { useChatDetails, useMe, useMessages } from '../../data/queries.ts'
import { sessionScope } from '../../data/session.ts'
import { t } from '../../i18n/t.ts'
import { Notice, Problem } from '../../parts/Notice.tsx'
import type { Shortcut } from '../../parts/shortcuts/find-shortcuts.ts'
import { useShortcuts } from '../../parts/shortcuts/use-shortcuts.ts'
import { Composer } from './composer/Composer.tsx'
import { DropTarget } from './composer/DropTarget.tsx'
import { useFileDrop } from './composer/use-file-drop.ts'
import { focusList } from './focus.ts'
import { MessageLog } from './MessageLog.tsx'
import { joinMessages } from './shown-messages.ts'
import { ThreadHeader } from './ThreadHeader.tsx'

const KEYS: readonly Shortcut[] = [{ keys: 'Escape', label: 'keys.back', group: 'inbox', run: focusList }]

interface Props {
  chatId: ChatId
  isLeadOpen: boolean
  onToggleLead: () => void
}

/** One conversation: who with, what was said, and the reply. */
export function Thread({ chatId, isLeadOpen, onToggleLead }: Props) {
  const me = useMe()
  const { query: details, chat } = useChatDetails(chatId)
  const { query, messages } = useMessages(chatId)
  const entries = useOutbox((state) => state.entries)
  const shown = useMemo(() => joinMessages(messages, waitingIn(entries, chatId), me), [messages, entries, chatId, me])
  const canAttach = chat?.channel.isConnected === true
  const drop = useFileDrop(canAttach ? { scope: sessionScope(me), chatId, chat } : undefined)
  useShortcuts(KEYS)

  const isUnknown = isNotFound(details.error) || isNotFound(query.error)
  const label = chat ? t('thread.conversationWith', { name: chat.client.name }) : t('thread.conversation')
  return (
    <section {...drop.handlers} aria-label={label} className="relative flex min-w-0 flex-1 flex-col bg-sunken">
      <ThreadHeader chat={chat} isUnknown={isUnknown} isLeadOpen={isLeadOpen} onToggleLead={onToggleLead} />
      {isUnknown ? (
        <Notice title={t('thread.notFound')} hint={t('thread.notFoundHint')} />
      ) : query.isError && messages.length === 0 ? (
        <Problem title={t('thread.failed')} error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <MessageLog chatId={chatId} chat={chat} query={query} messages={shown} />
      )}
      {!isUnknown && <Composer chatId={chatId} chat={chat} />}
      {drop.isOver && chat && <DropTarget chat={chat} />}
    </section>
  )
}

const isNotFound = (error: unknown) => error instanceof ApiRefusal && error.status === 404
