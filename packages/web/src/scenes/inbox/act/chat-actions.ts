import type { Chat, ChatAction } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import {
  AlarmClock,
  AlarmClockOff,
  Bell,
  BellOff,
  CircleCheck,
  CircleDot,
  type LucideIcon,
  Mail,
  MailOpen,
  Tag,
  UserRound,
} from 'lucide-react'
import { mutedQuery } from '../../../data/inbox/views.ts'
import { t } from '../../../i18n/t.ts'
import { openPicker, type PickerKind } from './pickers.ts'
import { useAct } from './use-act.ts'

export interface ChatCommand {
  id: string
  label: string
  icon: LucideIcon
  keys?: string
  run: () => void
}

/** What can be done to one chat as it stands, for its header and its menu. */
export function useChatCommands(chat: Chat): ChatCommand[] {
  const act = useAct()
  const { data: muted } = useQuery(mutedQuery)
  const run = (action: ChatAction) => () => void act(action, { ids: [chat.id] })
  const ask = (kind: PickerKind) => () => openPicker({ kind, target: { ids: [chat.id] }, count: 1, chat })
  return [
    chat.state === 'closed'
      ? { id: 'close', label: t('act.reopen'), icon: CircleDot, keys: 'E', run: run({ type: 'reopen' }) }
      : { id: 'close', label: t('act.close'), icon: CircleCheck, keys: 'E', run: run({ type: 'close' }) },
    { id: 'snooze', label: t('act.snooze'), icon: AlarmClock, keys: 'H', run: ask('snooze') },
    ...(chat.state === 'snoozed'
      ? [{ id: 'wake', label: t('act.wake'), icon: AlarmClockOff, run: run({ type: 'wake' }) }]
      : []),
    { id: 'assign', label: t('act.assign'), icon: UserRound, keys: 'A', run: ask('assign') },
    { id: 'tag', label: t('act.tag'), icon: Tag, keys: 'L', run: ask('tag') },
    chat.unread > 0
      ? { id: 'unread', label: t('act.read'), icon: MailOpen, keys: 'U', run: run({ type: 'read' }) }
      : { id: 'unread', label: t('act.unread'), icon: Mail, keys: 'U', run: run({ type: 'unread' }) },
    muted?.has(chat.id)
      ? { id: 'mute', label: t('act.unmute'), icon: Bell, keys: 'M', run: run({ type: 'unmute' }) }
      : { id: 'mute', label: t('act.mute'), icon: BellOff, keys: 'M', run: run({ type: 'mute' }) },
  ]
}
