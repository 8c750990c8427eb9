import type { ChatId, Lead, LeadId, LossReason, Pipeline, PipelineStage, StageCount } from '@parley/protocol/model'
import { sql } from '@parley/server/internals'
import { type AppClient, aNewMessage, startTestWorld, type TestChannel, type TestWorld } from '@parley/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

let world: TestWorld
let channel: TestChannel
let admin: AppClient
let main: Pipeline

beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())
beforeEach(async () => {
  channel = await world.aChannel()
  admin = await channel.account.asAdmin()
  main = (await admin.listPipelines()).items[0]!
})

const namesOf = ({ stages }: Pipeline) => stages.map((stage) => stage.name)
const stageOf = (name: string, pipeline = main): PipelineStage => {
  const stage = pipeline.stages.find((one) => one.name === name)
  if (!stage) throw new Error(`no stage ${name}`)
  return stage
}
const changeStage = (stage: PipelineStage, fields: unknown) =>
  admin.patch<Pipeline>(`/pipelines/${main.id}/stages/${stage.id}`, fields)

async function anIncomingLead(): Promise<LeadId> {
  const { conversation_id } = await channel.send(aNewMessage())
  return (await admin.getChat(conversation_id as ChatId)).lead!.id
}

async function aLead(stage = 'First contact'): Promise<Lead> {
  return admin.acceptLead(await anIncomingLead(), { stageId: stageOf(stage).id })
}

describe('pipelines', () => {
  test('are added, with the usual stages or those of another one, renamed and put in order', async () => {
    await changeStage(stageOf('Decision'), { name: 'Trial ride', hue: 6, requiredFields: ['price'] })
    const usual = await admin.post<Pipeline>('/pipelines', { name: 'Partners' })
    expect(namesOf(usual)).toEqual(namesOf(main))
    const copy = await admin.post<Pipeline>('/pipelines', { name: 'Rentals', copyOf: main.id })
    expect(stageOf('Trial ride', copy)).toMatchObject({ hue: 6, requiredFields: ['price'], kind: 'open' })
    expect(copy.stages.map(({ kind, id }) => (kind === 'won' || kind === 'lost' ? id : kind))).toEqual([
      'incoming',
      'open',
      'open',
      'open',
      'open',
      142,
      143,
    ])
    await admin.patch(`/pipelines/${copy.id}`, { name: 'Rent', position: 1 })
    const names = async () => (await admin.listPipelines()).items.map((one) => one.name)
    expect(await names()).toEqual(['Sales', 'Rent', 'Partners'])
    await admin.patch(`/pipelines/${usual.id}`, { isMain: true })
    expect(await names()).toEqual(['Partners', 'Sales', 'Rent'])
  })

  test('tell every screen to read them again', async () => {
    const stream = await (await channel.account.asManager()).openStream()
    await admin.post('/pipelines', { name: 'Partners' })
    expect(await stream.waitForEvent('settings.changed')).toMatchObject({
      topic: 'pipelines',
      actorId: admin.me.user.id,
    })
    stream.close()
  })

  test('are deleted once it is said where their leads go, and what led into them leads there', async () => {
    const partners = await admin.post<Pipeline>('/pipelines', { name: 'Partners' })
    const source = await admin.post<{ id: number }>(`/channels/${channel.id}/sources`, {
      externalId: 'shop',
      name: 'Shop',
      pipelineId: partners.id,
      isDefault: true,
    })
    const incoming = await anIncomingLead()
    const open = await admin.acceptLead(await anIncomingLead(), { stageId: stageOf('Decision', partners).id })
    const won = await admin.acceptLead(await anIncomingLead(), { stageId: 142 })
    expect(open.pipeline.name).toBe('Partners')
    const path = `/pipelines/${partners.id}`
    // How many there are is counted a moment later.
    const refused = () => admin.delete(path).catch((refusal: unknown) => refusal)
    await expect.poll(refused).toMatchObject({ code: 'conflict', details: { leads: 3 } })
    await admin.delete(`${path}?toPipelineId=${main.id}&toStageId=${stageOf('Negotiation').id}`)
    const placeOf = async (id: LeadId) => {
      const { pipeline, stage, isIncoming } = await admin.get<Lead>(`/leads/${id}`)
      return [pipeline.name, stage.name, isIncoming]
    }
    expect(await placeOf(incoming)).toEqual(['Sales', 'Incoming leads', true])
    expect(await placeOf(open.id)).toEqual(['Sales', 'Negotiation', false])
    expect(await placeOf(won.id)).toEqual(['Sales', 'Won', false])
    const sources = await admin.get<{ items: { id: number; pipelineId: number | null }[] }>(
      `/channels/${channel.id}/sources`,
    )
    expect(sources.items.find((one) => one.id === source.id)?.pipelineId).toBe(main.id)
    await expect(admin.delete(path)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('the main one stays', async () => {
    await expect(admin.delete(`/pipelines/${main.id}`)).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('stages', () => {
  test('are added, renamed, recoloured and moved; incoming, won and lost keep their places', async () => {
    const added = await admin.post<Pipeline>(`/pipelines/${main.id}/stages`, { name: 'Measured', hue: 4, position: 1 })
    expect(namesOf(added)).toEqual([
      'Incoming leads',
      'First contact',
      'Measured',
      'Negotiation',
      'Decision',
      'Contract agreed',
      'Won',
      'Lost',
    ])
    const moved = await changeStage(stageOf('Measured', added), { position: 4, name: 'Fitted' })
    expect(namesOf(moved).slice(4)).toEqual(['Contract agreed', 'Fitted', 'Won', 'Lost'])
    expect(namesOf(await changeStage(stageOf('Won'), { name: 'Sold' }))).toContain('Sold')
    await expect(changeStage(stageOf('Won'), { position: 0 })).rejects.toMatchObject({ code: 'invalid_request' })
  })

  test('are deleted once it is said where their leads go; each lead tells of it', async () => {
    const lead = await aLead('Decision')
    const stream = await admin.openStream()
    const path = `/pipelines/${main.id}/stages/${stageOf('Decision').id}`
    await expect(admin.delete(path)).rejects.toMatchObject({ code: 'conflict', details: { leads: 1 } })
    await admin.delete(`${path}?toStageId=${stageOf('Negotiation').id}`)
    const told = await stream.waitForEvent((event) => event.type === 'lead.updated')
    expect(told.lead).toMatchObject({ id: lead.id, stage: { name: 'Negotiation' } })
    expect(namesOf((await admin.listPipelines()).items[0]!)).not.toContain('Decision')
    const { rows } = await sql<{ field: string }>`select field from lead_change
      where account_id = ${channel.account.id} and lead_id = ${lead.id} order by id desc limit 1`.execute(world.deps.db)
    expect(rows).toEqual([{ field: 'stage_id' }])
    stream.close()
  })

  test('the last open one, the incoming one, won and lost stay', async () => {
    for (const name of ['Incoming leads', 'Won', 'Lost'])
      await expect(admin.delete(`/pipelines/${main.id}/stages/${stageOf(name).id}`)).rejects.toMatchObject({
        code: 'conflict',
      })
    for (const name of ['First contact', 'Negotiation', 'Decision'])
      await admin.delete(`/pipelines/${main.id}/stages/${stageOf(name).id}`)
    await expect(admin.delete(`/pipelines/${main.id}/stages/${stageOf('Contract agreed').id}`)).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  test.each([
    [{ name: ' ' }, 'name'],
    [{ hue: 8 }, 'hue'],
    [{ requiredFields: ['colour'] }, 'requiredFields.0'],
  ])('refuse %j and name the field', async (fields, field) => {
    await expect(changeStage(stageOf('Decision'), fields)).rejects.toMatchObject({ status: 400, details: { field } })
  })
})

describe('what a stage asks for', () => {
  test('is told when it is missing, taken with the move, and not asked on the way back', async () => {
    await changeStage(stageOf('Contract agreed'), { requiredFields: ['price', 'phone', 'responsible'] })
    await changeStage(stageOf('First contact'), { requiredFields: ['price'] })
    const incoming = await anIncomingLead()
    await expect(admin.acceptLead(incoming, { stageId: stageOf('First contact').id })).rejects.toMatchObject({
      details: { missing: ['price'] },
    })
    const lead = await admin.acceptLead(incoming, { stageId: stageOf('Negotiation').id })
    const move = (patch: object) => admin.patch<Lead>(`/leads/${lead.id}`, patch)
    const stageId = stageOf('Contract agreed').id
    await expect(move({ stageId, responsibleUserId: null })).rejects.toMatchObject({
      status: 400,
      details: { field: 'stageId', missing: ['price', 'responsible'] },
    })
    expect((await admin.get<Lead>(`/leads/${lead.id}`)).responsible).not.toBeNull()
    expect((await move({ stageId, price: 900 })).stage.id).toBe(stageId)
    await move({ price: 0 })
    await changeStage(stageOf('Negotiation'), { requiredFields: ['price'] })
    expect((await move({ stageId: stageOf('Negotiation').id })).stage.name).toBe('Negotiation')
    await expect(move({ stageId: stageOf('First contact').id })).rejects.toMatchObject({ status: 400 })
  })
})

test('a stage may ask for a field of the account’s own; one that is hidden is not asked for', async () => {
  const field = await admin.post<{ id: number }>('/fields', { entity: 'lead', type: 'text', name: 'Frame number' })
  const target = stageOf('Contract agreed')
  await changeStage(target, { requiredFields: [`field:${field.id}`] })
  const lead = await aLead()
  const move = () => admin.patch<Lead>(`/leads/${lead.id}`, { stageId: target.id })
  await expect(move()).rejects.toMatchObject({ details: { missing: [`field:${field.id}`] } })
  await admin.patch(`/leads/${lead.id}/fields`, { values: { [field.id]: 'WBK 4711' } })
  expect((await move()).stage.id).toBe(target.id)
  const other = await aLead()
  await admin.patch(`/fields/${field.id}`, { isHidden: true })
  expect((await admin.patch<Lead>(`/leads/${other.id}`, { stageId: target.id })).stage.id).toBe(target.id)
})

describe('loss reasons', () => {
  test('are kept in order by admins; a lead is lost for one, and for none once it is open again', async () => {
    const listed = async () => (await admin.get<{ items: LossReason[] }>('/loss-reasons')).items
    const made = await admin.post<LossReason>('/loss-reasons', { name: 'Moved away' })
    await expect(admin.post('/loss-reasons', { name: 'moved AWAY' })).rejects.toMatchObject({ code: 'conflict' })
    await admin.patch(`/loss-reasons/${made.id}`, { name: 'Moved', position: 0 })
    expect((await listed())[0]).toEqual({ id: made.id, name: 'Moved' })
    const lead = await aLead()
    const move = (patch: object) => admin.patch<Lead>(`/leads/${lead.id}`, patch)
    await expect(move({ lossReasonId: made.id })).rejects.toMatchObject({ status: 400 })
    await expect(move({ stageId: 143, lossReasonId: 1 })).rejects.toMatchObject({ status: 400 })
    expect(await move({ stageId: 143, lossReasonId: made.id })).toMatchObject({
      stage: { kind: 'lost' },
      lossReason: { name: 'Moved' },
    })
    await admin.delete(`/loss-reasons/${made.id}`)
    expect((await listed()).map((reason) => reason.name)).not.toContain('Moved')
    expect((await admin.get<Lead>(`/leads/${lead.id}`)).lossReason).toMatchObject({ name: 'Moved' })
    expect((await move({ stageId: stageOf('Decision').id })).lossReason).toBeNull()
  })
})

test('managers and strangers change nothing', async () => {
  const manager = await channel.account.asManager()
  const stranger = await (await world.anAccount()).asAdmin()
  const stage = `/pipelines/${main.id}/stages/${stageOf('Decision').id}`
  const tries = [
    ['POST', '/pipelines', { name: 'X' }, 200],
    ['PATCH', `/pipelines/${main.id}`, { name: 'X' }, 404],
    ['DELETE', `/pipelines/${main.id}`, undefined, 404],
    ['POST', `/pipelines/${main.id}/stages`, { name: 'X' }, 404],
    ['PATCH', stage, { name: 'X' }, 404],
    ['DELETE', stage, undefined, 404],
    ['POST', '/loss-reasons', { name: 'X' }, 200],
  ] as const
  for (const [method, path, body, forStranger] of tries) {
    expect([path, (await manager.request(method, path, body)).status]).toEqual([path, 403])
    expect([path, (await stranger.request(method, path, body)).status]).toEqual([path, forStranger])
  }
  expect((await manager.listPipelines()).items).toEqual([main])
  await expect(stranger.get<{ items: StageCount[] }>(`/pipelines/${main.id}/board`)).rejects.toMatchObject({
    status: 404,
  })
})
