import type { Chat, ChatId } from '@parley/protocol/model'
import { lazy, Suspense, useRef, useState } from 'react'
import { lazyWithTexts } from '../../../i18n/lazy-with-texts.ts'
import { t } from '../../../i18n/t.ts'
import { focusList } from '../focus.ts'
import { ComposerField } from './ComposerField.tsx'
import { ComposerFoot } from './ComposerFoot.tsx'
import { Recorder, Tray } from './lazy-parts.ts'
import { QuoteBar } from './QuoteBar.tsx'
import { SendWarning } from './SendWarning.tsx'
import { useReply } from './use-reply.ts'
import { useTemplatePicker } from './use-template-picker.ts'

const TemplateList = lazyWithTexts(() => import('./TemplateList.tsx'), 'TemplateList', ['templates'])
const ButtonsStrip = lazy(() => import('./ButtonsStrip.tsx').then((module) => ({ default: module.ButtonsStrip })))

interface Props {
  chatId: ChatId
  chat: Chat | undefined
  /** It has just taken the place of something else that was pressed. */
  hasFocus: boolean
  /** Somebody asked for a template. */
  isPicking: boolean
}

export function ReplyForm({ chatId, chat, hasFocus, isPicking }: Props) {
  const reply = useReply(chatId, chat)
  const form = useRef<HTMLFormElement>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const picker = useTemplatePicker({ chatId, chat, reply, field, isPicking })
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
    >
      {picker.suggest.isOpen && (
        <Suspense>
          <TemplateList picker={picker} />
        </Suspense>
      )}
      <SendWarning reply={reply} />
      {target && <QuoteBar target={target} onRemove={() => reply.quote(null)} />}
      {draft.buttons && (
        <Suspense>
          <ButtonsStrip
            rows={draft.buttons}
            problem={target?.post ? t('composer.buttonsUnderPost') : undefined}
            onRemove={reply.dropButtons}
          />
        </Suspense>
      )}
      {draft.files.length > 0 && (
        <Suspense fallback={<div className="h-[68px]" />}>
          <Tray place={reply.place} draft={draft} isFaulty={reply.isFaulty} onDetached={() => field.current?.focus()} />
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
            text={draft.text}
            label={t('composer.label')}
            placeholder={t(draft.files.length > 0 ? 'composer.caption' : 'composer.placeholder')}
            hasFocus={hasFocus}
            suggest={picker.suggest}
            onText={reply.setText}
            onSubmit={() => form.current?.requestSubmit()}
            onUp={() => !target && reply.quoteLast()}
            // From the inside out.
            onEscape={() => (target ? reply.quote(null) : focusList())}
          />
          <ComposerFoot chat={chat} reply={reply} picker={picker} field={field} onRecord={() => setRecording(true)} />
        </>
      )}
    </form>
  )
}
