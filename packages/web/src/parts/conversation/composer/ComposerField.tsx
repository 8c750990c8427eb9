import { type KeyboardEvent, type RefObject, useEffect } from 'react'
import { isComposing } from '../../../parts/is-composing.ts'
import type { Shortcut } from '../../../parts/shortcuts/find-shortcuts.ts'
import { useShortcuts } from '../../../parts/shortcuts/use-shortcuts.ts'
import type { useSuggest } from './use-suggest.ts'

/** The field takes them itself; here they are only told of. */
const KEYS: readonly Shortcut[] = [
  { keys: 'Enter', label: 'keys.send', group: 'composer' },
  { keys: 'Shift+Enter', label: 'keys.breakLine', group: 'composer' },
]

interface Props {
  ref: RefObject<HTMLTextAreaElement | null>
  text: string
  label: string
  placeholder: string
  hasFocus: boolean
  /** What stands above the field while something is looked for: it gets the keys first. */
  suggest: Pick<ReturnType<typeof useSuggest>, 'handleKey' | 'fieldProps'>
  onText: (text: string) => void
  onCaret?: (caret: number) => void
  onSubmit: () => void
  /** The arrow in an empty field; true when it meant something. */
  onUp?: () => boolean
  onEscape: () => void
}

export function ComposerField({ ref, text, label, placeholder, hasFocus, suggest, ...on }: Props) {
  useShortcuts(KEYS)
  useEffect(() => {
    if (hasFocus) ref.current?.focus()
  }, [hasFocus, ref])

  function handleKeyDown(event: KeyboardEvent) {
    if (isComposing(event) || suggest.handleKey(event)) return
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      on.onSubmit()
    }
    const isPlain = !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey
    if (event.key === 'ArrowUp' && isPlain && text === '' && on.onUp?.()) event.preventDefault()
    if (event.key === 'Escape') on.onEscape()
  }

  return (
    <textarea
      ref={ref}
      rows={2}
      dir="auto"
      data-pane
      value={text}
      aria-label={label}
      placeholder={placeholder}
      {...suggest.fieldProps}
      onChange={(event) => {
        on.onText(event.target.value)
        on.onCaret?.(event.target.selectionStart)
      }}
      onSelect={(event) => on.onCaret?.(event.currentTarget.selectionStart)}
      onKeyDown={handleKeyDown}
      className="block max-h-60 min-h-[56px] w-full resize-none bg-transparent px-3 pt-2 pb-1 text-md outline-none [field-sizing:content] placeholder:text-ink-3"
    />
  )
}
