import type { Chat, ChatId } from '@parley/protocol/model'
import { Suspense, useRef, useState } from 'react'
import { t } from '../../../i18n/t.ts'
import { ComposerField } from './ComposerField.tsx'
import { ComposerFoot } from './ComposerFoot.tsx'
import { Recorder, Tray } from './lazy-parts.ts'
import { QuoteBar } from './QuoteBar.tsx'
import { useReply } from './use-reply.ts'

interface Props {
  chatId: ChatId
  chat: Chat | undefined
  /** It has just taken the place of something else that was pressed. */
  hasFocus: boolean
}

export function ReplyForm({ chatId, chat, hasFocus }: Props) {
  const reply = useReply(chatId, chat)
  const form = useRef<HTMLFormElement>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const [isRecording, setRecording] = useState(false)
  const { draft, target } = reply

  function endRecording() {
    setRecording(false)
    requestAnimationFrame(() => field.current?.focus())
  }

  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault()
        reply.submit()
      }}
      className="@container shrink-0 px-4 pt-1 pb-4 max-md:px-2 max-md:pb-[max(8px,env(safe-area-inset-bottom))]"
    >
      <div className="rounded-lg bg-surface shadow-[inset_0_0_0_1px_var(--line-strong)] transition-shadow focus-within:shadow-[inset_0_0_0_1.5px_var(--accent)] dark:bg-raised">
        {target && <QuoteBar target={target} onRemove={() => reply.quote(null)} />}
        {draft.files.length > 0 && (
          <Suspense fallback={<div className="h-[68px]" />}>
            <Tray
              place={reply.place}
              draft={draft}
              isFaulty={reply.isFaulty}
              onDetached={() => field.current?.focus()}
            />
          </Suspense>
        )}
        {isRecording && chat ? (
          <Suspense fallback={<p className="px-3 py-6 text-xs text-ink-3">{t('voice.starting')}</p>}>
            <Recorder chat={chat} reply={reply} onEnd={endRecording} />
          </Suspense>
        ) : (
          <>
            <ComposerField
              ref={field}
              reply={reply}
              hasFocus={hasFocus}
              onSubmit={() => form.current?.requestSubmit()}
            />
            <ComposerFoot chat={chat} reply={reply} field={field} onRecord={() => setRecording(true)} />
          </>
        )}
      </div>
    </form>
  )
}
