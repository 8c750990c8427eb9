import { type KeyboardEvent, type RefObject, useEffect } from 'react'
import { t } from '../../../i18n/t.ts'
import { isComposing } from '../../../parts/is-composing.ts'
import type { Shortcut } from '../../../parts/shortcuts/find-shortcuts.ts'
import { useShortcuts } from '../../../parts/shortcuts/use-shortcuts.ts'
import { focusList } from '../focus.ts'
import type { ReplyState } from './use-reply.ts'

/** The field takes them itself; here they are only told of. */
const KEYS: readonly Shortcut[] = [
  { keys: 'Enter', label: 'keys.send', group: 'composer' },
  { keys: 'Shift+Enter', label: 'keys.breakLine', group: 'composer' },
]

interface Props {
  ref: RefObject<HTMLTextAreaElement | null>
  reply: ReplyState
  hasFocus: boolean
  onSubmit: () => void
}

export function ComposerField({ ref, reply, hasFocus, onSubmit }: Props) {
  useShortcuts(KEYS)
  useEffect(() => {
    if (hasFocus) ref.current?.focus()
  }, [hasFocus, ref])

  function handleKeyDown(event: KeyboardEvent) {
    if (isComposing(event)) return
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      onSubmit()
    }
    const isPlain = !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey
    if (event.key === 'ArrowUp' && isPlain && reply.draft.text === '' && !reply.target && reply.quoteLast())
      event.preventDefault()
    if (event.key === 'Escape') leave()
  }

  /** From the inside out. */
  function leave() {
    if (reply.target) reply.quote(null)
    else focusList()
  }

  return (
    <textarea
      ref={ref}
      rows={2}
      dir="auto"
      data-pane
      value={reply.draft.text}
      aria-label={t('composer.label')}
      placeholder={t(reply.draft.files.length > 0 ? 'composer.caption' : 'composer.placeholder')}
      onChange={(event) => reply.setText(event.target.value)}
      onKeyDown={handleKeyDown}
      className="block max-h-60 min-h-[60px] w-full resize-none bg-transparent px-3 pt-2.5 pb-1 text-md outline-none [field-sizing:content] placeholder:text-ink-3"
    />
  )
}
