import { t } from '../i18n/t.ts'
import { Button } from './Button.tsx'
import { longDuration } from './format.ts'
import { useNow } from './use-now.ts'

interface Props {
  /** Who was faster. */
  who: string
  at: number
  /** Writes over theirs. */
  onKeepMine: () => void
  /** Drops what was typed here. */
  onTakeTheirs: () => void
}

/** Two people changed one thing: whose holds is asked, not decided. */
export function StaleNote({ who, at, onKeepMine, onTakeTheirs }: Props) {
  const now = useNow()
  return (
    <div role="alert" className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md bg-warn-soft px-3 py-2">
      <p className="min-w-40 flex-1 text-ink">
        {t('parts.stale', { name: who, time: longDuration(Math.max(0, now - at)) })}
      </p>
      <div className="flex gap-2">
        <Button size="sm" onClick={onTakeTheirs}>
          {t('parts.takeTheirs')}
        </Button>
        <Button size="sm" onClick={onKeepMine}>
          {t('parts.keepMine')}
        </Button>
      </div>
    </div>
  )
}
