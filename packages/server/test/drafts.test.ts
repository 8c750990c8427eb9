import { randomUUID } from 'node:crypto'
import type { ChatId, Draft, DraftPage, MessageId, SaveDraftInput } from '@parley/protocol/model'
import { type AppClient, aNewMessage, aPng, giveRole, OWN_ONLY, startTestWorld, type TestWorld } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let world: TestWorld
beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())

async function aChat() {
  const channel = await world.aChannel({ settings: { supports_reply: true } })
  const ids = await channel.send(aNewMessage())
  return {
    channel,
    chatId: ids.conversation_id as ChatId,
    messageId: ids.msgid as MessageId,
    manager: await channel.account.asManager(),
  }
}

const put = (client: AppClient, chatId: ChatId, draft: SaveDraftInput, kind = 'reply') =>
  client.request('PUT', `/chats/${chatId}/drafts/${kind}`, draft)
const save = async (client: AppClient, chatId: ChatId, draft: SaveDraftInput, kind = 'reply') =>
  (await client.put<{ draft: Draft }>(`/chats/${chatId}/drafts/${kind}`, draft)).draft
const list = async (client: AppClient) => (await client.get<DraftPage>('/drafts')).items

describe('a draft', () => {
  test('is there on every screen of who writes it, and on nobody else’s', async () => {
    const { chatId, messageId, manager, channel } = await aChat()
    const file = await manager.uploadFile(aPng(40, 30, '#336699'), { name: 'offer.png' })
    const [his, hers] = [await manager.openStream(), await (await channel.account.asAdmin()).openStream()]
    const template = {
      id: 601,
      content: 'Hello {{contact.name}}',
      params: [{ key: '{{contact.name}}', value: 'Nora' }],
    }
    const draft = await save(manager, chatId, {
      version: 0,
      text: 'Hello Nora',
      replyToId: messageId,
      files: [{ id: file.id, name: 'offer.png', as: 'file' }],
      isAsFiles: true,
      buttons: [[{ text: 'Yes' }, { text: 'No' }]],
      template,
      since: { id: messageId, sentAt: 5 },
    })
    expect(draft).toMatchObject({
      chatId,
      kind: 'reply',
      version: 1,
      text: 'Hello Nora',
      replyTo: { id: messageId },
      files: [{ file, as: 'file' }],
      isAsFiles: true,
      buttons: [[{ text: 'Yes' }, { text: 'No' }]],
      template,
      since: { id: messageId, sentAt: 5 },
    })
    expect(await list(manager)).toEqual([draft])
    const event = await his.waitForEvent('draft.changed')
    expect(event.draft).toEqual(draft)
    await channel.send(aNewMessage({ text: 'News' }))
    await hers.waitForEvent((one) => one.message?.text === 'News')
    expect(hers.events.map(({ type }) => type)).not.toContain('draft.changed')
    expect(await list(await channel.account.asAdmin())).toEqual([])
    for (const stream of [his, hers]) stream.close()
  })

  test('of a reply and of a note stand side by side', async () => {
    const { chatId, manager } = await aChat()
    await save(manager, chatId, { version: 0, text: 'To the client' })
    await save(manager, chatId, { version: 0, text: 'To the team' }, 'note')
    expect((await list(manager)).map(({ kind, text }) => [kind, text])).toEqual([
      ['note', 'To the team'],
      ['reply', 'To the client'],
    ])
  })

  test('of an older version does not overwrite a newer one: the writer is told what stands there', async () => {
    const { chatId, manager } = await aChat()
    const first = await save(manager, chatId, { version: 0, text: 'Hel' })
    const second = await save(manager, chatId, { version: first.version, text: 'Hello' })
    for (const version of [0, 1, 3]) {
      const answer = await put(manager, chatId, { version, text: 'Other words' })
      expect(answer.status).toBe(409)
      expect(await answer.json()).toMatchObject({ error: { code: 'conflict', details: { draft: second } } })
    }
    expect(await list(manager)).toEqual([second])
  })

  test('two screens that save at once: one of them is refused', async () => {
    const { chatId, manager } = await aChat()
    await save(manager, chatId, { version: 0, text: 'Begun' })
    const answers = await Promise.all(['a', 'b', 'c'].map((text) => put(manager, chatId, { version: 1, text })))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    const fresh = await Promise.all(['a', 'b'].map((text) => put(manager, chatId, { version: 0, text }, 'note')))
    expect(fresh.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  test('that is emptied is gone, and its numbers go on', async () => {
    const { chatId, manager } = await aChat()
    expect(await save(manager, chatId, { version: 0, text: ' ' })).toMatchObject({ version: 0, text: '' })
    await save(manager, chatId, { version: 0, text: 'Hello' })
    const emptied = await save(manager, chatId, { version: 1, text: '' })
    expect(emptied).toMatchObject({ version: 2, text: '', files: [], replyTo: null })
    expect(await list(manager)).toEqual([])
    expect((await put(manager, chatId, { version: 0, text: 'Again' })).status).toBe(409)
    expect((await save(manager, chatId, { version: 2, text: 'Again' })).version).toBe(3)
  })

  test('does not carry a chat that the others wait for', async () => {
    const { chatId, manager, channel } = await aChat()
    const admin = await channel.account.asAdmin()
    const after = (await admin.listChats()).seq
    await manager.sendText(chatId, 'An answer')
    await save(manager, chatId, { version: 0, text: 'Next' })
    // Read in one go, as after a pause.
    const stream = await admin.openStream({ after })
    const event = await stream.waitForEvent((one) => one.chat?.id === chatId)
    expect(event.chat?.lastMessage?.text).toBe('An answer')
    stream.close()
  })

  test('pages by key', async () => {
    const { channel, manager } = await aChat()
    const chatIds: string[] = []
    for (let index = 0; index < 3; index += 1) {
      const { conversation_id } = await channel.send(aNewMessage())
      chatIds.push(conversation_id)
      await save(manager, conversation_id as ChatId, { version: 0, text: `Draft ${index}` })
    }
    const first = await manager.get<DraftPage>('/drafts?limit=2')
    const second = await manager.get<DraftPage>(`/drafts?limit=2&after=${first.next}`)
    expect([...first.items, ...second.items].map((draft) => draft.chatId)).toEqual(chatIds.toSorted())
    expect(second.next).toBeNull()
  })

  test.each([
    [{ version: -1, text: 'Hi' }, 400],
    [{ text: 'Hi' }, 400],
    [{ version: 0, text: 'x'.repeat(20_001) }, 400],
    [{ version: 0, files: [{ id: randomUUID(), name: 'gone' }] }, 400],
  ])('%j: %d', async (draft, status) => {
    const { chatId, manager } = await aChat()
    expect((await put(manager, chatId, draft as SaveDraftInput)).status).toBe(status)
    expect((await put(manager, chatId, { version: 0, text: 'Hi' }, 'letter')).status).toBe(400)
  })

  test('in a chat that one may not see (any more) is neither saved nor shown', async () => {
    const { chatId, manager, channel } = await aChat()
    await save(manager, chatId, { version: 0, text: 'Hi' })
    await giveRole(world, channel.account, channel.account.manager, OWN_ONLY)
    expect((await put(manager, chatId, { version: 1, text: 'Hi again' })).status).toBe(404)
    expect(await list(manager)).toEqual([])
    const stranger = await (await world.anAccount()).asAdmin()
    expect((await put(stranger, chatId, { version: 0, text: 'Hi' })).status).toBe(404)
  })
})
