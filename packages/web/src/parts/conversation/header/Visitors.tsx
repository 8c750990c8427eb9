import type { ChatId } from '@parley/protocol/model'
import { listVisitors, useVisits } from '../../../data/conversation/presence.ts'
import { useMe } from '../../../data/queries.ts'
import { t } from '../../../i18n/t.ts'
import { Tip } from '../../Tip.tsx'
import { UserAvatar } from '../../UserAvatar.tsx'

const MOST = 3

/** Colleagues who have this chat open, too. */
export function Visitors({ chatId }: { chatId: ChatId }) {
  const me = useMe()
  const others = listVisitors(useVisits(chatId)).filter(({ id }) => id !== me.user.id)
  if (others.length === 0) return null
  const names = others.map(({ name }) => name).join(', ')
  const rest = others.length - MOST
  return (
    <ul aria-label={t('presence.label')} className="flex shrink-0 items-center -space-x-1.5">
      {others.slice(0, rest > 0 ? MOST : undefined).map(({ id, name }) => (
        <li key={id} className="rounded-full ring-2 ring-surface">
          <Tip label={t('presence.here', { name })}>
            <span className="block">
              <UserAvatar user={{ id, name }} size={24} />
              <span className="sr-only">{t('presence.here', { name })}</span>
            </span>
          </Tip>
        </li>
      ))}
      {rest > 0 && (
        <li
          title={names}
          className="tnum flex size-6 items-center justify-center rounded-full bg-hover text-2xs font-semibold text-ink-2 ring-2 ring-surface"
        >
          {t('presence.more', { count: rest })}
        </li>
      )}
    </ul>
  )
}
