import { randomUUID } from 'node:crypto'
import { type ChatId, type Connection, MANAGER_RIGHTS } from '@parley/protocol/model'
import {
  type AppClient,
  aNewMessage,
  aSender,
  type ChannelOptions,
  giveRole,
  type HookReceiver,
  startTestWorld,
  type TestChannel,
  type TestWorld,
} from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let world: TestWorld
beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())

interface Line {
  channel: TestChannel
  hook: HookReceiver
  manager: AppClient
}

async function aLine({ settings, ...options }: ChannelOptions = {}): Promise<Line> {
  const hook = await world.aHookReceiver()
  const channel = await world.aChannel({ hook, settings: { write_first: true, ...settings }, ...options })
  return { channel, hook, manager: await channel.account.asManager() }
}

/** A number nobody has used yet. */
let last = 46_700_100_000
const aPhone = () => `+${++last}`

async function nextHook({ hook, channel }: Line) {
  const received = await hook.next()
  expect(received.isSignedBy(channel.secret)).toBe(true)
  return received.json()
}

const aSource = ({ channel }: Line, externalId: string) =>
  world.deps.db
    .insertInto('source')
    .values({
      account_id: channel.account.id,
      channel_id: channel.id as never,
      external_id: externalId,
      name: externalId,
    })
    .execute()

describe('writing first', () => {
  test('makes a chat with a number, a contact and no lead, and a hook without the integration’s ids', async () => {
    const line = await aLine()
    const phone = aPhone()
    const { chat, message } = await line.manager.startChat({
      channelId: line.channel.id,
      phone: ` ${phone.slice(0, 3)} (${phone.slice(3, 5)}) ${phone.slice(5)}`,
      name: 'Ola Ek',
      message: { text: 'Your order is here' },
    })
    expect(chat).toMatchObject({
      client: { name: 'Ola Ek', phone },
      channel: { id: line.channel.id },
      unread: 0,
      lead: null,
      lastMessage: { id: message.id },
    })
    const json = await nextHook(line)
    expect(json.message.conversation).toEqual({ id: chat.id })
    expect(json.message.receiver).toEqual({ id: chat.client.id, phone, email: '' })
    expect(json.message).not.toHaveProperty('source')
    expect(json.message.message).toMatchObject({ id: message.id, type: 'text', text: 'Your order is here' })
    expect((await line.manager.listChats()).items.map(({ id }) => id)).toEqual([chat.id])
    expect((await line.manager.listNotifications()).items).toEqual([])
  })

  test('goes on when the client answers: same chat, a lead now, and hooks that know him', async () => {
    const line = await aLine()
    const { chat } = await line.manager.startChat({
      channelId: line.channel.id,
      phone: aPhone(),
      message: { text: 'Hi' },
    })
    await nextHook(line)
    const ids = await line.channel.send(
      aNewMessage({
        conversation_id: 'conv-bound',
        conversation_ref_id: chat.id,
        sender: aSender({ id: 'user-bound', ref_id: chat.client.id, profile: {} }),
        text: 'Who is it?',
      }),
    )
    expect(ids).toMatchObject({ conversation_id: chat.id, sender_id: chat.client.id })
    expect((await line.manager.getChat(chat.id)).chat).toMatchObject({ unread: 1, lead: { isIncoming: true } })
    await line.manager.sendText(chat.id, 'The shop')
    const { message } = await nextHook(line)
    expect(message.conversation).toEqual({ id: chat.id, client_id: 'conv-bound' })
    expect(message.receiver).toMatchObject({ id: chat.client.id, client_id: 'user-bound' })
    // And again to the same number: this is the chat.
    const { phone } = chat.client
    const again = await line.manager.startChat({
      channelId: line.channel.id,
      phone: phone!,
      message: { text: 'Still me' },
    })
    expect(again.chat.id).toBe(chat.id)
    expect((await nextHook(line)).message.conversation).toEqual({ id: chat.id, client_id: 'conv-bound' })
  })

  test('to the same number is the same chat; through another source, another one', async () => {
    const line = await aLine()
    await aSource(line, 'shop-1')
    const phone = aPhone()
    const start = (more: { sourceExternalId?: string } = {}, to = phone) =>
      line.manager.startChat({ channelId: line.channel.id, phone: to, message: { text: 'Hi' }, ...more })
    const all = await Promise.all([
      start(),
      start(),
      start({}, phone.replace('+', '')),
      start({ sourceExternalId: 'shop-1' }),
    ])
    const [one, two, three, other] = all.map(({ chat }) => chat.id)
    expect([two, three]).toEqual([one, one])
    expect(other).not.toBe(one)
    expect((await start({ sourceExternalId: 'shop-1' })).chat).toMatchObject({ id: other, source: 'shop-1' })
    const sources = new Map<string, unknown>()
    for (let left = 5; left > 0; left -= 1) {
      const { message } = await nextHook(line)
      sources.set(message.conversation.id, message.source)
    }
    expect(sources).toEqual(
      new Map([
        [one, undefined],
        [other, { external_id: 'shop-1' }],
      ]),
    )
    const contacts = await world.deps.db
      .selectFrom('contact')
      .select('id')
      .where('account_id', '=', line.channel.account.id)
      .execute()
    expect(contacts).toHaveLength(1)
  })

  test('under the same message id is one message and one hook', async () => {
    const line = await aLine()
    const body = { channelId: line.channel.id, phone: aPhone(), message: { id: randomUUID(), text: 'Once' } }
    const both = await Promise.all([line.manager.startChat(body), line.manager.startChat(body)])
    const again = await line.manager.startChat({ ...body, phone: aPhone() })
    const ids = [...both, again].map(({ chat, message }) => [chat.id, message.id])
    expect(new Set(ids.map(String)).size).toBe(1)
    await line.manager.sendText(again.chat.id, 'Last')
    expect((await nextHook(line)).message.message.text).toBe('Once')
    expect((await nextHook(line)).message.message.text).toBe('Last')
    expect((await line.manager.listChats()).items).toHaveLength(1)
  })

  test('under the id of another message makes nothing', async () => {
    const line = await aLine()
    const { chat, message } = await line.manager.startChat({
      channelId: line.channel.id,
      phone: aPhone(),
      message: { text: 'Hi' },
    })
    const admin = await line.channel.account.asAdmin()
    const taken = { channelId: line.channel.id, phone: aPhone(), message: { id: message.id, text: 'Hi' } }
    await expect(admin.startChat(taken)).rejects.toMatchObject({ status: 409 })
    expect((await admin.listChats()).items.map(({ id }) => id)).toEqual([chat.id])
  })

  test('is of version 2 also where answers are of version 1', async () => {
    const line = await aLine({ hookVersion: 'v1' })
    const { chat } = await line.manager.startChat({
      channelId: line.channel.id,
      phone: aPhone(),
      message: { text: 'Hi' },
    })
    expect((await nextHook(line)).message.conversation).toEqual({ id: chat.id })
  })

  test('to a contact with an open lead is a talk on it', async () => {
    const line = await aLine()
    const phone = aPhone()
    const ids = await line.channel.send(aNewMessage({ sender: aSender({ profile: { phone } }) }))
    const { lead } = await line.manager.getChat(ids.conversation_id as ChatId)
    await line.manager.acceptLead(lead!.id)
    const other = await aLine({ account: line.channel.account })
    const contactId = lead!.contact!.id
    for (const more of [{ phone }, { phone: aPhone(), contactId }]) {
      const { chat } = await line.manager.startChat({ channelId: other.channel.id, message: { text: 'Hi' }, ...more })
      expect(chat).toMatchObject({ client: { name: 'Nora Lind', phone: more.phone }, lead: { id: lead!.id } })
    }
  })

  test('to a contact that the writer may not see is refused as to none; one he may not change stays as it is', async () => {
    const startAs = async (view: 'own' | 'all') => {
      const line = await aLine()
      const { account } = line.channel
      const admin = await account.asAdmin()
      const kim = await admin.post<{ id: number }>('/contacts', { name: 'Kim', responsibleUserId: account.admin.id })
      await giveRole(world, account, account.manager, {
        ...MANAGER_RIGHTS,
        contacts: { ...MANAGER_RIGHTS.contacts, view, edit: 'own' },
      })
      const answer = await line.manager.request('POST', '/chats', {
        ...{ channelId: line.channel.id, phone: aPhone(), contactId: kim.id },
        message: { id: randomUUID(), text: 'Hi' },
      })
      return { answer, kim: await admin.get(`/contacts/${kim.id}`) }
    }
    const { answer: refused } = await startAs('own')
    expect(refused.status).toBe(400)
    expect(await refused.json()).toMatchObject({ error: { details: { field: 'contactId' } } })
    const { answer, kim } = await startAs('all')
    expect(answer.status).toBe(200)
    expect(kim).toMatchObject({ name: 'Kim', phone: null })
  })

  test('can begin with a file', async () => {
    const line = await aLine()
    const { id } = await line.manager.uploadFile(Buffer.from('%PDF-1.4\n%%EOF\n'), { name: 'bill.pdf' })
    await line.manager.startChat({
      channelId: line.channel.id,
      phone: aPhone(),
      message: { text: 'Your bill', file: { id, name: 'bill.pdf' } },
    })
    const { message } = (await nextHook(line)).message
    expect(message).toMatchObject({ type: 'file', text: 'Your bill', file_name: 'bill.pdf' })
    expect((await fetch(message.media)).status).toBe(200)
  })
})

test('the connections tell on which it can be done', async () => {
  const account = await world.anAccount()
  const open = await aLine({ account })
  const closed = await aLine({ account, settings: { write_first: false } })
  const old = await aLine({ account, webhookUrl: null, hookVersion: 'v1' })
  const able = async () => {
    const { items } = await open.manager.get<{ items: Connection[] }>('/connections')
    expect(items.map(({ channelId }) => channelId).sort()).toEqual(
      [open, closed, old].map(({ channel }) => channel.id).sort(),
    )
    return items.filter(({ canWriteFirst }) => canWriteFirst).map(({ channelId }) => channelId)
  }
  expect(await able()).toEqual([open.channel.id])
  await open.channel.disconnect()
  expect(await able()).toEqual([])
})

describe('writing first is refused', () => {
  test.each<[string, number, ChannelOptions]>([
    ['on a channel that does not allow it', 409, { settings: { write_first: false } }],
    ['on one without an address for version 2', 409, { webhookUrl: null, hookVersion: 'v1' }],
  ])('%s', async (_, status, options) => {
    const line = await aLine(options)
    const body = { channelId: line.channel.id, phone: aPhone(), message: { text: 'Hi' } }
    await expect(line.manager.startChat(body)).rejects.toMatchObject({ status })
    expect((await line.manager.listChats()).items).toEqual([])
  })

  test('on a disconnected channel, or one of another account', async () => {
    const line = await aLine()
    const body = { channelId: line.channel.id, phone: aPhone(), message: { text: 'Hi' } }
    const stranger = await (await world.anAccount()).asManager()
    await expect(stranger.startChat(body)).rejects.toMatchObject({ status: 404 })
    await line.channel.disconnect()
    await expect(line.manager.startChat(body)).rejects.toMatchObject({ status: 409 })
  })

  test.each<[string, string, Record<string, unknown>]>([
    ['something that is no number', 'phone', { phone: 'Nora' }],
    ['an empty number', 'phone', { phone: ' ' }],
    ['a number with U+0000', 'phone', { phone: '+4670\0' }],
    ['an unknown source', 'sourceExternalId', { sourceExternalId: 'nowhere' }],
    ['an unknown contact', 'contactId', { contactId: 5 }],
    ['a contact beyond numbers', 'contactId', { contactId: 1e300 }],
    ['a largest contact', 'contactId', { contactId: Number.MAX_SAFE_INTEGER }],
    ['no UUID', 'channelId', { channelId: 'harbor' }],
    ['a name with half a character', 'name', { name: 'a\uD83D' }],
    ['no message', 'message', { message: undefined }],
  ])('with %s', async (_, field, given) => {
    const line = await aLine()
    const body = { channelId: line.channel.id, phone: aPhone(), message: { id: randomUUID(), text: 'Hi' }, ...given }
    const answer = await line.manager.request('POST', '/chats', body)
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain(`"message":"${field}`)
    expect((await line.manager.listChats()).items).toEqual([])
  })

  test('to whoever has no session', async () => {
    const answer = await fetch(`${world.url}/api/app/v1/chats`, { method: 'POST', body: '{}' })
    expect(answer.status).toBe(401)
  })
})
