import type { Chat } from '@parley/protocol/model'
import { clsx } from 'clsx'
import { MessageSquareText, Mic, Paperclip, SendHorizontal, Smile } from 'lucide-react'
import { type RefObject, useRef, useState } from 'react'
import { useConnection } from '../../../data/connection.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { ChannelMark } from '../../../parts/ChannelMark.tsx'
import { EmojiPicker, preloadEmojiPicker } from '../../../parts/EmojiPicker.tsx'
import { IconButton } from '../../../parts/IconButton.tsx'
import { Kbd } from '../../../parts/Kbd.tsx'
import { useLayer } from '../../../parts/use-layer.ts'
import { useNow } from '../../../parts/use-now.ts'
import { attachFiles } from './attach-files.ts'
import { loadRecorder } from './lazy-parts.ts'
import { readReplyWindow } from './reply-window.ts'
import { MAX_LENGTH, type ReplyState } from './use-reply.ts'
import type { TemplatePicker } from './use-template-picker.ts'

/** From here on the length is worth showing. */
const NEAR_LENGTH = 19_000

interface Props {
  chat: Chat | undefined
  reply: ReplyState
  picker: TemplatePicker
  field: RefObject<HTMLTextAreaElement | null>
  onRecord: () => void
}

/** What can be put into the reply, by which way it leaves, and the button that sends it. */
export function ComposerFoot({ chat, reply, picker, field, onRecord }: Props) {
  const hasNetwork = useConnection((state) => state.hasNetwork)
  return (
    <div className="flex items-center gap-1 px-1.5 pb-1.5">
      <AttachButton reply={reply} onDone={() => field.current?.focus()} />
      <EmojiButton reply={reply} field={field} />
      <IconButton
        label={t('composer.templates')}
        keys="/"
        side="top"
        aria-haspopup="listbox"
        aria-expanded={picker.suggest.isOpen}
        // The field must not lose its caret.
        onMouseDown={(event) => event.preventDefault()}
        onClick={picker.toggle}
      >
        <MessageSquareText aria-hidden="true" />
      </IconButton>
      {chat && <Via chat={chat} />}
      <span className="flex-1" />
      <Length length={reply.draft.text.length} />
      {chat && <WindowLeft chat={chat} />}
      {chat && reply.isEmpty && <RecordButton chat={chat} onRecord={onRecord} />}
      <span className="flex items-center gap-1 px-1 text-2xs whitespace-nowrap text-ink-3 @max-[480px]:hidden pointer-coarse:hidden">
        <Kbd>⏎</Kbd>
        {t('composer.toSend')}
      </span>
      <Button type="submit" look="primary" disabled={reply.isBlocked} className="ms-0.5">
        {t(hasNetwork ? 'composer.send' : 'composer.sendLater')}
        <SendHorizontal size={15} aria-hidden="true" />
      </Button>
    </div>
  )
}

function AttachButton({ reply, onDone }: { reply: ReplyState; onDone: () => void }) {
  const input = useRef<HTMLInputElement>(null)
  const { place } = reply
  return (
    <>
      <IconButton
        label={t('composer.attach')}
        side="top"
        disabled={!place}
        onClick={() => input.current?.click()}
        className="disabled:opacity-45"
      >
        <Paperclip aria-hidden="true" />
      </IconButton>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          if (place) attachFiles(place, [...(event.target.files ?? [])])
          // The same file can be chosen again.
          event.target.value = ''
          onDone()
        }}
      />
    </>
  )
}

function EmojiButton({ reply, field }: Pick<Props, 'reply' | 'field'>) {
  const [isOpen, setOpen] = useState(false)
  const { layer, button, isNeeded } = useLayer(isOpen, setOpen, preloadEmojiPicker)

  function insert(emoji: string) {
    setOpen(false)
    const { value, selectionStart, selectionEnd } = field.current ?? { value: '', selectionStart: 0, selectionEnd: 0 }
    reply.setText(value.slice(0, selectionStart) + emoji + value.slice(selectionEnd))
    const caret = selectionStart + emoji.length
    requestAnimationFrame(() => field.current?.setSelectionRange(caret, caret))
  }

  return (
    <>
      <IconButton {...button} label={t('composer.emoji')} side="top" aria-haspopup="dialog">
        <Smile aria-hidden="true" />
      </IconButton>
      {isNeeded && <EmojiPicker layer={layer} onPick={insert} finalFocus={field} />}
    </>
  )
}

function RecordButton({ chat, onRecord }: { chat: Chat; onRecord: () => void }) {
  const reason = whyNoVoice(chat)
  return (
    <IconButton
      label={reason ?? t('composer.record')}
      side="top"
      aria-disabled={reason !== undefined}
      onPointerEnter={() => void loadRecorder()}
      onClick={() => reason === undefined && onRecord()}
      className="aria-disabled:opacity-45"
    >
      <Mic aria-hidden="true" />
    </IconButton>
  )
}

/** Undefined when a voice message can be recorded and sent. */
function whyNoVoice({ channel }: Chat): string | undefined {
  if (!channel.can.voice) return t('voice.notTaken', { channel: channel.title })
  // Browsers give the microphone to pages that came safely, and to nobody else.
  if (!isSecureContext || typeof MediaRecorder === 'undefined') return t('voice.notHere')
  return undefined
}

function Via({ chat }: { chat: Chat }) {
  return (
    <span className="flex min-w-0 items-center gap-1.5 ps-1.5 text-xs text-ink-3">
      <ChannelMark channel={chat.channel} size={14} />
      <span aria-hidden="true" className="truncate @max-[480px]:hidden">
        {t('composer.via', { channel: chat.channel.title })}
      </span>
    </span>
  )
}

/** How long the messenger still takes an answer. */
function WindowLeft({ chat }: { chat: Chat }) {
  const window = readReplyWindow(chat.windowExpiresAt, useNow())
  if (window.state === 'none') return null
  const isUrgent = window.state === 'closed' || window.isSoon
  return (
    <span
      title={t('composer.windowHint', { channel: chat.channel.title })}
      className={clsx('tnum px-1 text-2xs whitespace-nowrap', isUrgent ? 'font-medium text-warn' : 'text-ink-3')}
    >
      {window.state === 'closed' ? t('composer.windowOver') : window.label}
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
