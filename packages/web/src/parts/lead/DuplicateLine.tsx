import type { DuplicateHint } from '@parley/protocol/model'
import { UsersRound } from 'lucide-react'
import { t } from '../../i18n/t.ts'

/** Who an incoming lead could be, in one line: `Same phone as Nora Lind`. */
export function DuplicateLine({ duplicate: { evidence, name, others } }: { duplicate: DuplicateHint }) {
  return (
    <span className="inline-flex h-5 max-w-full min-w-0 items-center gap-1.5 rounded-sm bg-warn-soft px-1.5 text-xs font-medium text-warn">
      <UsersRound size={13} aria-hidden="true" className="shrink-0" />
      <span className="truncate">
        {t(`lead.same.${evidence}`, { name })}
        {others > 0 && ` ${t('lead.sameOthers', { count: others })}`}
      </span>
    </span>
  )
}
