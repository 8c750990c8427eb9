import type { ChatId } from '@parley/protocol/model'
import { aNewMessage, aSender, startTestWorld, type TestWorld } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const PARLEY_SECRET_KEY = 'ab'.repeat(32)

let world: TestWorld
beforeAll(async () => {
  world = await startTestWorld({ env: { PARLEY_SECRET_KEY } })
})
afterAll(() => world.stop())

describe('the event stream', () => {
  test('brings a message with its chat, its lead and the notification', async () => {
    const channel = await world.aChannel()
    const manager = await channel.account.asManager()
    const stream = await manager.openStream({ after: (await manager.listChats()).seq })
    await channel.send(aNewMessage({ text: 'Hello' }))
    expect(await stream.waitForEvent('message.received')).toMatchObject({
      message: { text: 'Hello', direction: 'in', status: 'received' },
    })
    expect(await stream.waitForEvent('lead.created')).toMatchObject({ lead: { isIncoming: true } })
    const notice = await stream.waitForEvent('notification.created')
    expect(notice).toMatchObject({
      notification: { kind: 'incoming_lead', isRead: false, text: 'Hello' },
      chat: { unread: 1, lastMessage: { text: 'Hello' }, lead: { isIncoming: true } },
    })
    stream.close()
  })

  test.each(['after', 'lastEventId'] as const)(
    'resumed by %s it brings what was missed, in order and without gaps',
    async (how) => {
      const channel = await world.aChannel()
      const manager = await channel.account.asManager()
      const before = (await manager.listChats()).seq
      for (let index = 0; index < 5; index += 1) await channel.send(aNewMessage({ text: `missed ${index}` }))
      const stream = await manager.openStream({ [how]: before })
      await channel.send(aNewMessage({ text: 'live' }))
      await stream.waitForEvent((event) => event.message?.text === 'live')
      const texts = stream.events.flatMap((event) => event.message?.text ?? [])
      expect(texts).toEqual(['missed 0', 'missed 1', 'missed 2', 'missed 3', 'missed 4', 'live'])
      const seqs = stream.frames.map(({ seq }) => seq)
      expect(seqs).toEqual(seqs.map((_, index) => before + 1 + index))
      stream.close()
    },
  )

  test('of somebody too far behind is reset', async () => {
    const channel = await world.aChannel()
    const { id } = channel.account
    const manager = await channel.account.asManager()
    await world.deps.db.updateTable('account_seq').set({ last_seq: 50_000 }).where('account_id', '=', id).execute()
    const stream = await manager.openStream({ after: 3 })
    expect(await stream.waitForReset()).toEqual({ type: 'reset', seq: 50_000 })
    await channel.send(aNewMessage())
    expect((await stream.waitForEvent('message.received')).seq).toBe(50_001)
    stream.close()
  })

  test('whose events were cleared away is reset', async () => {
    const channel = await world.aChannel()
    const manager = await channel.account.asManager()
    await channel.send(aNewMessage())
    await channel.send(aNewMessage())
    await world.deps.db.deleteFrom('event').where('account_id', '=', channel.account.id).where('seq', '<', 4).execute()
    const stream = await manager.openStream({ after: 1 })
    expect((await stream.waitForReset()).type).toBe('reset')
    stream.close()
  })

  test('says nothing of other accounts', async () => {
    const [channel, other] = [await world.aChannel(), await world.aChannel()]
    const stream = await (await channel.account.asManager()).openStream({ after: 0 })
    await other.send(aNewMessage({ text: 'not for you' }))
    await channel.send(aNewMessage({ text: 'for you' }))
    await stream.waitForEvent((event) => event.message?.text === 'for you')
    expect(stream.events.every((event) => event.message?.text !== 'not for you')).toBe(true)
    stream.close()
  })

  test('tells a reader alone that he has read his notifications', async () => {
    const channel = await world.aChannel()
    const [manager, admin] = [await channel.account.asManager(), await channel.account.asAdmin()]
    const { conversation_id } = await channel.send(aNewMessage())
    const after = (await manager.listChats()).seq
    const [his, hers] = [await manager.openStream({ after }), await admin.openStream({ after })]
    await manager.readChat(conversation_id as ChatId)
    expect(await his.waitForEvent('notification.read')).toMatchObject({ unreadNotifications: { unread: 0 } })
    await channel.send(aNewMessage({ conversation_id: 'other', sender: aSender() }))
    await hers.waitForEvent('message.received')
    expect(hers.events.map(({ type }) => type)).not.toContain('notification.read')
    for (const stream of [his, hers]) stream.close()
  })

  test('of an accepted and a declined lead brings the lead, or that it is gone', async () => {
    const channel = await world.aChannel()
    const manager = await channel.account.asManager()
    const chats = [await channel.send(aNewMessage()), await channel.send(aNewMessage())]
    const [first, second] = await Promise.all(
      chats.map(({ conversation_id }) => manager.getChat(conversation_id as ChatId)),
    )
    const stream = await manager.openStream({ after: (await manager.listChats()).seq })
    await manager.acceptLead(first!.lead!.id)
    expect(await stream.waitForEvent('lead.accepted')).toMatchObject({
      lead: { isIncoming: false },
      chat: { lead: { isIncoming: false } },
    })
    await manager.declineLead(second!.lead!.id)
    expect(await stream.waitForEvent('lead.declined')).toMatchObject({
      removedLeadId: second!.lead!.id,
      chat: { lead: null },
    })
    stream.close()
  })

  test('from another node comes too', async () => {
    const channel = await world.aChannel()
    const node = await startTestWorld({
      env: { PARLEY_DATABASE_URL: world.databaseUrl, PARLEY_SECRET_KEY },
      clock: 'system',
    })
    const manager = await channel.account.asManager()
    const answer = await fetch(`${node.url}/realtime`, { headers: { cookie: manager.cookie } })
    expect(answer.status).toBe(200)
    await channel.send(aNewMessage({ text: 'over there' }))
    let text = ''
    for await (const chunk of answer.body!) {
      text += Buffer.from(chunk).toString()
      if (text.includes('over there')) break
    }
    expect(text).toContain('over there')
    await node.stop()
  })

  test('ends when the server stops, so that the stop is not held up', async () => {
    const own = await startTestWorld()
    const stream = await (await (await own.anAccount()).asManager()).openStream()
    await own.stop()
    await expect(stream.waitForEvent('message.received', 2000)).rejects.toThrow('closed')
  })
})
