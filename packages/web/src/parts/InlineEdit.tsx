import { clsx } from 'clsx'
import { type ComponentProps, type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react'
import { INLINE } from './field-classes.ts'
import { isComposing } from './is-composing.ts'
import { SaveLine } from './SaveLine.tsx'
import { type EditTarget, useValueEdit } from './use-value-edit.ts'

interface Props extends EditTarget<string> {
  /** What it is, for those who do not see the name beside it. */
  label: string
  /** How it is written while nobody edits it, e.g. `€4,290`. */
  shown?: string
  isMultiline?: boolean
  isReadOnly?: boolean
  placeholder?: string
  inputMode?: ComponentProps<'input'>['inputMode']
  className?: string
}

/**
 * A value that becomes a field when it is clicked or reached with Tab. Enter or leaving it saves, Esc puts back what it
 * was; Tab goes to the next.
 */
export function InlineEdit(props: Props) {
  const { label, shown, isMultiline = false, isReadOnly = false, placeholder = '—' } = props
  const id = useId()
  const edit = useValueEdit<string>({ readTheirs: asLine, ...props })
  const [isHere, setHere] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const isWrittenOut = shown !== undefined
  // Another text stands there now: what was selected of the one before is selected of this one.
  useLayoutEffect(() => {
    if (isHere && isWrittenOut) input.current?.select()
  }, [isHere, isWrittenOut])

  function handleKeyDown(event: KeyboardEvent) {
    if (isComposing(event)) return
    if (event.key === 'Enter' && !(isMultiline && event.shiftKey)) {
      event.preventDefault()
      edit.save(trimmed)
    }
    if (event.key === 'Escape' && (edit.isChanged || edit.state.kind !== 'idle')) {
      event.preventDefault()
      event.stopPropagation()
      edit.restore()
    }
  }

  const isFailed = edit.state.kind === 'failed' || edit.state.kind === 'stale'
  const control = {
    'aria-label': label,
    'aria-invalid': isFailed || undefined,
    'aria-describedby': isFailed ? id : undefined,
    dir: 'auto',
    placeholder,
    inputMode: props.inputMode,
    readOnly: isReadOnly,
    value: isHere || edit.isChanged ? edit.draft : (shown ?? edit.draft),
    onChange: (event: { target: { value: string } }) => edit.change(event.target.value),
    onFocus: () => setHere(true),
    onBlur: () => {
      setHere(false)
      edit.save(trimmed)
    },
    onKeyDown: handleKeyDown,
    className: clsx(INLINE, props.className),
  } as const
  return (
    <div className="relative min-w-0">
      {isMultiline ? (
        <textarea rows={1} {...control} className={clsx(control.className, '[field-sizing:content]')} />
      ) : (
        <input ref={input} {...control} />
      )}
      <SaveLine id={id} edit={edit} />
    </div>
  )
}

const asLine = (sent: unknown) => (typeof sent === 'string' ? sent : '')
const trimmed = (text: string) => text.trim()
