import { clsx } from 'clsx'
import { type ComponentProps, type KeyboardEvent, useId, useState } from 'react'
import { t } from '../i18n/t.ts'
import { isComposing } from './is-composing.ts'
import { reasonOf } from './Notice.tsx'
import { useInlineEdit } from './use-inline-edit.ts'

interface Props {
  /** What it is, for those who do not see the name beside it. */
  label: string
  value: string
  /** Rejects when it was not saved: the reason stands below, the text stays. */
  onSave: (value: string) => Promise<unknown> | undefined
  /** How it is written while nobody edits it, e.g. `€4,290`. */
  shown?: string
  isMultiline?: boolean
  isReadOnly?: boolean
  placeholder?: string
  inputMode?: ComponentProps<'input'>['inputMode']
  className?: string
}

const LOOK =
  '-mx-1.5 block w-[calc(100%+12px)] min-w-0 resize-none rounded-md bg-transparent px-1.5 py-[5px] text-ellipsis outline-none transition-shadow placeholder:text-ink-3 ' +
  'hover:bg-hover focus:bg-surface focus:shadow-[inset_0_0_0_1.5px_var(--accent)] read-only:hover:bg-transparent dark:focus:bg-raised ' +
  'aria-invalid:bg-bad-soft aria-invalid:shadow-[inset_0_0_0_1.5px_var(--bad)]'

/**
 * A value that becomes a field when it is clicked or reached with Tab. Enter or leaving it saves, Esc puts back what it
 * was; Tab goes to the next.
 */
export function InlineEdit(props: Props) {
  const { label, value, onSave, shown, isMultiline = false, isReadOnly = false, placeholder = '—' } = props
  const id = useId()
  const edit = useInlineEdit(value, onSave)
  const [isHere, setHere] = useState(false)

  function handleKeyDown(event: KeyboardEvent) {
    if (isComposing(event)) return
    if (event.key === 'Enter' && !(isMultiline && event.shiftKey)) {
      event.preventDefault()
      void edit.save()
    }
    if (event.key === 'Escape' && (edit.isChanged || edit.state.kind !== 'idle')) {
      event.preventDefault()
      event.stopPropagation()
      edit.restore()
    }
  }

  const isFailed = edit.state.kind === 'failed'
  const control = {
    'aria-label': label,
    'aria-invalid': isFailed || undefined,
    'aria-describedby': isFailed ? id : undefined,
    dir: 'auto',
    placeholder,
    inputMode: props.inputMode,
    readOnly: isReadOnly,
    value: isHere || edit.isChanged ? edit.text : (shown ?? edit.text),
    onChange: (event: { target: { value: string } }) => edit.change(event.target.value),
    onFocus: () => setHere(true),
    onBlur: () => {
      setHere(false)
      if (edit.isChanged) void edit.save()
    },
    onKeyDown: handleKeyDown,
    className: clsx(LOOK, props.className),
  } as const
  return (
    <div className="relative min-w-0">
      {isMultiline ? (
        <textarea rows={1} {...control} className={clsx(control.className, '[field-sizing:content]')} />
      ) : (
        <input {...control} />
      )}
      <SaveLine id={id} state={edit.state} onRetry={() => void edit.save()} />
    </div>
  )
}

interface SaveLineProps {
  id: string
  state: ReturnType<typeof useInlineEdit>['state']
  onRetry: () => void
}

function SaveLine({ id, state, onRetry }: SaveLineProps) {
  return (
    <span role="status">
      {state.kind === 'saving' && (
        <span className="absolute end-0 top-1/2 flex -translate-y-1/2 bg-surface ps-1 text-2xs text-ink-3 dark:bg-raised">
          {t('parts.saving')}
        </span>
      )}
      {state.kind === 'failed' && (
        <span id={id} className="mt-0.5 block text-xs text-bad">
          {t('parts.notSaved', { reason: reasonOf(state.error) })}{' '}
          <button type="button" onClick={onRetry} className="font-semibold underline-offset-2 hover:underline">
            {t('error.tryAgain')}
          </button>
        </span>
      )}
    </span>
  )
}
