import {
  ageOneHour,
  aNewMessage,
  type StoredIds,
  sendRaw,
  shiftDate,
  startTestWorld,
  type TestChannel,
  type TestWorld,
} from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let world: TestWorld
let channel: TestChannel
let ids: StoredIds

beforeAll(async () => {
  world = await startTestWorld()
  channel = await world.aChannel()
  ids = await channel.send(aNewMessage())
})
afterAll(() => world.stop())

describe('paths that are unknown: 404 without a body', () => {
  test.each([
    ['GET', '/v2/origin/custom'],
    ['POST', '/v2/other'],
    ['PUT', '/connect'],
    ['PATCH', '/chats'],
    ['GET', '/chats'],
    ['GET', ''],
    ['DELETE', ''],
    ['POST', '/chats/x/history'],
    ['PUT', '/typing'],
    ['POST', '/a/b/c/d'],
  ])('%s %s', async (method, path) => {
    const whole = path.startsWith('/v') ? path : `/v2/origin/custom/${channel.scopeId}${path}`
    const answer = await channel.post('{}', { method, path: whole })
    expect([answer.status, await answer.text()]).toEqual([404, ''])
  })

  test('whatever comes with it', async () => {
    const body = Buffer.alloc(1024 * 1024 + 1)
    const headers = { 'content-type': 'no media type' }
    const answer = await sendRaw(world.url, { method: 'POST', path: '/v2/other', headers, body })
    expect([answer.status, await answer.text()]).toEqual([404, ''])
  })

  test('a HEAD is a GET whose body stays away', async () => {
    const answer = await channel.post('', { method: 'HEAD', path: `/chats/${ids.conversation_id}/history` })
    expect([answer.status, await answer.text()]).toEqual([200, ''])
  })
})

test('how old a request may be is the installation’s to say', async () => {
  const patient = await startTestWorld({ env: { PARLEY_SIGNATURE_WINDOW: '7200' } })
  try {
    const to = await patient.aChannel()
    const event = aNewMessage()
    expect((await to.post(event, { alter: ageOneHour })).status).toBe(200)
    expect((await to.post(event, { alter: shiftDate(-121) })).status).toBe(403)
  } finally {
    await patient.stop()
  }
})
