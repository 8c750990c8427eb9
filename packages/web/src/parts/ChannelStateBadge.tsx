import type { ChannelCard } from '@parley/protocol/model'
import { clsx } from 'clsx'
import { t } from '../i18n/t.ts'

type CardState = 'working' | 'failing' | 'switchedOff' | 'waiting' | 'returned' | 'refused' | 'off'

const LOOKS: Record<CardState, readonly [text: string, dot: string]> = {
  working: ['text-ink-2', 'bg-ok'],
  failing: ['font-medium text-bad', 'bg-bad'],
  switchedOff: ['font-medium text-bad', 'bg-bad'],
  waiting: ['text-ink-2', 'bg-warn'],
  returned: ['font-medium text-warn', 'bg-warn'],
  refused: ['font-medium text-bad', 'bg-bad'],
  off: ['text-ink-3', 'bg-ink-3'],
}

/** How a channel stands, in a word and a dot. Its words are those of `channels`. */
export function ChannelStateBadge({ channel }: { channel: ChannelCard }) {
  const state = stateOf(channel)
  const [text, dot] = LOOKS[state]
  return (
    <span className={clsx('flex shrink-0 items-center gap-1.5 text-xs', text)}>
      <span aria-hidden="true" className={clsx('size-2 rounded-full', dot)} />
      {t(`channels.state.${state}`)}
    </span>
  )
}

function stateOf({ state, connection }: ChannelCard): CardState {
  if (state !== 'approved') return state
  if (!connection) return 'off'
  return ({ ok: 'working', failing: 'failing', switched_off: 'switchedOff' } as const)[connection.health.state]
}
