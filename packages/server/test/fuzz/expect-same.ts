import type { Chat, Message, MessageId, Notification, Page } from '@parley/protocol/model'
import { sql } from '@parley/server/internals'
import { type AppClient, type HookReceiver, type TestChannel, type TestWorld, waitUntil } from '@parley/testkit'
import { expect } from 'vitest'
import type { ChatsModel, ModelMessage } from './chats-model.ts'

/** What a run plays on, and how it should look by now. */
export interface Stage {
  world: TestWorld
  hook: HookReceiver
  channel: TestChannel
  manager: AppClient
  model: ChatsModel
  beganAtMs: number
  /** Makes every text another one. */
  texts: number
}

/** Waits until every hook was taken and written down. */
export async function deliverAll({ world, channel }: Stage): Promise<void> {
  await waitUntil('every hook was taken', async () => {
    const { rows } = await sql<{ left: number }>`select count(*)::int as left from delivery
      where account_id = ${channel.account.id} and state = 'waiting'`.execute(world.deps.db)
    return rows[0]?.left === 0
  })
}

/** Everything that anybody can see is what the model says. */
export async function expectSame(stage: Stage): Promise<void> {
  const { manager, model } = stage
  const { items } = await manager.listChats('?limit=100')
  const shown = new Map(items.map((chat) => [chat.id as string, chat]))
  const wanted = [...model.chats.values()].filter((chat) => chat.messages.length > 0)
  expect([...shown.keys()].sort()).toEqual(wanted.map((chat) => chat.id).sort())
  for (const { name, id } of wanted) await expectSameChat(stage, name, shown.get(id ?? '')!)
  const leadsShown = new Set(items.flatMap(({ lead }) => (lead ? [lead.id] : [])))
  expect(leadsShown.size, 'leads shown in chats').toBe(new Set(wanted.flatMap(({ lead }) => lead ?? [])).size)
  await expectSameCounts(stage)
  await expectSameNotices(stage)
  expectSameHooks(stage)
}

async function expectSameChat({ manager, model }: Stage, name: string, shown: Chat): Promise<void> {
  const chat = model.chat(name)
  const [newest] = model.pageOf(name)
  expect(
    { unread: shown.unread, last: shown.lastMessage?.id, isIncoming: shown.lead?.isIncoming },
    `chat ${name}`,
  ).toEqual({ unread: chat.unread, last: newest?.id, isIncoming: chat.lead?.isIncoming })
  const messages: Message[] = []
  // Small pages, so that their edges are looked at, too.
  for (let next: string | null = ''; next !== null; ) {
    const before: string = next === '' ? '' : `&before=${encodeURIComponent(next)}`
    const page: Page<Message> = await manager.listMessages(shown.id, `?limit=7${before}`)
    messages.push(...page.items)
    next = page.next
  }
  expect(messages.map(asShown), `messages of ${name}`).toEqual(model.pageOf(name).map(asModel))
  for (const message of model.pageOf(name)) {
    if (message.earlierTexts.length === 0) continue
    const path = `/chats/${shown.id}/messages/${message.id}/edits`
    const { items } = await manager.get<{ items: { text: string }[] }>(path)
    expect(items.map(({ text }) => text).sort()).toEqual([...message.earlierTexts].sort())
  }
}

const asShown = ({ id, text, direction, author, sentAt, status, reactions = [], editedAt }: Message) => ({
  id: id as string,
  text,
  direction,
  author: author.kind,
  atMs: sentAt,
  status,
  reactions: reactions.map((reaction) => `${reaction.author.name} ${reaction.emoji}`).sort(),
  isEdited: editedAt !== undefined,
})

const asModel = ({ id, text, author, atMs, status, reactions, earlierTexts }: ModelMessage) => ({
  id,
  text,
  direction: author === 'client' ? 'in' : 'out',
  author,
  atMs,
  status,
  reactions: [...reactions].map(([person, emoji]) => `${person} ${emoji}`).sort(),
  isEdited: earlierTexts.length > 0,
})

async function expectSameCounts({ world, channel, model }: Stage): Promise<void> {
  const { id } = channel.account
  const { rows } = await sql<Record<string, number>>`select
    (select count(*)::int from message where account_id = ${id}) as messages,
    (select count(*)::int from chat where account_id = ${id}) as chats,
    (select count(*)::int from lead where account_id = ${id} and deleted_at is null) as leads,
    (select count(*)::int from contact where account_id = ${id} and deleted_at is null) as contacts,
    (select count(*)::int from talk where account_id = ${id} and closed_at is null) as talks`.execute(world.deps.db)
  const leads = model.leads.length
  expect(rows[0]).toEqual({
    messages: model.messages.length,
    chats: model.chats.size,
    leads,
    contacts: leads,
    talks: [...model.chats.values()].filter((chat) => chat.lead).length,
  })
}

async function expectSameNotices({ manager, model }: Stage): Promise<void> {
  const all = (await manager.listNotifications('?limit=100')).items
  // That something did not arrive is told, too; the specification leaves that to us.
  const notices = all.filter(({ kind }) => kind !== 'delivery_failed')
  const count = (kind: Notification['kind']) => notices.filter((notice) => notice.kind === kind).length
  expect({ incoming_lead: count('incoming_lead'), new_message: count('new_message') }).toEqual(model.notices)
  for (const chat of model.chats.values()) {
    const ofChat = notices.filter(({ chatId }) => chatId === chat.id)
    const unseen = ofChat.filter(({ isRead }) => !isRead).length
    expect({ notices: ofChat.length, unseen }, `notifications of ${chat.name}`).toEqual({
      notices: chat.notices,
      unseen: chat.unseenNotices,
    })
  }
}

/** Every answer once, in order within its chat, and nothing else. */
function expectSameHooks({ hook, model }: Stage): void {
  interface Hook {
    message: { conversation: { client_id: string }; message: { id: MessageId } }
  }
  const hooks = hook.requests.map((request) => (request.json() as Hook).message)
  for (const chat of model.chats.keys()) {
    const delivered = hooks
      .filter(({ conversation }) => conversation.client_id === chat)
      .map(({ message }) => message.id)
    expect(delivered, `hooks of ${chat}`).toEqual(model.hooks.filter((sent) => sent.chat === chat).map(({ id }) => id))
  }
  expect(hooks).toHaveLength(model.hooks.length)
}
