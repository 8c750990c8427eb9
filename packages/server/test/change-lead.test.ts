import { type ChatId, type Lead, type LeadId, MANAGER_RIGHTS, type Pipeline } from '@parley/protocol/model'
import { sql } from '@parley/server/internals'
import { aNewMessage, startTestWorld, type TestWorld } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let world: TestWorld

beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())

async function aLead({ isAccepted = true } = {}) {
  const channel = await world.aChannel()
  const { conversation_id } = await channel.send(aNewMessage())
  const client = await channel.account.asManager()
  const chatId = conversation_id as ChatId
  const { lead } = await client.getChat(chatId)
  if (isAccepted) await client.acceptLead(lead!.id)
  const change = (patch: unknown) => client.patch<Lead>(`/leads/${lead!.id}`, patch)
  return { account: channel.account, channel, client, chatId, leadId: lead!.id as LeadId, change }
}

describe('a lead is changed', () => {
  test('field by field, and every change is written down', async () => {
    const { account, leadId, client, change } = await aLead()
    const { items } = await client.get<{ items: Pipeline[] }>('/pipelines')
    const stage = items[0]!.stages[2]!
    const lead = await change({
      title: 'Two bikes',
      price: 1800,
      stageId: stage.id,
      responsibleUserId: account.admin.id,
    })
    expect(lead).toMatchObject({
      title: 'Two bikes',
      price: 1800,
      stage: { id: stage.id },
      responsible: { name: 'Ana Silva' },
    })
    const { rows } = await sql<{ field: string; after: unknown }>`
      select field, after from lead_change where account_id = ${account.id} and lead_id = ${leadId} order by id`.execute(
      world.deps.db,
    )
    expect(rows.slice(-4)).toEqual([
      { field: 'title', after: 'Two bikes' },
      { field: 'price', after: 1800 },
      { field: 'responsible_user_id', after: account.admin.id },
      { field: 'stage_id', after: stage.id },
    ])
  })

  test('tags come and go', async () => {
    const { account, change } = await aLead()
    const { rows } = await sql<{ id: number }>`
      insert into tag (account_id, name, hue) values (${account.id}, 'VIP', 2) returning id`.execute(world.deps.db)
    const id = rows[0]!.id
    expect((await change({ addTagIds: [id, 999_999] })).tags).toEqual([{ id, name: 'VIP', hue: 2 }])
    expect((await change({ removeTagIds: [id] })).tags).toEqual([])
  })

  test('who saw something else does not write over it, and is told whose it is', async () => {
    const { account, client, change, leadId } = await aLead()
    const admin = await account.asAdmin()
    await admin.patch(`/leads/${leadId}`, { price: 900 })
    const late = { price: 500, was: { price: 0 } }
    await expect(change(late)).rejects.toMatchObject({
      code: 'conflict',
      details: { field: 'price', theirs: 900, by: { id: account.admin.id, name: 'Ana Silva' }, at: expect.any(Number) },
    })
    expect(await client.get<Lead>(`/leads/${leadId}`)).toMatchObject({ price: 900 })
    // The same as what the other one wrote, or on top of what is there, or another field, is no conflict.
    expect(await change({ price: 900, was: { price: 0 } })).toMatchObject({ price: 900 })
    expect(await change({ price: 500, was: { price: 900 } })).toMatchObject({ price: 500 })
    expect(await change({ title: 'Mine', was: { price: 0 } })).toMatchObject({ title: 'Mine', price: 500 })
    await expect(change({ was: { price: 500 } })).rejects.toMatchObject({ code: 'invalid_request' })
  })

  test('the same goes for a field of the account’s own, the responsible user and the stage', async () => {
    const { account, client, change, leadId } = await aLead()
    const admin = await account.asAdmin()
    const { stage, responsible } = await client.get<Lead>(`/leads/${leadId}`)
    const { id } = await admin.post<{ id: number }>('/fields', { entity: 'lead', type: 'text', name: 'Colour' })
    await admin.patch(`/leads/${leadId}/fields`, { values: { [id]: 'blue' } })
    const theirs = { by: { name: 'Ana Silva' }, at: expect.any(Number) }
    await expect(
      client.patch(`/leads/${leadId}/fields`, { values: { [id]: 'red' }, was: { [id]: null } }),
    ).rejects.toMatchObject({ code: 'conflict', details: { field: `fields.${id}`, theirs: 'blue', ...theirs } })
    const { items } = await client.get<{ items: Pipeline[] }>('/pipelines')
    const [second, third] = items[0]!.stages.filter((one) => one.kind === 'open' && one.id !== stage.id)
    await admin.patch(`/leads/${leadId}`, { stageId: second!.id, responsibleUserId: null })
    await expect(change({ stageId: third!.id, was: { stageId: stage.id } })).rejects.toMatchObject({
      details: { field: 'stageId', theirs: second!.id, ...theirs },
    })
    const was = { responsibleUserId: responsible!.id }
    await expect(change({ responsibleUserId: account.admin.id, was })).rejects.toMatchObject({
      details: { field: 'responsibleUserId', theirs: null, ...theirs },
    })
  })

  test('the screens hear of it, with its chat, and who did it', async () => {
    const { client, change, chatId } = await aLead()
    const stream = await client.openStream()
    await change({ responsibleUserId: null, title: 'Nobody’s' })
    const event = await stream.waitForEvent((one) => one.type === 'lead.updated')
    expect(event).toMatchObject({
      actorId: client.me.user.id,
      lead: { title: 'Nobody’s' },
      chat: { id: chatId, responsible: null },
    })
    stream.close()
  })

  test('what is so already changes nothing and tells nobody', async () => {
    const { account, client, change, leadId } = await aLead()
    const { title, updatedAt } = await client.get<Lead>(`/leads/${leadId}`)
    // Other events may still come of what was done before.
    const seqOf = async () =>
      (
        await sql<{ n: number }>`select count(*)::int as n from event
          where account_id = ${account.id} and type = 'lead.updated'`.execute(world.deps.db)
      ).rows
    const before = await seqOf()
    expect((await change({ title })).updatedAt).toBe(updatedAt)
    expect(await seqOf()).toEqual(before)
  })
})

describe('is refused, and nothing changes', () => {
  test.each([
    ['nothing at all', {}, 'invalid_request'],
    ['an empty title', { title: ' ' }, 'invalid_request'],
    ['a negative price', { price: -1 }, 'invalid_request'],
    ['a stage of nowhere', { title: 'New', stageId: 99 }, 'invalid_request'],
    ['a foreign pipeline', { pipelineId: 99 }, 'invalid_request'],
    ['an unknown user', { responsibleUserId: 99 }, 'invalid_request'],
  ])('%s', async (_, patch, code) => {
    const { client, change, leadId } = await aLead()
    const before = await client.get<Lead>(`/leads/${leadId}`)
    await expect(change(patch)).rejects.toMatchObject({ code })
    expect(await client.get<Lead>(`/leads/${leadId}`)).toEqual(before)
  })

  test('moving an incoming lead', async () => {
    const { change } = await aLead({ isAccepted: false })
    await expect(change({ stageId: 142 })).rejects.toMatchObject({ code: 'conflict' })
  })

  test('a role that may look and not touch', async () => {
    const { account, leadId } = await aLead()
    const user = await account.aUser()
    const rights = { ...MANAGER_RIGHTS, leads: { ...MANAGER_RIGHTS.leads, edit: 'own' } }
    const { rows } = await sql<{ id: number }>`insert into role (account_id, name, rights)
      values (${account.id}, 'Reader', ${JSON.stringify(rights)}) returning id`.execute(world.deps.db)
    await sql`update account_user set role_id = ${rows[0]!.id} where id = ${user.id}`.execute(world.deps.db)
    const reader = await user.logIn()
    await expect(reader.patch(`/leads/${leadId}`, { title: 'Mine' })).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('a lead of another account', async () => {
    const { leadId } = await aLead()
    const stranger = await (await world.anAccount()).asAdmin()
    await expect(stranger.patch(`/leads/${leadId}`, { title: 'Mine' })).rejects.toMatchObject({ code: 'not_found' })
  })
})
