import { t } from '../../i18n/t.ts'
import { Button } from '../../parts/Button.tsx'
import { format } from '../../parts/format.ts'

/** Says how far back a search came before its time was up. */
export function SearchedTo({ at, onGoOn }: { at: number; onGoOn: () => void }) {
  return (
    <p className="flex flex-wrap items-center justify-center gap-3 px-3 py-4 text-xs text-ink-3">
      {t('search.searchedTo', { date: format.date(at) })}
      <Button size="sm" onClick={onGoOn}>
        {t('search.goOn')}
      </Button>
    </p>
  )
}
