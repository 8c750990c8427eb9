import { randomUUID } from 'node:crypto'
import type {
  AuditPage,
  ChatId,
  CustomField,
  FieldUse,
  InboxView,
  Lead,
  Pipeline,
  Source,
  SourceUse,
  Tag,
  TagUse,
} from '@parley/protocol/model'
import { aNewMessage, aSender, startTestWorld, type TestWorld, waitUntil } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let world: TestWorld

beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())

async function aLead() {
  const channel = await world.aChannel()
  const ids = await channel.send(aNewMessage({ sender: aSender({ id: randomUUID(), name: 'Nora Lind' }) }))
  const admin = await channel.account.asAdmin()
  const { lead } = await admin.getChat(ids.conversation_id as ChatId)
  return { channel, admin, lead: await admin.acceptLead(lead!.id) }
}

type Admin = Awaited<ReturnType<typeof aLead>>['admin']

const writtenOf = async (admin: Admin, actions: string) =>
  (await admin.get<AuditPage>(`/audit?actions=${actions}`)).items.map(({ action, actor, target, details }) => ({
    action,
    by: actor?.name,
    what: target?.name,
    details,
  }))

describe('fields', () => {
  test('what would go with one is counted, by option, too', async () => {
    const { admin, lead } = await aLead()
    const size = await admin.post<CustomField>('/fields', {
      ...{ entity: 'lead', type: 'multiselect', name: 'Size', options: [{ name: 'M' }, { name: 'L' }, { name: 'XL' }] },
    })
    const [m, l] = size.options
    expect(await admin.get<FieldUse>(`/fields/${size.id}/use`)).toEqual({ count: 0, options: [] })
    await admin.patch(`/leads/${lead.id}/fields`, { values: { [size.id]: [m!.id, l!.id] } })
    const use = await admin.get<FieldUse>(`/fields/${size.id}/use`)
    expect(use.count).toBe(1)
    expect(new Map(use.options.map(({ id, count }) => [id, count]))).toEqual(
      new Map([
        [m!.id, 1],
        [l!.id, 1],
      ]),
    )
  })

  test('each change is written down; moving one about is none', async () => {
    const { admin, lead } = await aLead()
    const add = (name: string) => admin.post<CustomField>('/fields', { entity: 'lead', type: 'text', name })
    const [frame] = [await add('Frame'), await add('Colour')]
    await admin.patch(`/leads/${lead.id}/fields`, { values: { [frame.id]: '54' } })
    await admin.patch(`/fields/${frame.id}`, { name: 'Frame size' })
    await admin.patch(`/fields/${frame.id}`, { afterId: 0 })
    await admin.delete(`/fields/${frame.id}`)
    await admin.delete(`/fields/${frame.id}`)
    const written = await writtenOf(admin, 'field.made,field.changed,field.deleted')
    expect(written.filter(({ what }) => what !== 'Colour').reverse()).toEqual([
      { action: 'field.made', by: 'Ana Silva', what: 'Frame', details: { entity: 'lead', type: 'text' } },
      {
        ...{ action: 'field.changed', by: 'Ana Silva', what: 'Frame size' },
        details: { name: { before: 'Frame', after: 'Frame size' } },
      },
      {
        ...{ action: 'field.changed', by: 'Ana Silva', what: 'Frame size' },
        details: { isHidden: { before: false, after: true } },
      },
      { action: 'field.deleted', by: 'Ana Silva', what: 'Frame size', details: { entity: 'lead', values: 1 } },
    ])
  })

  test('no stage asks for one that is gone', async () => {
    const { admin } = await aLead()
    const field = await admin.post<CustomField>('/fields', { entity: 'lead', type: 'text', name: 'Frame' })
    const [pipeline] = (await admin.listPipelines()).items
    const stage = pipeline!.stages.find(({ kind }) => kind === 'open')!
    const path = `/pipelines/${pipeline!.id}/stages/${stage.id}`
    const changed = await admin.patch<Pipeline>(path, { requiredFields: ['price', `field:${field.id}`] })
    expect(changed.stages.find(({ id }) => id === stage.id)!.requiredFields).toHaveLength(2)
    const stream = await admin.openStream()
    await admin.delete(`/fields/${field.id}`)
    await admin.delete(`/fields/${field.id}`)
    await stream.waitForEvent((event) => event.type === 'settings.changed' && event.topic === 'pipelines')
    stream.close()
    const [after] = (await admin.listPipelines()).items
    expect(after!.stages.find(({ id }) => id === stage.id)!.requiredFields).toEqual(['price'])
  })
})

test('what is asked of a pipeline that is not there, or is another account’s, is not found', async () => {
  const { admin } = await aLead()
  const [pipeline] = (await admin.listPipelines()).items
  const stranger = await (await world.anAccount()).asAdmin()
  const stage = pipeline!.stages[0]!.id
  for (const path of [`/pipelines/${pipeline!.id}/counts`, `/pipelines/${pipeline!.id}/stages/${stage}/leads`]) {
    expect((await admin.request('GET', path)).status).toBe(200)
    expect((await stranger.request('GET', path)).status).toBe(404)
  }
  for (const path of ['/pipelines/999999/counts', `/pipelines/${pipeline!.id}/stages/999999/leads`])
    expect((await admin.request('GET', path)).status).toBe(404)
})

test('tags: where they stand is counted, and what becomes of them is written down', async () => {
  const { admin, lead } = await aLead()
  const make = (name: string) => admin.post<Tag>('/tags', { name, hue: 1 })
  const [vip, big, old] = [await make('VIP'), await make('Big'), await make('Old')]
  await admin.patch(`/leads/${lead.id}`, { addTagIds: [vip.id, big.id] })
  const use = async () => (await admin.get<{ items: TagUse[] }>('/tags/use')).items
  expect(await use()).toEqual([
    { tagId: vip.id, leads: 1, contacts: 0 },
    { tagId: big.id, leads: 1, contacts: 0 },
  ])
  await admin.patch(`/tags/${vip.id}`, { hue: 4 })
  await admin.patch(`/tags/${vip.id}`, { hue: 4 })
  const view = await admin.post<InboxView>('/views', { name: 'Big ones', filters: { tagId: big.id }, sort: 'newest' })
  await admin.post(`/tags/${big.id}/merge`, { intoId: vip.id })
  expect((await admin.get<{ items: InboxView[] }>('/views')).items).toMatchObject([
    { id: view.id, filters: { tagId: vip.id } },
  ])
  await admin.delete(`/tags/${old.id}`)
  expect(await use()).toEqual([{ tagId: vip.id, leads: 1, contacts: 0 }])
  expect((await admin.get<Lead>(`/leads/${lead.id}`)).tags.map(({ id }) => id)).toEqual([vip.id])
  expect((await writtenOf(admin, 'tag.changed,tag.merged,tag.deleted')).reverse()).toEqual([
    { action: 'tag.changed', by: 'Ana Silva', what: 'VIP', details: { hue: { before: 1, after: 4 } } },
    { action: 'tag.merged', by: 'Ana Silva', what: 'Big', details: { into: 'VIP', leads: 1, contacts: 0 } },
    { action: 'tag.deleted', by: 'Ana Silva', what: 'Old', details: { leads: 0, contacts: 0 } },
  ])
  expect(await writtenOf(admin, 'tag.made')).toHaveLength(3)
})

test('sources: what came by each is counted, and what becomes of them is written down', async () => {
  const channel = await world.aChannel()
  const admin = await channel.account.asAdmin()
  const line = await admin.post<Source>(`/channels/${channel.id}/sources`, { externalId: 'line-1', name: 'Shop' })
  const write = (from: string, source?: string) =>
    channel.send(
      aNewMessage({
        ...{ sender: aSender({ id: from, name: from }), conversation_id: `chat-${from}` },
        ...(source && { source: { external_id: source } }),
      }),
    )
  await write('ana', 'line-1')
  await write('tom', 'line-1')
  await write('max')
  const use = async () => (await admin.get<{ items: SourceUse[] }>('/sources/use')).items
  await waitUntil('three conversations are counted', async () => (await use())[0]?.chats === 3)
  const when = expect.any(Number)
  expect(await use()).toEqual([
    { channelId: channel.id, externalId: null, chats: 3, lastActivityAt: when },
    { channelId: channel.id, externalId: 'line-1', chats: 2, lastActivityAt: when },
  ])
  await admin.patch(`/sources/${line.id}`, { name: 'Shop line', isDefault: true })
  await admin.delete(`/sources/${line.id}`)
  expect((await writtenOf(admin, 'source.made,source.changed,source.deleted')).reverse()).toEqual([
    {
      ...{ action: 'source.made', by: 'Ana Silva', what: 'Shop' },
      details: { channelId: channel.id, externalId: 'line-1', pipelineId: null, isDefault: false },
    },
    {
      ...{ action: 'source.changed', by: 'Ana Silva', what: 'Shop line' },
      details: { name: { before: 'Shop', after: 'Shop line' }, isDefault: { before: false, after: true } },
    },
    { action: 'source.deleted', by: 'Ana Silva', what: 'Shop line', details: {} },
  ])
})
