import { randomUUID } from 'node:crypto'
import type { ChatId, Colleague, LeadId, Note, Page } from '@parley/protocol/model'
import {
  type AppClient,
  aNewMessage,
  giveRole,
  type HookReceiver,
  OWN_ONLY,
  startTestWorld,
  type TestChannel,
  type TestWorld,
} from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const SECRET = 'He will pay late again'

let world: TestWorld
beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())

interface Setup {
  hook: HookReceiver
  channel: TestChannel
  chatId: ChatId
  leadId: LeadId
  manager: AppClient
}

async function aChat(): Promise<Setup> {
  const hook = await world.aHookReceiver()
  const channel = await world.aChannel({ hook, events: ['messages', 'typing'] })
  const ids = await channel.send(aNewMessage({ conversation_id: 'hc-1', text: 'Is it in stock?', at: world.now() }))
  const chatId = ids.conversation_id as ChatId
  const manager = await channel.account.asManager()
  return { hook, channel, chatId, leadId: (await manager.getChat(chatId)).lead!.id, manager }
}

const write = async (client: AppClient, path: string, text: string, more: object = {}) =>
  (await client.post<{ note: Note }>(`${path}/notes`, { id: randomUUID(), text, ...more })).note

describe('a note in a chat', () => {
  test('stands at its place between the messages, for every colleague, live', async () => {
    const { chatId, manager, channel } = await aChat()
    const admin = await channel.account.asAdmin()
    const stream = await admin.openStream()
    await world.clock.advance(1000)
    const note = await write(manager, `/chats/${chatId}`, SECRET)
    await world.clock.advance(1000)
    await manager.sendText(chatId, 'It is')
    expect(note).toMatchObject({
      chatId,
      text: SECRET,
      author: { id: channel.account.manager.id, name: 'Max Berg' },
      mentions: [],
      editedAt: null,
      isDeleted: false,
    })
    const page = await admin.listMessages(chatId)
    expect(page.notes).toEqual([note])
    expect(page.items.map(({ text }) => text)).toEqual(['It is', 'Is it in stock?'])
    expect(page.items.map(({ sentAt }) => sentAt > note.createdAt)).toEqual([true, false])
    const event = await stream.waitForEvent('note.added')
    expect(event).toMatchObject({ note, actorId: channel.account.manager.id })
    stream.close()
  })

  test('the same id again is the same note; another’s id is refused', async () => {
    const { chatId, manager, channel } = await aChat()
    const id = randomUUID()
    const first = await write(manager, `/chats/${chatId}`, 'Once', { id })
    expect(await write(manager, `/chats/${chatId}`, 'Once', { id: id.toUpperCase() })).toEqual(first)
    const admin = await channel.account.asAdmin()
    const taken = await admin.request('POST', `/chats/${chatId}/notes`, { id, text: 'Mine' })
    expect(taken.status).toBe(409)
    expect((await manager.listMessages(chatId)).notes).toHaveLength(1)
  })

  test('is a note of its lead, too; one on the lead is not in the chat', async () => {
    const { chatId, leadId, manager } = await aChat()
    const ofChat = await write(manager, `/chats/${chatId}`, 'In the chat')
    await world.clock.advance(1000)
    const ofLead = await write(manager, `/leads/${leadId}`, 'On the card')
    expect(ofChat.leadId).toBe(leadId)
    expect(ofLead).toMatchObject({ leadId, chatId: null })
    expect(await manager.get<Page<Note>>(`/leads/${leadId}/notes`)).toEqual({ items: [ofLead, ofChat], next: null })
    expect(await manager.get<Page<Note>>(`/chats/${chatId}/notes`)).toEqual({ items: [ofChat], next: null })
    const first = await manager.get<Page<Note>>(`/leads/${leadId}/notes?limit=1`)
    expect(first.items).toEqual([ofLead])
    expect(await manager.get<Page<Note>>(`/leads/${leadId}/notes?limit=1&before=${first.next}`)).toEqual({
      items: [ofChat],
      next: null,
    })
  })

  test('goes along when its lead is linked to another', async () => {
    const { channel, chatId, manager } = await aChat()
    const other = await channel.send(aNewMessage({ conversation_id: 'hc-2', at: world.now() }))
    const into = (await manager.getChat(other.conversation_id as ChatId)).lead!
    await manager.acceptLead(into.id)
    const onTarget = await write(manager, `/leads/${into.id}`, 'Known')
    await world.clock.advance(1000)
    const inChat = await write(manager, `/chats/${chatId}`, 'The same person')
    await manager.post(`/leads/${inChat.leadId}/link`, { leadId: into.id })
    const listed = async (query = '') => (await manager.get<Page<Note>>(`/leads/${into.id}/notes${query}`)).items
    expect(await listed()).toEqual([inChat, onTarget])
    const first = await manager.get<Page<Note>>(`/leads/${into.id}/notes?limit=1`)
    expect(await listed(`?limit=1&before=${first.next}`)).toEqual([onTarget])
    await manager.post(`/leads/${inChat.leadId}/restore`)
    expect(await listed()).toEqual([onTarget])
  })

  test('who wrote it edits and deletes it: a stone without a word of it stays', async () => {
    const { chatId, manager, channel } = await aChat()
    const note = await write(manager, `/chats/${chatId}`, SECRET)
    const admin = await channel.account.asAdmin()
    expect((await admin.request('PATCH', `/notes/${note.id}`, { text: 'No' })).status).toBe(403)
    expect((await admin.request('DELETE', `/notes/${note.id}`)).status).toBe(403)
    await world.clock.advance(1000)
    const stream = await admin.openStream()
    const { note: edited } = await manager.patch<{ note: Note }>(`/notes/${note.id}`, { text: 'He pays' })
    expect(edited).toEqual({ ...note, text: 'He pays', editedAt: note.createdAt + 1000 })
    expect((await stream.waitForEvent('note.changed')).note).toEqual(edited)
    const { note: gone } = await manager.delete<{ note: Note }>(`/notes/${note.id}`)
    expect(gone).toMatchObject({ id: note.id, text: '', isDeleted: true })
    expect((await stream.waitForEvent((event) => event.note?.isDeleted === true)).note?.text).toBe('')
    expect((await manager.delete<{ note: Note }>(`/notes/${note.id}`)).note).toEqual(gone)
    expect((await manager.request('PATCH', `/notes/${note.id}`, { text: 'Back' })).status).toBe(409)
    expect((await manager.listMessages(chatId)).notes).toEqual([gone])
    stream.close()
  })

  test.each([
    [{ text: ' ' }, 'text'],
    [{ text: 'x'.repeat(20_001) }, 'text'],
    [{ id: '1' }, 'id'],
    [{ mentions: ['Ana'] }, 'mentions.0'],
  ])('%j is refused', async (wrong, field) => {
    const { chatId, manager } = await aChat()
    const answer = await manager.request('POST', `/chats/${chatId}/notes`, { id: randomUUID(), text: 'Hi', ...wrong })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ error: { details: { field } } })
  })
})

describe('a mention', () => {
  test('names colleagues who may see the chat, and nobody else', async () => {
    const { chatId, leadId, manager, channel } = await aChat()
    const { account } = channel
    const shut = await account.aUser({ name: 'Shut Out' })
    await giveRole(world, account, shut, OWN_ONLY)
    await manager.acceptLead(leadId)
    const people = await manager.get<{ items: Colleague[] }>(`/chats/${chatId}/people`)
    expect(people.items.map(({ name }) => name)).toEqual(['Ana Silva', 'Max Berg'])
    const note = await write(manager, `/chats/${chatId}`, 'Ask @ana silva, not @Shut Out. I am @Max Berg, a@Ana Silva.')
    expect(note.mentions).toEqual([{ userId: account.admin.id, name: 'Ana Silva' }])
    const stored = await world.deps.db
      .selectFrom('note')
      .select(['mentions', 'mention_names'])
      .where('account_id', '=', account.id)
      .executeTakeFirstOrThrow()
    expect(stored).toEqual({ mentions: [String(account.admin.id)], mention_names: ['Ana Silva'] })
  })

  test('of two of one name means who was picked', async () => {
    const { chatId, manager, channel } = await aChat()
    const [first, second] = [
      await channel.account.aUser({ name: 'Kim Park' }),
      await channel.account.aUser({ name: 'Kim Park' }),
    ]
    const picked = await write(manager, `/chats/${chatId}`, '@Kim Park?', { mentions: [second.id] })
    expect(picked.mentions).toEqual([{ userId: second.id, name: 'Kim Park' }])
    expect((await write(manager, `/chats/${chatId}`, '@Kim Park?')).mentions[0]?.userId).toBe(first.id)
  })
})

test('nothing of a note reaches the client: no hook, no typing, no history, no message', async () => {
  const { hook, chatId, manager, channel } = await aChat()
  await manager.post(`/chats/${chatId}/typing`, { writing: 'note' })
  const note = await write(manager, `/chats/${chatId}`, SECRET)
  await manager.patch(`/notes/${note.id}`, { text: `${SECRET}!` })
  await manager.put(`/chats/${chatId}/drafts/note`, { version: 0, text: `${SECRET}?` })
  await manager.sendText(chatId, 'Yes, it is')
  const received = await hook.next()
  expect(received.json().message.message.text).toBe('Yes, it is')
  expect(hook.requests).toHaveLength(1)

  const answer = await channel.get(`/chats/${chatId}/history`)
  const history = await answer.text()
  expect(answer.status).toBe(200)
  expect(history).toContain('Yes, it is')
  expect(history).not.toContain('pay late')

  // A note cannot be quoted, forwarded, reacted to or asked for as if it were a message.
  for (const wrong of [{ text: 'See', replyToId: note.id }, { forwardOfId: note.id }])
    expect((await manager.request('POST', `/chats/${chatId}/messages`, { id: randomUUID(), ...wrong })).status).toBe(
      400,
    )
  const reaction = await manager.request('PUT', `/chats/${chatId}/messages/${note.id}/reaction`, { emoji: '👍' })
  expect(reaction.status).toBe(404)
  const { rows } = await world.deps.hotPool.query('select id from message where account_id = $1 and body like $2', [
    channel.account.id,
    '%pay late%',
  ])
  expect(rows).toEqual([])
  expect(JSON.stringify((await manager.listChats()).items)).not.toContain('pay late')
})

describe('who may not see the chat', () => {
  test('neither reads nor writes its notes, and its stream tells nothing of them', async () => {
    const { chatId, leadId, manager, channel } = await aChat()
    await manager.acceptLead(leadId)
    const note = await write(manager, `/chats/${chatId}`, SECRET)
    const user = await channel.account.aUser()
    await giveRole(world, channel.account, user, OWN_ONLY)
    const client = await user.logIn()
    for (const path of [`/chats/${chatId}`, `/leads/${leadId}`]) {
      expect((await client.request('GET', `${path}/notes`)).status).toBe(404)
      expect((await client.request('GET', `${path}/people`)).status).toBe(404)
      expect((await client.request('POST', `${path}/notes`, { id: randomUUID(), text: 'Hi' })).status).toBe(404)
    }
    expect((await client.request('PATCH', `/notes/${note.id}`, { text: 'Hi' })).status).toBe(404)
    const stream = await client.openStream()
    await write(manager, `/chats/${chatId}`, `${SECRET}, really`)
    const onLead = await write(manager, `/leads/${leadId}`, `${SECRET}, on the card`)
    const hidden = await stream.waitForEvent((event) => event.hiddenLeadId === leadId && event.type === 'hidden')
    expect(hidden.note).toBeUndefined()
    expect(JSON.stringify(stream.events)).not.toContain(SECRET)
    expect(onLead.text).toContain(SECRET)
    stream.close()
  })

  test('another account finds nothing', async () => {
    const { chatId, manager } = await aChat()
    const note = await write(manager, `/chats/${chatId}`, SECRET)
    const stranger = await (await world.anAccount()).asAdmin()
    expect((await stranger.request('DELETE', `/notes/${note.id}`)).status).toBe(404)
    expect((await stranger.request('GET', `/chats/${chatId}/notes`)).status).toBe(404)
  })
})
