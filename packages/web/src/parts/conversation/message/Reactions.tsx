import { clsx } from 'clsx'
import { useMe } from '../../../data/queries.ts'
import { t } from '../../../i18n/t.ts'
import { reasonOf } from '../../../parts/Notice.tsx'
import { Tip } from '../../../parts/Tip.tsx'
import type { ShownMessage } from '../shown-messages.ts'
import { canReactWith, groupReactions, type ReactionGroup } from './reactions.ts'
import { useThreadTools } from './thread-tools.ts'
import type { useReact } from './use-react.ts'

interface Props {
  message: ShownMessage
  reacting: ReturnType<typeof useReact>
}

/** What people gave a message: a chip for each emoji. A press gives the same, or takes one's own back. */
export function Reactions({ message, reacting }: Props) {
  const me = useMe()
  const groups = groupReactions(message.reactions ?? [], me)
  if (groups.length === 0 && !reacting.isError) return null
  return (
    <div className={clsx('relative z-[1] flex max-w-full flex-col', message.direction === 'out' && 'items-end')}>
      {groups.length > 0 && (
        <ul aria-label={t('reactions.label')} className="-mt-1.5 flex flex-wrap gap-1 px-2">
          {groups.map((group) => (
            <li key={group.emoji}>
              <Chip group={group} onToggle={() => reacting.mutate(group.isMine ? null : group.emoji)} />
            </li>
          ))}
        </ul>
      )}
      {reacting.isError && (
        <p role="alert" className="mt-0.5 px-2 text-xs text-bad">
          {t('reactions.failed', { reason: reasonOf(reacting.error) })}
        </p>
      )}
    </div>
  )
}

function Chip({ group, onToggle }: { group: ReactionGroup; onToggle: () => void }) {
  const { can } = useThreadTools()
  const { emoji, isMine, count } = group
  const names = [...(isMine ? [t('reactions.you')] : []), ...group.names].join(', ')
  const look = clsx(
    'inline-flex h-6 items-center gap-1 rounded-full px-1.5 text-xs shadow-[0_0_0_1px_var(--line)] transition-colors pointer-coarse:h-8 pointer-coarse:px-2.5',
    isMine ? 'bg-accent-soft text-accent-ink' : 'bg-surface text-ink-2 dark:bg-raised',
  )
  const inside = (
    <>
      <span className="text-sm leading-none">{emoji}</span>
      {count > 1 && <span className="tnum font-medium">{count}</span>}
    </>
  )
  if (!canReactWith(can.reactions, emoji) && !(isMine && can.reactions.length > 0)) {
    return (
      <Tip label={names} side="top">
        <span role="img" aria-label={t('reactions.of', { emoji, names })} className={look}>
          {inside}
        </span>
      </Tip>
    )
  }
  return (
    <Tip label={names} side="top">
      <button
        type="button"
        aria-pressed={isMine}
        aria-label={t(isMine ? 'reactions.mine' : 'reactions.theirs', { emoji, names })}
        onClick={onToggle}
        className={clsx(look, 'hover:shadow-[0_0_0_1px_var(--line-strong)]')}
      >
        {inside}
      </button>
    </Tip>
  )
}
