import type { Chat, ChatId } from '@parley/protocol/model'
import { clsx } from 'clsx'
import { SendHorizontal } from 'lucide-react'
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react'
import { useConnection } from '../../data/connection.ts'
import { readDraft, writeDraft } from '../../data/drafts.ts'
import { useOutbox } from '../../data/outbox/use-outbox.ts'
import { useMe } from '../../data/queries.ts'
import { sessionScope } from '../../data/session.ts'
import { t } from '../../i18n/t.ts'
import { Button } from '../../parts/Button.tsx'
import { ChannelMark } from '../../parts/ChannelMark.tsx'
import { Kbd } from '../../parts/Kbd.tsx'
import { focusList } from './focus.ts'

/** As the protocol's `MAX_TEXT_LENGTH`, which stands beside schemas this bundle must not carry. */
const MAX_LENGTH = 20_000
/** From here on the length is worth showing. */
const NEAR_LENGTH = 19_000

interface Props {
  chatId: ChatId
  chat: Chat | undefined
}

/** The reply. What is typed is kept until it is sent, and what is sent goes to the outbox, so it cannot fail here. */
export function Composer({ chatId, chat }: Props) {
  if (chat && !chat.channel.isConnected) {
    return (
      <p role="status" className="shrink-0 border-t border-line bg-surface px-6 py-4 text-center text-ink-3">
        {t('composer.disconnected', { channel: chat.channel.title })}
      </p>
    )
  }
  return <ReplyForm chatId={chatId} chat={chat} />
}

function ReplyForm({ chatId, chat }: Props) {
  const scope = sessionScope(useMe())
  const outbox = useOutbox((state) => state.outbox)
  const hasNetwork = useConnection((state) => state.hasNetwork)
  const [text, setText] = useState(() => readDraft(scope, chatId))
  const form = useRef<HTMLFormElement>(null)
  const isBlocked = text.trim() === '' || text.length > MAX_LENGTH || !outbox

  function change(next: string) {
    setText(next)
    writeDraft(scope, chatId, next)
  }

  function handleSubmit(event: FormEvent) {
    event.preventDefault()
    if (isBlocked) return
    void outbox.enqueue(chatId, text.trim())
    change('')
  }

  function handleKeyDown(event: KeyboardEvent) {
    // Enter also ends the composing of a character in many scripts: that is not a send.
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault()
      form.current?.requestSubmit()
    }
    if (event.key === 'Escape') focusList()
  }

  return (
    <form
      ref={form}
      onSubmit={handleSubmit}
      className="@container shrink-0 px-4 pt-1 pb-4 max-md:px-2 max-md:pb-[max(8px,env(safe-area-inset-bottom))]"
    >
      <div className="rounded-lg bg-surface shadow-[inset_0_0_0_1px_var(--line-strong)] transition-shadow focus-within:shadow-[inset_0_0_0_1.5px_var(--accent)] dark:bg-raised">
        <textarea
          rows={2}
          dir="auto"
          data-pane
          value={text}
          aria-label={t('composer.label')}
          placeholder={t('composer.placeholder')}
          onChange={(event) => change(event.target.value)}
          onKeyDown={handleKeyDown}
          className="block max-h-60 min-h-[60px] w-full resize-none bg-transparent px-3 pt-2.5 pb-1 text-md outline-none [field-sizing:content] placeholder:text-ink-3"
        />
        <div className="flex items-center gap-2 ps-3 pe-1.5 pb-1.5">
          {chat && <Via chat={chat} />}
          <span className="flex-1" />
          <Length length={text.length} />
          <span className="flex items-center gap-1 text-2xs text-ink-3 @max-[480px]:hidden pointer-coarse:hidden">
            <Kbd>⏎</Kbd>
            {t('composer.toSend')}
          </span>
          <Button type="submit" look="primary" disabled={isBlocked}>
            {t(hasNetwork ? 'composer.send' : 'composer.sendLater')}
            <SendHorizontal size={15} aria-hidden="true" />
          </Button>
        </div>
      </div>
    </form>
  )
}

function Via({ chat }: { chat: Chat }) {
  return (
    <span className="flex min-w-0 items-center gap-1.5 text-xs text-ink-3">
      <ChannelMark channel={chat.channel} size={14} />
      <span aria-hidden="true" className="truncate @max-[420px]:hidden">
        {t('composer.via', { channel: chat.channel.title })}
      </span>
    </span>
  )
}

function Length({ length }: { length: number }) {
  if (length < NEAR_LENGTH) return null
  return (
    <span
      role="status"
      className={clsx('tnum text-2xs', length > MAX_LENGTH ? 'font-semibold text-bad' : 'text-ink-3')}
    >
      {t('composer.tooLong', { count: length, limit: MAX_LENGTH })}
    </span>
  )
}
