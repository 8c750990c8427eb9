import { randomUUID } from 'node:crypto'
import type { Source } from '@parley/protocol/model'
import { type AppClient, startTestWorld, type TestChannel, type TestWorld } from '@parley/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { effectiveSource } from '../src/domain/sources/effective-source.ts'

let world: TestWorld
let channel: TestChannel
let admin: AppClient

beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())
beforeEach(async () => {
  channel = await world.aChannel()
  admin = await channel.account.asAdmin()
})

const pathOf = ({ id }: TestChannel) => `/channels/${id}/sources`
const add = (fields: Record<string, unknown> = {}) =>
  admin.post<Source>(pathOf(channel), { externalId: randomUUID(), name: 'Shop front', ...fields })
const list = async (client = admin) => (await client.get<{ items: Source[] }>(pathOf(channel))).items

async function change(id: number, fields: Record<string, unknown>) {
  const answer = await admin.request('PATCH', `/sources/${id}`, fields)
  return { status: answer.status, json: await answer.json() }
}

async function refusal(work: Promise<unknown>) {
  const error = await work.then(
    () => ({ status: 200, details: undefined }),
    (refused: { status: number; details: unknown }) => refused,
  )
  return [error.status, (error.details as { field?: string } | undefined)?.field]
}

const effective = (explicit: string | null) =>
  effectiveSource(
    world.deps.db,
    { accountId: channel.account.id, channelId: channel.id as Source['channelId'] },
    explicit,
  )

test('every change is told, so that open screens read them again', async () => {
  const stream = await (await channel.account.asManager()).openStream()
  const told = () => stream.waitForEvent((event) => event.type === 'settings.changed' && event.topic === 'sources')
  const made = await add()
  const first = await told()
  await change(made.id, { name: 'Back door' })
  await waitForNext(first.seq)
  await admin.request('DELETE', `/sources/${made.id}`)
  await waitForNext(first.seq + 1)
  stream.close()

  async function waitForNext(seq: number) {
    await stream.waitForEvent((event) => event.type === 'settings.changed' && event.seq > seq)
  }
})

describe('sources', () => {
  test('an admin adds, changes and deletes them; a manager sees them', async () => {
    const [pipeline] = (await admin.listPipelines()).items
    const made = await add({ externalId: '+46 700 000 055', name: 'Telephone', pipelineId: pipeline!.id })
    expect(made).toEqual({
      id: expect.any(Number),
      channelId: channel.id,
      externalId: '+46 700 000 055',
      name: 'Telephone',
      pipelineId: pipeline!.id,
      isDefault: false,
    })
    const changed = { ...made, name: 'Phone', pipelineId: null }
    expect(await change(made.id, { name: 'Phone', pipelineId: null })).toEqual({ status: 200, json: changed })
    expect(await list(await channel.account.asManager())).toEqual([changed])
    expect((await admin.get<{ items: Source[] }>('/sources')).items).toEqual([changed])
    expect((await admin.request('DELETE', `/sources/${made.id}`)).status).toBe(204)
    expect((await admin.get<{ items: Source[] }>('/sources')).items).toEqual([])
    expect(await list()).toEqual([])
    expect((await admin.request('DELETE', `/sources/${made.id}`)).status).toBe(404)
    expect((await change(made.id, { name: 'Again' })).status).toBe(404)
  })

  test('a manager changes nothing', async () => {
    const made = await add()
    const manager = await channel.account.asManager()
    const answers = [
      await manager.request('POST', pathOf(channel), { externalId: 'x', name: 'X' }),
      await manager.request('PATCH', `/sources/${made.id}`, { name: 'X' }),
      await manager.request('DELETE', `/sources/${made.id}`),
    ]
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403])
    expect(await list()).toEqual([made])
  })

  test('another account sees none of it', async () => {
    const made = await add()
    const stranger = await (await world.anAccount()).asAdmin()
    const answers = [
      await stranger.request('GET', pathOf(channel)),
      await stranger.request('POST', pathOf(channel), { externalId: 'x', name: 'X' }),
      await stranger.request('PATCH', `/sources/${made.id}`, { name: 'X' }),
      await stranger.request('DELETE', `/sources/${made.id}`),
    ]
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404])
  })

  test('there is at most one default: a new one takes its place, and deleting it leaves none', async () => {
    const first = await add({ externalId: 'first', isDefault: true })
    expect(await effective(null)).toBe('first')
    const second = await add({ externalId: 'second', isDefault: true })
    expect((await list()).map(({ isDefault }) => isDefault)).toEqual([false, true])
    await change(first.id, { isDefault: true })
    expect((await list()).map(({ isDefault }) => isDefault)).toEqual([true, false])
    await admin.delete(`/sources/${first.id}`)
    expect(await list()).toEqual([{ ...second, isDefault: false }])
    expect(await effective(null)).toBeNull()
  })

  test('a default can be taken back', async () => {
    const made = await add({ isDefault: true })
    await change(made.id, { isDefault: false })
    expect(await effective(null)).toBeNull()
  })

  test('what the integration named goes before the default, whether there is such a source or not', async () => {
    await add({ externalId: 'default', isDefault: true })
    expect([await effective('named'), await effective(null)]).toEqual(['named', 'default'])
  })

  test('of two who make theirs the default at once, one is', async () => {
    const sources = await Promise.all(Array.from({ length: 4 }, () => add({ isDefault: true })))
    await Promise.all(sources.map(({ id }) => change(id, { isDefault: true })))
    expect((await list()).filter(({ isDefault }) => isDefault)).toHaveLength(1)
  })

  test('an external id is taken once, until it is deleted', async () => {
    const made = await add({ externalId: 'one' })
    expect(await refusal(add({ externalId: 'one' }))).toEqual([409, 'externalId'])
    await admin.delete(`/sources/${made.id}`)
    expect((await add({ externalId: 'one' })).id).not.toBe(made.id)
  })

  test('a hundred are active at most', async () => {
    const made = []
    for (let count = 0; count < 100; count += 1) made.push(await add({ externalId: `line ${count}` }))
    expect((await refusal(add()))[0]).toBe(409)
    await admin.delete(`/sources/${made[0]!.id}`)
    expect(await refusal(add())).toEqual([200, undefined])
  })

  test.each([
    ['externalId', { externalId: 'x'.repeat(41) }],
    ['externalId', { externalId: '' }],
    ['externalId', { externalId: 'çà' }],
    ['externalId', { externalId: 'line\nbreak' }],
    ['externalId', { externalId: 5 }],
    ['name', { name: '' }],
    ['name', { name: 'n'.repeat(256) }],
    ['name', { name: 'half \ud83d' }],
    ['pipelineId', { pipelineId: 999_999 }],
    ['pipelineId', { pipelineId: 2 ** 53 - 1 }],
    ['pipelineId', { pipelineId: 'main' }],
    ['isDefault', { isDefault: 'yes' }],
  ])('a bad %s: %j', async (field, fields) => {
    expect(await refusal(add(fields))).toEqual([400, field])
    expect(await list()).toEqual([])
  })

  test('forty characters are taken', async () => {
    expect((await add({ externalId: 'x'.repeat(40) })).externalId).toHaveLength(40)
  })

  test('ids that are none', async () => {
    for (const id of ['0', 'abc', '99999999999999999999', '9007199254740991'])
      expect((await admin.request('PATCH', `/sources/${id}`, { name: 'X' })).status).toBe(404)
    expect((await admin.request('GET', '/channels/none/sources')).status).toBe(404)
  })
})
