import type { ChannelDeliveryLine, ChannelId } from '@parley/protocol/model'
import { Link } from '@tanstack/react-router'
import { clsx } from 'clsx'
import { ArrowUpRight } from 'lucide-react'
import { sayAgain } from '../../../i18n/said.ts'
import { t } from '../../../i18n/t.ts'
import { clockTime } from '../log/log-format.ts'
import type { DeliverySearch } from './delivery-search.ts'

const TONES = { waiting: 'bg-warn-soft text-warn', delivered: 'bg-ok-soft text-ok', given_up: 'bg-bad-soft text-bad' }

export function StateMark({ state }: Pick<ChannelDeliveryLine, 'state'>) {
  return (
    <span className={clsx('inline-flex h-5 items-center rounded-sm px-1.5 text-xs font-medium', TONES[state])}>
      <span className="truncate">{t(`deliveries.state.${state}`)}</span>
    </span>
  )
}

interface Props {
  line: ChannelDeliveryLine
  channelId: ChannelId
  search: DeliverySearch
}

export function DeliveryRow({ line, channelId, search }: Props) {
  const isOpen = search.delivery === line.id
  return (
    <li className="border-b border-line">
      <Link
        to="/developer/$channelId/$tab"
        params={{ channelId, tab: 'deliveries' }}
        search={{ ...search, delivery: line.id }}
        aria-current={isOpen ? 'true' : undefined}
        className={clsx(
          'grid h-10 grid-cols-[4.5rem_6.5rem_1fr_4rem] items-center gap-3 px-4 -outline-offset-2 @2xl:grid-cols-[4.5rem_1.25rem_6.5rem_5.5rem_1fr_5.5rem]',
          isOpen ? 'bg-selected' : 'hover:bg-hover',
        )}
      >
        <time dateTime={new Date(line.createdAt).toISOString()} className="tnum text-ink-2">
          {clockTime(line.createdAt)}
        </time>
        <ArrowUpRight size={15} aria-hidden="true" className="hidden text-ink-3 @2xl:block" />
        <StateMark state={line.state} />
        <span className="hidden truncate text-ink-2 @2xl:block">{t(`deliveries.kind.${line.kind}`)}</span>
        <bdi className="truncate text-xs text-ink-2">
          {line.lastError ? sayAgain(line.lastError) : <span className="font-mono text-ink-3">{line.chatId}</span>}
        </bdi>
        <span className="tnum truncate text-end text-xs text-ink-2">
          {t('deliveries.tries', { count: line.attempts })}
        </span>
      </Link>
    </li>
  )
}
