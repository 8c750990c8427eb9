import type { PipelineStage } from '@parley/protocol/model'
import type { Count } from '../../data/board/board-data.ts'
import { useMe } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { compactMoney, money, number } from '../../parts/format.ts'
import { stageColor } from '../../parts/hues.ts'

/** A stage's colour as a line, its name, how many leads it has and what they add up to. */
export function ColumnHead({ stage, count }: { stage: PipelineStage; count: Count }) {
  const { account } = useMe()
  const leads = count.isMore ? t('pipeline.atLeast', { count: count.leads }) : number(count.leads)
  return (
    <header className="shrink-0 px-1.5 pt-1.5 pb-2">
      <span aria-hidden="true" className="block h-[3px] rounded-full" style={{ background: stageColor(stage.hue) }} />
      <div className="flex h-7 items-center gap-2 px-1 pt-1">
        <h2 className="min-w-0 truncate text-sm font-semibold">
          <bdi>{stage.name}</bdi>
        </h2>
        <span className="tnum shrink-0 text-xs text-ink-3">{leads}</span>
        {count.total > 0 && (
          <span
            className="tnum ms-auto shrink-0 text-xs font-medium text-ink-2"
            title={money(count.total, account.currency)}
          >
            {compactMoney(count.total, account.currency)}
          </span>
        )}
      </div>
    </header>
  )
}
