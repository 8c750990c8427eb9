import type { Chat, ChatId } from '@parley/protocol/model'
import { useState } from 'react'
import { useDraft } from '../../../data/drafts.ts'
import { useMe } from '../../../data/queries.ts'
import { sessionScope } from '../../../data/session.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { format } from '../../../parts/format.ts'
import { useNow } from '../../../parts/use-now.ts'
import { ReplyForm } from './ReplyForm.tsx'
import { readReplyWindow } from './reply-window.ts'

interface Props {
  chatId: ChatId
  chat: Chat | undefined
}

const FOOT = 'shrink-0 border-t border-line bg-surface px-6 py-4 text-center text-ink-3 max-md:px-3'

/** The reply. What is typed is kept until it is sent, and what is sent goes to the outbox, so it cannot fail here. */
export function Composer({ chatId, chat }: Props) {
  const draft = useDraft(sessionScope(useMe()), chatId)
  const window = readReplyWindow(chat?.windowExpiresAt ?? null, useNow())
  const [isAnyway, setAnyway] = useState(false)

  if (chat && !chat.channel.isConnected) {
    return (
      <p role="status" className={FOOT}>
        {t('composer.disconnected', { channel: chat.channel.title })}
      </p>
    )
  }
  // What somebody has begun to write is never taken from under their fingers.
  const isBegun = isAnyway || draft.text !== '' || draft.files.length > 0
  if (chat && window.state === 'closed' && !isBegun) {
    return <ClosedWindow chat={chat} at={window.at} onWriteAnyway={() => setAnyway(true)} />
  }
  return <ReplyForm chatId={chatId} chat={chat} hasFocus={isAnyway} />
}

interface ClosedWindowProps {
  chat: Chat
  at: number
  onWriteAnyway: () => void
}

function ClosedWindow({ chat, at, onWriteAnyway }: ClosedWindowProps) {
  const now = useNow()
  return (
    <div className={`${FOOT} flex flex-wrap items-center justify-center gap-x-4 gap-y-2`}>
      <p role="status" className="max-w-140 text-balance">
        {t('composer.closed', {
          time: format.moment(at, now),
          name: chat.client.name,
          channel: chat.channel.title,
        })}
      </p>
      <Button size="sm" onClick={onWriteAnyway}>
        {t('composer.writeAnyway')}
      </Button>
    </div>
  )
}
