import type { Chat, Task } from '@parley/protocol/model'
import { ChevronDown, ChevronRight, CircleCheck, History } from 'lucide-react'
import { useState } from 'react'
import { useMe } from '../../../data/queries.ts'
import { t } from '../../../i18n/t.ts'
import { ChannelMark } from '../../ChannelMark.tsx'
import { format } from '../../format.ts'
import { showDue } from '../../tasks/due.ts'
import { TASK_ICONS } from '../../tasks/task-kinds.ts'
import { useNow } from '../../use-now.ts'
import { ChangeLine } from './ChangeLine.tsx'
import type { ShownChange } from './feed-rows.ts'

/** Of so many changes in a row only the last is shown, until somebody asks. */
const FOLDED_FROM = 3

export function ChangesRow({ changes }: { changes: readonly [ShownChange, ...ShownChange[]] }) {
  const [isOpen, setOpen] = useState(false)
  const shown = changes.length < FOLDED_FROM || isOpen ? changes : changes.slice(-1)
  return (
    <div className="px-6 py-1.5 text-xs text-ink-3 max-md:px-3">
      {changes.length >= FOLDED_FROM && (
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="mx-auto flex h-7 items-center gap-1.5 rounded-full px-2.5 hover:bg-hover hover:text-ink pointer-coarse:h-10"
        >
          {isOpen ? <ChevronDown size={13} aria-hidden="true" /> : <ChevronRight size={13} aria-hidden="true" />}
          {t('card.changes', { count: changes.length - 1 })}
        </button>
      )}
      <ul>
        {shown.map(({ at, change }) => (
          <li key={change.id} className="flex items-start justify-center gap-1.5 py-0.5">
            <History size={13} aria-hidden="true" className="mt-[3px] shrink-0" />
            <span className="min-w-0 [overflow-wrap:anywhere]">
              <ChangeLine change={change} /> <Moment at={at} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

export function Moment({ at }: { at: number }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={format.fullTime(at)} className="tnum whitespace-nowrap">
      {format.time(at)}
    </time>
  )
}

/** A task where it was made, and again where it was done, with what came of it. */
export function TaskFeedRow({ task, did, at }: { task: Task; did: 'made' | 'done'; at: number }) {
  const { account } = useMe()
  const now = useNow()
  const Icon = did === 'done' ? CircleCheck : TASK_ICONS[task.kind]
  const who = did === 'done' ? task.doneBy : task.createdBy
  return (
    <div className="flex justify-center px-6 py-1.5 max-md:px-3">
      <div className="w-full max-w-[440px] rounded-lg bg-surface px-3 py-2 shadow-[0_0_0_1px_var(--line)] dark:bg-raised">
        <p className="flex items-center gap-1.5 text-2xs text-ink-3">
          <Icon size={13} aria-hidden="true" className={did === 'done' ? 'text-ok' : undefined} />
          <span className="min-w-0 flex-1 truncate">
            {t(did === 'done' ? 'card.taskDone' : 'card.taskMade', { name: who?.name ?? t('card.rule') })}
          </span>
          <Moment at={at} />
        </p>
        <p className="mt-0.5 [overflow-wrap:anywhere]">
          <bdi>{task.text}</bdi>
        </p>
        {did === 'done'
          ? task.result !== null && (
              <p className="text-xs text-ink-2 [overflow-wrap:anywhere]">
                {t('task.result')} <bdi>{task.result}</bdi>
              </p>
            )
          : task.doneAt === null && (
              <p className="text-xs text-ink-3">
                {t('card.taskDue', { due: showDue(task, now, account.timeZone), name: task.responsible.name })}
              </p>
            )}
      </div>
    </div>
  )
}

/** Which conversation the next messages are from. */
export function ChatRow({ chat }: { chat: Chat }) {
  return (
    <p className="flex items-center justify-center gap-1.5 px-6 pt-3 pb-1 text-2xs text-ink-3">
      <ChannelMark channel={chat.channel} size={14} />
      <bdi>{chat.client.name}</bdi>
      <span aria-hidden="true">·</span>
      <bdi>{chat.channel.title}</bdi>
    </p>
  )
}
