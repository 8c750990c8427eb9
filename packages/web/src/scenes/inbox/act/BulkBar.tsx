import type { ChatAction } from '@parley/protocol/model'
import { AlarmClock, BellOff, CircleCheck, MailOpen, Tag, UserRound, X } from 'lucide-react'
import type { ChatList } from '../../../data/inbox/chat-list.ts'
import { clearSelection, selectAll, useSelection } from '../../../data/inbox/selection.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { IconButton } from '../../../parts/IconButton.tsx'
import { openPicker, type PickerKind } from './pickers.ts'
import { type Target, useAct } from './use-act.ts'

interface Props {
  list: ChatList
  listKey: string
  count: number
  total: number
}

/** What can be done to all that is picked. */
export function BulkBar({ list, listKey, count, total }: Props) {
  const act = useAct()
  const selection = useSelection()
  const target = (): Target =>
    selection.isAll ? { of: list.of, exceptIds: [...selection.ids] } : { ids: [...selection.ids] }

  function run(action: ChatAction) {
    const to = target()
    clearSelection()
    void act(action, to)
  }
  const ask = (kind: PickerKind) => openPicker({ kind, target: target(), count, chat: undefined })

  return (
    <section aria-label={t('bulk.bar')} className="shrink-0 border-t border-line bg-surface px-2 py-1.5">
      <div className="flex min-h-8 items-center gap-2 ps-1.5">
        <p role="status" className="tnum min-w-0 truncate font-medium">
          {t('bulk.selected', { count })}
        </p>
        {count < total && (
          <Button size="sm" look="ghost" onClick={() => selectAll(listKey)} className="text-accent-ink">
            {t('bulk.all', { count: total })}
          </Button>
        )}
        <IconButton label={t('bulk.clear')} keys="Esc" className="ms-auto" onClick={clearSelection}>
          <X />
        </IconButton>
      </div>
      <div className="flex items-center gap-0.5">
        <IconButton label={t('act.close')} keys="E" side="top" onClick={() => run({ type: 'close' })}>
          <CircleCheck />
        </IconButton>
        <IconButton label={t('act.snooze')} keys="H" side="top" onClick={() => ask('snooze')}>
          <AlarmClock />
        </IconButton>
        <IconButton label={t('act.assign')} keys="A" side="top" onClick={() => ask('assign')}>
          <UserRound />
        </IconButton>
        <IconButton label={t('act.tag')} keys="L" side="top" onClick={() => ask('tag')}>
          <Tag />
        </IconButton>
        <IconButton label={t('act.read')} side="top" onClick={() => run({ type: 'read' })}>
          <MailOpen />
        </IconButton>
        <IconButton label={t('act.mute')} keys="M" side="top" onClick={() => run({ type: 'mute' })}>
          <BellOff />
        </IconButton>
      </div>
    </section>
  )
}
