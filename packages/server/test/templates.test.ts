import type { ChatId, FilledTemplate, NewTemplateInput, Template } from '@parley/protocol/model'
import { type AppClient, aNewMessage, startTestWorld, type TestWorld } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let world: TestWorld
beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())

async function people() {
  const account = await world.anAccount()
  return { account, admin: await account.asAdmin(), manager: await account.asManager() }
}

const make = (client: AppClient, template: Partial<NewTemplateInput> = {}) =>
  client.post<Template>('/templates', { name: 'Greeting', text: 'Hello {{contact.name|there}}', ...template })
const list = async (client: AppClient) => (await client.get<{ items: Template[] }>('/templates')).items
const namesOf = async (client: AppClient) => (await list(client)).map(({ name }) => name)

describe('templates', () => {
  test('shared ones are everybody’s, one’s own nobody else’s', async () => {
    const { account, admin, manager } = await people()
    const stream = await manager.openStream()
    const shared = await make(admin, { name: 'Shared', isShared: true })
    const own = await make(manager, { name: 'Own', language: 'es', buttons: [[{ text: 'Yes' }, { text: 'No' }]] })
    expect(shared).toMatchObject({ ownerId: null, text: 'Hello {{contact.name|there}}', buttons: [], useCount: 0 })
    expect(own).toMatchObject({
      ownerId: account.manager.id,
      language: 'es',
      buttons: [[{ text: 'Yes' }, { text: 'No' }]],
    })
    expect(await list(manager)).toEqual([shared, own])
    expect(await list(admin)).toEqual([shared])
    expect((await admin.request('GET', `/templates/${own.id}`)).status).toBe(404)
    expect((await admin.request('PATCH', `/templates/${own.id}`, { name: 'Mine' })).status).toBe(404)
    expect((await admin.request('DELETE', `/templates/${own.id}`)).status).toBe(404)
    await stream.waitForEvent((event) => event.topic === 'templates' && event.actorId === account.admin.id)
    stream.close()
  })

  test('what one keeps for oneself is told to nobody else', async () => {
    const { account, admin, manager } = await people()
    const stream = await admin.openStream()
    await make(manager)
    await make(admin, { isShared: true })
    const told = await stream.waitForEvent((event) => event.topic === 'templates')
    expect(told.actorId).toBe(account.admin.id)
    stream.close()
  })

  test('only admins change shared ones', async () => {
    const { admin, manager } = await people()
    const shared = await make(admin, { isShared: true })
    const own = await make(manager)
    const path = `/templates/${shared.id}`
    expect((await manager.request('POST', '/templates', { name: 'N', text: 'T', isShared: true })).status).toBe(403)
    expect((await manager.request('PATCH', path, { name: 'Mine' })).status).toBe(403)
    expect((await manager.request('PATCH', `/templates/${own.id}`, { isShared: true })).status).toBe(403)
    expect((await manager.request('DELETE', path)).status).toBe(403)
    expect((await manager.request('PUT', '/templates/order', { ids: [shared.id] })).status).toBe(403)
    expect(await list(admin)).toEqual([shared])
  })

  test('are changed in part, put in order, and deleted', async () => {
    const { admin } = await people()
    const [a, b, c] = [
      await make(admin, { name: 'A', isShared: true }),
      await make(admin, { name: 'B', isShared: true }),
      await make(admin, { name: 'C', isShared: true }),
    ]
    const changed = await admin.patch<Template>(`/templates/${a.id}`, { text: 'Bye', buttons: [[{ text: 'OK' }]] })
    expect(changed).toMatchObject({ name: 'A', text: 'Bye', buttons: [[{ text: 'OK' }]] })
    await admin.put('/templates/order', { ids: [c.id, a.id] })
    expect(await namesOf(admin)).toEqual(['C', 'A', 'B'])
    await admin.delete(`/templates/${a.id}`)
    expect(await namesOf(admin)).toEqual(['C', 'B'])
    expect((await admin.request('PUT', '/templates/order', { ids: [b.id, a.id] })).status).toBe(404)
  })

  test('may carry files that were uploaded', async () => {
    const { manager } = await people()
    const file = await manager.uploadFile(Buffer.from('Prices'), { name: 'prices.txt' })
    const template = await make(manager, { text: '', files: [{ id: file.id, name: 'prices.txt' }] })
    expect(template.files).toEqual([{ file }])
    expect((await manager.request('PATCH', `/templates/${template.id}`, { files: [] })).status).toBe(400)
    const foreign = await (await world.anAccount()).asManager()
    const theirs = await foreign.request('POST', '/templates', { name: 'N', files: [{ id: file.id, name: 'x' }] })
    expect(theirs.status).toBe(400)
  })

  test.each([
    [{ name: ' ', text: 'Hi' }, 'name'],
    [{ name: 'N' }, 'text'],
    [{ name: 'N', text: 'Hi', language: 'xx' }, 'language'],
    [{ name: 'N', text: 'Hi', buttons: [[{ text: 'A' }, { text: 'B', url: 'https://example.net' }]] }, 'buttons'],
  ])('%j is refused', async (wish, field) => {
    const { manager } = await people()
    const answer = await manager.request('POST', '/templates', wish)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ error: { details: { field } } })
  })
})

describe('a template in a chat', () => {
  test('is filled with its values, goes out as hook markup, and is counted', async () => {
    const hook = await world.aHookReceiver()
    const channel = await world.aChannel({ hook })
    const sent = await channel.send(aNewMessage({ sender: { id: 'nora', name: 'Nora Lind' } }))
    const chatId = sent.conversation_id as ChatId
    const manager = await channel.account.asManager()
    const buttons = [[{ text: 'Ship' }, { text: 'Wait' }]]
    const template = await make(manager, {
      text: 'Hello {{contact.first_name}}, {{lead.price|soon}} {{contact.phone}}',
      buttons,
      externalId: 'ship-question',
    })
    const filled = await manager.get<FilledTemplate>(`/chats/${chatId}/templates/${template.id}`)
    expect(filled).toEqual({
      text: 'Hello Nora, soon {{contact.phone}}',
      missing: ['{{contact.phone}}'],
      template: {
        id: template.id,
        externalId: 'ship-question',
        content: 'Hello {{contact.first_name}}, {{lead.price|soon}} {{contact.phone}}',
        params: [
          { key: '{{contact.first_name}}', value: 'Nora' },
          { key: '{{lead.price|soon}}', value: 'soon' },
        ],
      },
    })
    await manager.sendMessage(chatId, { text: 'Hello Nora, soon 112', template: filled.template, buttons })
    const { message } = (await hook.next()).json().message
    expect(message).toMatchObject({
      text: 'Hello Nora, soon 112',
      markup: { mode: 'inline', buttons },
      template: { id: template.id, external_id: 'ship-question', params: [{ value: 'Nora' }, { value: 'soon' }] },
    })
    expect((await list(manager))[0]?.useCount).toBe(1)
    const stranger = await (await world.anAccount()).asAdmin()
    expect((await stranger.request('GET', `/chats/${chatId}/templates/${template.id}`)).status).toBe(404)
  })
})
