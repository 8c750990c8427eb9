import { t } from '../i18n/t.ts'
import { readFormProblem } from './form-problem.ts'
import { reasonOf } from './Notice.tsx'
import { StaleNote } from './StaleNote.tsx'
import type { ValueEdit } from './use-value-edit.ts'

interface Props {
  id: string
  edit: Pick<ValueEdit<unknown>, 'state' | 'save' | 'keepMine' | 'restore'>
}

/** How a value that is edited where it stands is doing: on its way, refused, or changed by somebody else meanwhile. */
export function SaveLine({ id, edit: { state, save, keepMine, restore } }: Props) {
  if (state.kind === 'stale') {
    const by = state.by ?? { who: t('parts.somebody'), at: Date.now() }
    return (
      <div id={id} className="mt-1">
        <StaleNote who={by.who} at={by.at} onKeepMine={keepMine} onTakeTheirs={restore} />
      </div>
    )
  }
  return (
    <span role="status">
      {state.kind === 'saving' && (
        <span className="absolute end-0 top-1/2 flex -translate-y-1/2 bg-surface ps-1 text-2xs text-ink-3 dark:bg-raised">
          {t('parts.saving')}
        </span>
      )}
      {state.kind === 'failed' && (
        <span id={id} className="mt-0.5 block text-xs text-bad">
          {t('parts.notSaved', { reason: plainReason(state.error) })}{' '}
          <button type="button" onClick={() => save()} className="font-semibold underline-offset-2 hover:underline">
            {t('error.tryAgain')}
          </button>
        </span>
      )}
    </span>
  )
}

/** Without the field's own name on the wire, which nobody sees here. */
const plainReason = (error: unknown) => readFormProblem(error, []).rest?.replace(/\.$/, '') ?? reasonOf(error)
