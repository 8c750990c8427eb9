import type { FieldValue } from '@parley/protocol/model'
import { clsx } from 'clsx'
import { type KeyboardEvent, useId } from 'react'
import { INLINE } from '../field-classes.ts'
import { fromLocalInput, toLocalInput } from '../local-time.ts'
import { SaveLine } from '../SaveLine.tsx'
import { type EditTarget, useValueEdit } from '../use-value-edit.ts'

interface Props extends EditTarget<FieldValue | null> {
  label: string
  kind: 'date' | 'datetime'
}

/** A day, or a day and a time: the browser's own picker. What is half typed is saved when the field is left. */
export function MomentEdit({ label, kind, ...target }: Props) {
  const id = useId()
  const edit = useValueEdit(target)
  const text = edit.draft === null ? '' : kind === 'date' ? String(edit.draft) : toLocalInput(Number(edit.draft))

  function handleKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter') edit.save()
    if (event.key === 'Escape' && edit.isChanged) {
      event.preventDefault()
      event.stopPropagation()
      edit.restore()
    }
  }

  const isFailed = edit.state.kind === 'failed' || edit.state.kind === 'stale'
  return (
    <div className="relative min-w-0">
      <input
        type={kind === 'date' ? 'date' : 'datetime-local'}
        aria-label={label}
        aria-invalid={isFailed || undefined}
        aria-describedby={isFailed ? id : undefined}
        value={text}
        onChange={({ target: { value } }) =>
          edit.change(value === '' ? null : kind === 'date' ? value : (fromLocalInput(value) ?? null))
        }
        onBlur={() => edit.save()}
        onKeyDown={handleKeyDown}
        className={clsx(INLINE, 'tnum appearance-none', text === '' && 'text-ink-3')}
      />
      <SaveLine id={id} edit={edit} />
    </div>
  )
}
