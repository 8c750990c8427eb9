import { clsx } from 'clsx'
import { Check, Copy, CornerUpLeft, SmilePlus } from 'lucide-react'
import { type KeyboardEvent, lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { setReplyTarget } from '../../../data/conversation/draft-store.ts'
import { useMe } from '../../../data/queries.ts'
import { sessionScope } from '../../../data/session.ts'
import { t } from '../../../i18n/t.ts'
import { copyText } from '../../../parts/copy-text.ts'
import { EmojiPicker, preloadEmojiPicker } from '../../../parts/EmojiPicker.tsx'
import { format } from '../../../parts/format.ts'
import { IconButton } from '../../../parts/IconButton.tsx'
import { useLayer } from '../../../parts/use-layer.ts'
import { setComposerKind } from '../composer/composer-kind.ts'
import { focusComposer } from '../focus.ts'
import type { ShownMessage } from '../shown-messages.ts'
import { canAnswer, useThreadTools } from './thread-tools.ts'
import type { useReact } from './use-react.ts'

const loadQuick = () => import('./QuickReactions.tsx')
const QuickReactions = lazy(() => loadQuick().then((module) => ({ default: module.QuickReactions })))

const COPIED_MS = 1_500

interface Props {
  message: ShownMessage
  reacting: ReturnType<typeof useReact>
  /** Reached by Tab: of all messages one is. */
  isTabStop: boolean
  /** Opened by a long press: it stays without a pointer over it. */
  isHeld: boolean
  onDone: () => void
}

/** What can be done with a message, beside it: on hover, with the keyboard, or after a long press. */
export function Actions({ message, reacting, isTabStop, isHeld, onDone }: Props) {
  const { can, focusRequest, moveFocus } = useThreadTools()
  const scope = sessionScope(useMe())
  const bar = useRef<HTMLDivElement>(null)
  const isOut = message.direction === 'out'
  const isTaken = message.waiting === undefined

  useEffect(() => {
    if (focusRequest.current !== message.id || !bar.current) return
    focusRequest.current = null
    bar.current.querySelector('button')?.focus()
  })

  function handleKeyDown(event: KeyboardEvent) {
    const up = event.key === 'ArrowUp'
    if (up || event.key === 'ArrowDown') {
      event.preventDefault()
      moveFocus(message.id, up ? -1 : 1)
    }
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') stepWithin(event, bar.current)
  }

  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label={t('actions.label', { name: message.author.name, time: format.time(message.sentAt) })}
      onKeyDown={handleKeyDown}
      className={clsx(
        'absolute z-[2] flex items-center rounded-lg bg-raised p-0.5 shadow-card transition-opacity',
        'max-md:bottom-full max-md:mb-1 md:top-0',
        isOut ? 'max-md:end-0 md:end-full md:me-1.5' : 'max-md:start-0 md:start-full md:ms-1.5',
        !isHeld && 'opacity-0 group-hover:opacity-100 focus-within:opacity-100 has-aria-expanded:opacity-100',
      )}
    >
      {isTaken && can.reactions.length > 0 && (
        <ReactAction message={message} reacting={reacting} isTabStop={isTabStop} onDone={onDone} />
      )}
      {isTaken && canAnswer(message, can) && (
        <Act label={t('actions.reply')} isTabStop={isTabStop} onClick={() => answer(scope, message, onDone)}>
          <CornerUpLeft />
        </Act>
      )}
      {message.text !== '' && <CopyAction text={message.text} isTabStop={isTabStop} onDone={onDone} />}
    </div>
  )
}

function answer(scope: string, { waiting: _, status, ...message }: ShownMessage, onDone: () => void): void {
  // What only the screen knows of a message is left behind: a taken one is never `sending`.
  if (status !== 'sending') setReplyTarget(scope, message.chatId, { ...message, status })
  setComposerKind(message.chatId, 'reply')
  onDone()
  requestAnimationFrame(focusComposer)
}

function stepWithin(event: KeyboardEvent, bar: HTMLElement | null): void {
  const buttons = [...(bar?.querySelectorAll('button') ?? [])]
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
  const next = buttons[at + (event.key === 'ArrowRight' ? 1 : -1)]
  if (at === -1 || !next) return
  event.preventDefault()
  next.focus()
}

interface ActProps {
  label: string
  isTabStop: boolean
  onClick: () => void
  children: ReactNode
}

function Act({ label, isTabStop, onClick, children }: ActProps) {
  return (
    <IconButton
      label={label}
      side="top"
      tabIndex={isTabStop ? 0 : -1}
      onClick={onClick}
      className="size-7! [&>svg]:size-4! pointer-coarse:size-10!"
    >
      {children}
    </IconButton>
  )
}

function CopyAction({ text, isTabStop, onDone }: Pick<ActProps, 'isTabStop'> & { text: string; onDone: () => void }) {
  const [result, setResult] = useState<'copied' | 'failed' | null>(null)
  useEffect(() => {
    if (result === null) return
    const timer = setTimeout(() => {
      setResult(null)
      onDone()
    }, COPIED_MS)
    return () => clearTimeout(timer)
  }, [result, onDone])

  const copy = () => void copyText(text).then((isCopied) => setResult(isCopied ? 'copied' : 'failed'))
  return (
    <>
      <Act label={t('actions.copy')} isTabStop={isTabStop} onClick={copy}>
        {result === 'copied' ? <Check className="text-ok" /> : <Copy />}
      </Act>
      <span role="status" className={result === 'failed' ? 'px-1.5 text-xs whitespace-nowrap text-bad' : 'sr-only'}>
        {result === 'copied' && t('actions.copied')}
        {result === 'failed' && t('actions.copyFailed')}
      </span>
    </>
  )
}

function ReactAction({
  message,
  reacting,
  isTabStop,
  onDone,
}: Pick<Props, 'message' | 'reacting' | 'isTabStop' | 'onDone'>) {
  const { can } = useThreadTools()
  const [open, setOpen] = useState<'quick' | 'all' | null>(null)
  const quick = useLayer(open === 'quick', (isOpen) => setOpen(isOpen ? 'quick' : null), loadQuick)
  const all = useLayer(open === 'all', (isOpen) => setOpen(isOpen ? 'all' : null), preloadEmojiPicker)

  function pick(emoji: string | null) {
    setOpen(null)
    reacting.mutate(emoji)
    onDone()
  }

  return (
    <>
      <IconButton
        {...quick.button}
        aria-haspopup="dialog"
        aria-expanded={open !== null}
        label={t('actions.react')}
        side="top"
        tabIndex={isTabStop ? 0 : -1}
        onClick={() => setOpen(open === null ? 'quick' : null)}
        className="size-7! [&>svg]:size-4! pointer-coarse:size-10!"
      >
        <SmilePlus />
      </IconButton>
      {quick.isNeeded && (
        <Suspense>
          <QuickReactions
            layer={quick.layer}
            message={message}
            allowed={can.reactions}
            onPick={pick}
            onMore={() => setOpen('all')}
          />
        </Suspense>
      )}
      {all.isNeeded && (
        <EmojiPicker layer={{ ...all.layer, anchor: quick.layer.anchor }} side="top" align="center" onPick={pick} />
      )}
    </>
  )
}
