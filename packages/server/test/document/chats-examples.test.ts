import type { HistoryAnswer } from '@parley/protocol/wire'
import { type HookReceiver, startTestWorld, type TestChannel, type TestWorld } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerSchema, CHATS_DOCUMENT, faultsIn, type Operation } from './open-document.ts'

// Every request that the document shows is sent as it stands there: today's signature, and that of 2017 for what is of 2017.

let world: TestWorld
let hook: HookReceiver
let channel: TestChannel
/** The platform's id of an answer, which delivery statuses are about. */
let answerId: string
beforeAll(async () => {
  world = await startTestWorld()
  hook = await world.aHookReceiver()
  channel = await world.aChannel({ hook, hookVersion: 'v2', legacySignature: 'all' })
})
afterAll(() => world.stop())

interface Example {
  name: string
  of2017: boolean
  method: string
  path: string
  operation: Operation
  value: unknown
}

const isOf2017 = (name: string) => name === 'Of-2017'

const examples: Example[] = Object.entries(CHATS_DOCUMENT.paths).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, operation]) =>
    Object.values(operation.requestBody?.content ?? {}).flatMap(({ examples: shown = {} }) =>
      Object.entries(shown).map(([key, { value }]) => ({
        name: `${operation.operationId}: ${key}`,
        of2017: isOf2017(key),
        method: method.toUpperCase(),
        path,
        operation,
        value,
      })),
    ),
  ),
)

/** What goes on with a message comes after those that bring messages in; what ends the connection comes last. */
const ORDER = [
  'connect',
  'createChat',
  'sendEvent',
  'showTyping',
  'react',
  'reactByPath',
  'reportDeliveryStatus',
  'disconnect',
]
const rank = ({ operation }: Example) => ORDER.findIndex((id) => operation.operationId.startsWith(id))
const inOrder = examples.toSorted((one, other) => rank(one) - rank(other))

/** Ids that only this server can know; all else is sent as it is shown. */
function fillIn(value: unknown): unknown {
  const text = JSON.stringify(value, (key, old) => (key === 'account_id' ? channel.account.amojoId : old))
  return JSON.parse(text.replaceAll('9a1e6f30-4c7b-4d28-b5f1-0e3d2c8a7b64', answerId ?? ''))
}

function fillPath({ path, operation }: Example): string {
  const msgid = operation.operationId === 'reportDeliveryStatus' ? answerId : 'hc-msg-7001'
  return path.replace('{channel_id}', channel.id).replace('{scope_id}', channel.scopeId).replace('{msgid}', msgid)
}

const shownAnswer = (operation: Operation) => operation.responses['200']!.content!['application/json']!.example

/** Its fields and their types, without what they hold. */
const shapeOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shapeOf)
  if (value === null || typeof value !== 'object') return value === null ? null : typeof value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shapeOf(part)]))
}

async function letManagerAnswer(): Promise<void> {
  // The example of 2017 asked for hooks of that time, which have no such id.
  await channel.connect({ hookVersion: 'v2' })
  const manager = await channel.account.asManager()
  const chat = (await manager.listChats()).items.find(({ client }) => client.name === 'Nora Lind')
  await manager.sendText(chat!.id, 'We kept one for you')
  answerId = (await hook.next()).json().message.message.id
}

describe('an example of the chats API, sent', () => {
  test('there is one of every request with a body', () => {
    const withBody = Object.values(CHATS_DOCUMENT.paths).flatMap((methods) =>
      Object.values(methods).filter(({ requestBody }) => requestBody !== undefined),
    )
    expect(withBody.map(({ operationId }) => operationId).sort()).toEqual(
      [...new Set(examples.map(({ operation }) => operation.operationId))].sort(),
    )
    expect(inOrder.every((one) => rank(one) >= 0)).toBe(true)
  })

  test.each(inOrder)('$name', async (example) => {
    const { method, operation, value, of2017 } = example
    const { operationId } = operation
    if (operationId === 'reportDeliveryStatus' && answerId === undefined) await letManagerAnswer()
    if (operationId.startsWith('disconnect')) await channel.connect()
    const scheme = of2017 ? { scheme: 'body' as const } : {}
    const answer = await channel.post(fillIn(value), { method, path: fillPath(example), ...scheme })
    const text = await answer.text()
    expect([answer.status, text]).toEqual([expect.toSatisfy((status: number) => status >= 200 && status < 300), text])
    const schema = answerSchema(operation, answer.status, CHATS_DOCUMENT)
    expect(Object.keys(operation.responses)).toContain(String(answer.status))
    if (schema) expect(faultsIn(schema, JSON.parse(text), { strict: true, of: CHATS_DOCUMENT })).toEqual([])
    else expect(text).toBe('')
    const isFirst = inOrder.find((one) => one.operation === operation) === example
    if (schema && isFirst) expect(shapeOf(JSON.parse(text))).toEqual(shapeOf(shownAnswer(operation)))
  })

  test('and the history that is shown is what one looks like', async () => {
    await channel.connect()
    const manager = await channel.account.asManager()
    const chat = (await manager.listChats()).items.find(({ client }) => client.name === 'Nora Lind')
    const answer = (await (await channel.get(`/chats/${chat!.id}/history`)).json()) as HistoryAnswer
    const operation = CHATS_DOCUMENT.paths['/v2/origin/custom/{scope_id}/chats/{chat_id}/history']!.get!
    const [shown] = (shownAnswer(operation) as HistoryAnswer).messages
    const same = answer.messages.find(({ message }) => message.client_id === shown!.message.client_id)
    expect(shapeOf(same)).toEqual(shapeOf(shown))
  })

  test('and what they brought is there', async () => {
    const manager = await channel.account.asManager()
    const chat = (await manager.listChats()).items.find(({ client }) => client.name === 'Nora Lind')
    const { items } = await manager.listMessages(chat!.id)
    expect(items.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['Is it in stock, in blue?', 'This one', 'Hello?']),
    )
  })
})
