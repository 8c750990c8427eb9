import type { BulkJob, ChatId, Lead } from '@parley/protocol/model'
import { type AppClient, aNewMessage, aSender, waitUntil } from '@parley/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CrashServer } from './crash-server.ts'

// What goes on in the background after it was promised: kill -9 in the middle of it, of everything, and it is done to the end.
const CHATS = 600
const MESSAGES = 400
const NOWHERE = 'http://127.0.0.1:9/'
const MARK = 'Zyxwquark'

let server: CrashServer
let channel: Awaited<ReturnType<CrashServer['register']>>
let owner: AppClient
beforeAll(async () => {
  server = await CrashServer.make()
  await server.start()
  channel = await server.register(NOWHERE)
  owner = await channel.logIn()
}, 90_000)
afterAll(() => server.clear())

async function crash(): Promise<void> {
  server.killEverything()
  await server.start()
}

const inThirties = async <T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> => {
  const made: T[] = []
  for (let from = 0; from < count; from += 30)
    made.push(
      ...(await Promise.all(Array.from({ length: Math.min(30, count - from) }, (_, index) => make(from + index)))),
    )
  return made
}

test('what was begun with many chats is done to each of them once', { timeout: 120_000 }, async () => {
  await inThirties(CHATS, (index) =>
    channel.send(aNewMessage({ conversation_id: `chat-${index}`, sender: aSender({ id: `client-${index}` }) })),
  )
  const jobOf = async ({ id }: BulkJob) => (await owner.get<{ job: BulkJob }>(`/bulk/${id}`)).job
  let wasMidway = false
  for (const [type, state] of [
    ['close', 'open'],
    ['reopen', 'closed'],
    ['close', 'open'],
  ]) {
    const { job } = await owner.post<{ job: BulkJob }>('/chats/bulk', { action: { type }, filters: { state } })
    await crash()
    wasMidway = (await jobOf(job)).phase !== 'done'
    await waitUntil('the job is done', async () => (await jobOf(job)).phase === 'done', 30_000)
    expect(await jobOf(job)).toMatchObject({ total: CHATS, handled: CHATS, changed: CHATS })
    if (wasMidway) break
  }
  expect(wasMidway).toBe(true)
})

test('a person whose erasing was promised is gone', { timeout: 120_000 }, async () => {
  const write = (text: string) =>
    channel.send(aNewMessage({ conversation_id: 'person', sender: aSender({ id: 'person', name: MARK }), text }))
  const { conversation_id: chatId } = await write(`I am ${MARK}`)
  await inThirties(MESSAGES, (index) => write(`${MARK} ${index}`))
  const { lead } = await owner.getChat(chatId as ChatId)
  const { contact } = await owner.acceptLead(lead!.id)
  const find = () => owner.get<{ leads: { items: Lead[] } }>(`/search?q=${MARK}`)
  await waitUntil('it is in the index', async () => JSON.stringify(await find()).includes(contact!.name))
  await owner.post(`/contacts/${contact!.id}/erase`, { name: contact!.name })
  await crash()
  await waitUntil('nothing is found', async () => !JSON.stringify(await find()).includes(contact!.name), 30_000)
  expect((await owner.request('GET', `/contacts/${contact!.id}`)).status).toBe(404)
  expect((await owner.request('GET', `/chats/${chatId}`)).status).toBe(404)
})
