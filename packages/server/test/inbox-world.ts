import { readFileSync } from 'node:fs'
import type { ChatId, InboxFilters, InboxSort, LeadId, StageId, TagId } from '@parley/protocol/model'
import { sql } from '@parley/server/internals'
import {
  type AppClient,
  aNewMessage,
  aSender,
  type TestAccount,
  type TestChannel,
  type TestWorld,
} from '@parley/testkit'

/** What chats are there and which of them fit which filters; the screens' own test reads the same file. */
interface Cases {
  chats: Record<string, CaseChat>
  cases: { filters: Record<string, unknown>; sort?: InboxSort; fits: string[] }[]
}

interface CaseChat {
  channel: 0 | 1
  source?: string
  isAccepted?: boolean
  responsible?: 'me' | 'other'
  stage?: number
  hasTag?: boolean
  isRead?: boolean
  isAnswered?: boolean
  state?: 'snoozed' | 'closed'
}

export const CASES = JSON.parse(
  readFileSync(new URL('../../../fixtures/inbox-filters.json', import.meta.url), 'utf8'),
) as Cases

export async function aTag(world: TestWorld, account: TestAccount, name = 'VIP'): Promise<TagId> {
  const { rows } = await sql<{ id: TagId }>`
    insert into tag (account_id, name, hue) values (${account.id}, ${name}, 2) returning id`.execute(world.deps.db)
  return rows[0]!.id
}

/** A client's first message in a chat of their own. */
export async function aChat(channel: TestChannel, overrides: Parameters<typeof aNewMessage>[0] = {}): Promise<ChatId> {
  return (await channel.send(aNewMessage(overrides))).conversation_id as ChatId
}

export const leadOf = async (client: AppClient, chatId: ChatId): Promise<LeadId> =>
  (await client.getChat(chatId)).lead!.id

/** An account with the chats of the cases. */
export async function theCases(world: TestWorld) {
  const channels = [await world.aChannel()]
  const account = channels[0]!.account
  channels.push(await world.aChannel({ account }))
  const me = await account.asManager()
  const tag = await aTag(world, account)
  const [pipeline] = (await me.listPipelines()).items
  const nameOf = new Map<ChatId, string>()
  for (const [name, wish] of Object.entries(CASES.chats)) {
    nameOf.set(await make(name, wish), name)
    await world.clock.advance(1000)
  }
  const values: Record<string, unknown> = {
    '@other': account.admin.id,
    '@channel0': channels[0]!.id,
    '@channel1': channels[1]!.id,
    '@pipeline': pipeline!.id,
    '@tag': tag,
    ...Object.fromEntries(pipeline!.stages.map((stage, index) => [`@stage${index}`, stage.id])),
  }
  const resolve = (filters: Record<string, unknown>) =>
    Object.fromEntries(
      Object.entries(filters).map(([key, value]) => [key, values[value as string] ?? value]),
    ) as InboxFilters
  return { account, me, nameOf, resolve }

  async function make(name: string, wish: CaseChat): Promise<ChatId> {
    const channel = channels[wish.channel]!
    const source = wish.source === undefined ? {} : { source: { external_id: wish.source } }
    const chatId = await aChat(channel, { sender: aSender({ id: name, name }), ...source })
    const leadId = await leadOf(me, chatId)
    if (wish.isAccepted) await me.acceptLead(leadId)
    if (wish.responsible === 'other') await me.patch(`/leads/${leadId}`, { responsibleUserId: account.admin.id })
    if (wish.stage) await me.patch(`/leads/${leadId}`, { stageId: pipeline!.stages[wish.stage]!.id as StageId })
    if (wish.hasTag) await me.patch(`/leads/${leadId}`, { addTagIds: [tag] })
    if (wish.isAnswered) await me.sendText(chatId, 'Yes')
    if (wish.isRead) await me.readChat(chatId)
    if (wish.state === 'closed') await me.post(`/chats/${chatId}/actions`, { type: 'close' })
    if (wish.state === 'snoozed')
      await me.post(`/chats/${chatId}/actions`, { type: 'snooze', until: world.clock.now().getTime() + 3_600_000 })
    return chatId
  }
}

export const query = (filters: InboxFilters, more: Record<string, string | number> = {}): string => {
  const pairs = Object.entries({ ...filters, ...more }).map(([key, value]): [string, string] => [
    key,
    value === true ? '1' : String(value),
  ])
  return `?${new URLSearchParams(pairs)}`
}
