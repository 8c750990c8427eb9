import type { BulkJob, BulkJobId, BulkRequest, Chat, ChatAction, ChatId, UserId } from '@parley/protocol/model'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { create } from 'zustand'
import { applyEvents } from '../../../data/apply-events.ts'
import { useUsers } from '../../../data/board/users.ts'
import { userName } from '../../../data/inbox/account.ts'
import { hearBulk, isOver } from '../../../data/inbox/bulk.ts'
import { actOnChats, undoBulk } from '../../../data/inbox/endpoints.ts'
import type { ChatListOf } from '../../../data/inbox/filters.ts'
import { keepUnread } from '../../../data/inbox/kept-unread.ts'
import { type NameOf, patchChat } from '../../../data/inbox/patch-chat.ts'
import { viewKeys } from '../../../data/inbox/view-keys.ts'
import { keys } from '../../../data/query-keys.ts'
import { type TextKey, t } from '../../../i18n/t.ts'
import { format } from '../../../parts/format.ts'
import { reasonOf } from '../../../parts/Notice.tsx'
import { toast } from '../../../parts/toast.ts'
import { findChat } from './find-chat.ts'

/** To which chats something is done. */
export type Target = { ids: readonly ChatId[] } | { of: ChatListOf; exceptIds: readonly ChatId[] }

/** Jobs begun here whose end is still to be told. */
export const useAwaited = create<{ ids: readonly BulkJobId[] }>()(() => ({ ids: [] }))
const awaitJob = (id: BulkJobId) => useAwaited.setState(({ ids }) => ({ ids: [...new Set([...ids, id])] }))
export const forgetJob = (id: BulkJobId) => useAwaited.setState(({ ids }) => ({ ids: ids.filter((one) => one !== id) }))

/** Does something to chats: at once on the screen, then on the server; a toast says so and takes it back. */
export function useAct(): (action: ChatAction, target: Target) => Promise<void> {
  const client = useQueryClient()
  const users = useUsers()
  return useCallback(
    (action, target) => act(client, action, target, (id) => userName(users, id) ?? ''),
    [client, users],
  )
}

async function act(client: QueryClient, action: ChatAction, target: Target, nameOf: NameOf): Promise<void> {
  const patched = 'ids' in target ? patchShown(client, action, target.ids, nameOf) : []
  if (action.type === 'unread' && 'ids' in target) keepUnread(target.ids[0] ?? null)
  try {
    const { job: begun } = await actOnChats(toRequest(action, target))
    if (action.type === 'mute' || action.type === 'unmute') void client.invalidateQueries({ queryKey: viewKeys.muted })
    const job = hearBulk(client, begun)
    if (isOver(job)) tellEnd(client, job, nameOf)
    else awaitJob(job.id)
  } catch (error) {
    // As it was: the server may have done none of it, or all.
    applyEvents(
      client,
      patched.map((chat) => ({ seq: 0, type: 'chat.updated', chat })),
    )
    for (const { id } of patched) void client.invalidateQueries({ queryKey: keys.chat(id), exact: true })
    toast({ tone: 'bad', text: t('act.failed', { reason: reasonOf(error) }) })
  }
}

const toRequest = (action: ChatAction, target: Target): BulkRequest =>
  'ids' in target
    ? { action, ids: [...target.ids] }
    : { action, filters: target.of.filters, sort: target.of.sort, exceptIds: [...target.exceptIds] }

/** Answers the chats as they were. */
function patchShown(client: QueryClient, action: ChatAction, ids: readonly ChatId[], nameOf: NameOf): Chat[] {
  const before = ids.flatMap((id) => findChat(client, id) ?? [])
  const changed = before.map((chat) => patchChat(chat, action, nameOf)).filter((chat, nth) => chat !== before[nth])
  applyEvents(
    client,
    changed.map((chat) => ({ seq: 0, type: 'chat.updated', chat })),
  )
  return before
}

const ONE: Record<ChatAction['type'], TextKey> = {
  close: 'act.one.close',
  reopen: 'act.one.reopen',
  snooze: 'act.one.snooze',
  wake: 'act.one.wake',
  read: 'act.one.read',
  unread: 'act.one.unread',
  mute: 'act.one.mute',
  unmute: 'act.one.unmute',
  assign: 'act.one.assign',
  tag: 'act.one.tag',
  untag: 'act.one.tag',
}
const MANY: Record<ChatAction['type'], TextKey> = {
  close: 'act.many.close',
  reopen: 'act.many.reopen',
  snooze: 'act.many.snooze',
  wake: 'act.many.wake',
  read: 'act.many.read',
  unread: 'act.many.unread',
  mute: 'act.many.mute',
  unmute: 'act.many.unmute',
  assign: 'act.many.assign',
  tag: 'act.many.tag',
  untag: 'act.many.tag',
}

/** Says what became of a job, and how to take it back. */
export function tellEnd(client: QueryClient, job: BulkJob, nameOf: NameOf): void {
  forgetJob(job.id)
  if (job.phase === 'undone') tellUndone(job)
  else if (job.changed === 0) toast({ text: t('act.nothing') })
  else toast({ text: describeDone(job, nameOf), undo: () => takeBack(client, job.id, nameOf) })
}

function describeDone({ action, changed: count }: BulkJob, nameOf: NameOf): string {
  const isGivenUp = action.type === 'assign' && action.userId === null
  const values = {
    count,
    time: action.type === 'snooze' ? format.moment(action.until, Date.now()) : '',
    name: action.type === 'assign' && action.userId !== null ? nameOf(action.userId as UserId) : '',
  }
  if (isGivenUp) return t(count === 1 ? 'act.one.unassign' : 'act.many.unassign', values)
  return t(count === 1 ? ONE[action.type] : MANY[action.type], values)
}

export async function takeBack(client: QueryClient, id: BulkJobId, nameOf: NameOf): Promise<void> {
  const { job: begun } = await undoBulk(id)
  if (begun.action.type === 'mute' || begun.action.type === 'unmute')
    void client.invalidateQueries({ queryKey: viewKeys.muted })
  const job = hearBulk(client, begun)
  if (isOver(job)) tellEnd(client, job, nameOf)
  else awaitJob(job.id)
}

function tellUndone({ restored, changed }: BulkJob): void {
  if (restored < changed) toast({ text: t('act.undonePart', { restored, total: changed }) })
  else toast({ text: restored === 1 ? t('act.undoneOne') : t('act.undone', { count: restored }) })
}
