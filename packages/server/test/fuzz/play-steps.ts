import { randomUUID } from 'node:crypto'
import type { ChatId } from '@parley/protocol/model'
import type { HookReceiver, TestWorld } from '@parley/testkit'
import { expect } from 'vitest'
import { ChatsModel, type ModelMessage } from './chats-model.ts'
import { clientOf, type Said, type Step } from './chats-steps.ts'
import { deliverAll, expectSame, type Stage } from './expect-same.ts'

const SECOND_MS = 1000
const NO_SCOPE = 'ORIGIN_NOT_REGISTERED'
const NO_MESSAGE = 'ORIGIN_MESSAGE_NOT_FOUND'

/** Does the steps one after another to a channel of its own and to the model, and holds every answer against it. */
export async function playSteps(world: TestWorld, hook: HookReceiver, steps: readonly Step[]): Promise<void> {
  hook.requests.length = 0
  const channel = await world.aChannel({ hook, settings: { rate_limit: 1_000_000 } })
  const manager = await channel.account.asManager()
  const model = new ChatsModel(clientOf)
  const stage: Stage = { world, hook, channel, manager, model, beganAtMs: world.now().getTime(), texts: 0 }
  for (const step of steps) {
    // No two things at one time, unless a step says so.
    await world.clock.advance(SECOND_MS)
    await play(stage, step)
  }
  await deliverAll(stage)
  await expectSame(stage)
}

function play(stage: Stage, step: Step): Promise<void> {
  switch (step.do) {
    case 'say':
      return say(stage, [step.said], 1)
    case 'sayTogether':
      return say(stage, step.said, step.times)
    case 'createChat':
      return createChat(stage, step.chat)
    case 'edit':
      return edit(stage, step)
    case 'setStatus':
      return setStatus(stage, step)
    case 'react':
      return react(stage, step)
    case 'reply':
      return reply(stage, step)
    case 'read':
      return read(stage, step.chat)
    case 'decide':
      return decide(stage, step)
    case 'lookBack':
      return lookBack(stage, step)
    case 'connect':
      return connect(stage)
    case 'disconnect':
      return disconnect(stage)
  }
}

/** The message in the wire's words. */
function eventOf({ channel, beganAtMs, world }: Stage, said: Said, text: string, index: number) {
  const { chat, msgid, author, isSilent } = said
  // A millisecond apart, so that nobody has to know which of them was first.
  const atMs = (said.age === 0 ? world.now().getTime() : beganAtMs - said.age * SECOND_MS) + index
  const client = { id: clientOf(chat), name: clientOf(chat) }
  const sender =
    author === 'client'
      ? client
      : { id: `${author}-1`, ref_id: author === 'bot' ? channel.bot.id : channel.account.manager.amojoId }
  const payload = {
    timestamp: Math.floor(atMs / SECOND_MS),
    msec_timestamp: atMs,
    msgid,
    conversation_id: chat,
    silent: isSilent,
    sender,
    ...(author !== 'client' && { receiver: client }),
    message: { type: 'text', text },
  }
  return { atMs, text, event: { event_type: 'new_message', payload } }
}

async function say(stage: Stage, said: readonly Said[], times: number): Promise<void> {
  const { channel, model } = stage
  // Sent again, a message is what it was: of two with one msgid the first one counts.
  const first = new Map(said.toReversed().map((each) => [`${each.chat}/${each.msgid}`, each]))
  const calls = [...first.values()].map((each, index) => {
    stage.texts += 1
    return { said: each, ...eventOf(stage, each, `text ${stage.texts}`, index) }
  })
  const repeated = Array.from({ length: times }, () => calls).flat()
  const answers = await Promise.all(repeated.map(({ event }) => channel.post(event)))
  for (const [index, { said: each, text, atMs }] of repeated.entries()) {
    const answer = answers[index]!
    if (!model.isConnected) await expectRefusal(answer, 404, NO_SCOPE)
    else await expectStored(stage, answer, model.receive({ ...each, text, atMs }))
  }
}

interface NewMessageAnswer {
  conversation_id: string
  sender_id: string
  receiver_id: string | null
  msgid: string
  ref_id: string
}

async function expectStored({ model, channel }: Stage, answer: Response, message: ModelMessage): Promise<void> {
  const body = await answer.text()
  expect(answer.status, body).toBe(200)
  const ids = (JSON.parse(body) as { new_message: NewMessageAnswer }).new_message
  const chat = model.chat(message.chat)
  chat.id ??= ids.conversation_id
  message.id ??= ids.msgid
  expect(ids, 'the same message and the same chat have the same ids for good').toMatchObject({
    conversation_id: chat.id,
    msgid: message.id,
    ref_id: message.msgid,
  })
  if (message.author === 'client') expect(ids.receiver_id).toBeNull()
  else expect(ids.receiver_id).toMatch(/./)
  if (message.author === 'user') expect(ids.sender_id).toBe(channel.account.manager.amojoId)
  if (message.author === 'bot') expect(ids.sender_id).toBe(channel.bot.id)
}

async function createChat({ channel, model }: Stage, name: string): Promise<void> {
  const user = { id: clientOf(name), name: clientOf(name) }
  const answer = await channel.post({ conversation_id: name, user }, { path: '/chats' })
  if (!model.isConnected) return expectRefusal(answer, 404, NO_SCOPE)
  expect(answer.status).toBe(200)
  const { id } = (await answer.json()) as { id: string }
  const chat = model.chat(name)
  chat.id ??= id
  expect(id).toBe(chat.id)
}

/** The message a step means; undefined while there is none. */
function pick({ model }: Stage, nth: number, isMeant: (message: ModelMessage) => boolean = () => true) {
  const messages = model.messages.filter(isMeant)
  return messages.length === 0 ? undefined : messages[nth % messages.length]
}

async function edit(stage: Stage, { nth, byMsgid }: { nth: number; byMsgid: boolean }): Promise<void> {
  const { channel, model } = stage
  const message = pick(stage, nth)
  stage.texts += 1
  const text = `edit ${stage.texts}`
  const name =
    message && byMsgid && message.msgid !== null ? { msgid: message.msgid } : { id: message?.id ?? randomUUID() }
  const payload = {
    ...name,
    timestamp: Math.floor(stage.world.now().getTime() / SECOND_MS),
    conversation_id: message?.chat ?? 'c-0',
    message: { type: 'text', text },
  }
  const answer = await channel.post({ event_type: 'edit_message', payload })
  if (!model.isConnected) return expectRefusal(answer, 404, NO_SCOPE)
  if (!message) return expectRefusal(answer, 404)
  model.edit(message, text)
  const body = await answer.text()
  expect(answer.status, body).toBe(200)
  expect(JSON.parse(body)).toMatchObject({ new_message: { msgid: message.id } })
}

async function setStatus(
  stage: Stage,
  { nth, ofAll, byMsgid, code }: { nth: number; ofAll: boolean; byMsgid: boolean; code: 0 | 1 | 2 | -1 },
): Promise<void> {
  const { channel, model } = stage
  const message = pick(stage, nth, ({ author }) => ofAll || author !== 'client')
  // The integration's msgid names one message of the whole scope only when it is used once.
  const isUnique = model.messages.filter(({ msgid }) => msgid === message?.msgid).length === 1
  const ref = byMsgid && message?.msgid && isUnique ? message.msgid : (message?.id ?? randomUUID())
  const failure = code === -1 ? { error_code: 905, error: 'No such number' } : {}
  const answer = await channel.post({ status_code: code, ...failure }, { path: `/${ref}/delivery_status` })
  if (!model.isConnected) return expectRefusal(answer, 404, NO_SCOPE)
  if (!message) return expectRefusal(answer, 404, NO_MESSAGE)
  if (message.author === 'client') {
    // By its msgid an incoming message is not even looked for.
    const isRefused = ref === message.id ? 400 : 404
    return expectRefusal(answer, isRefused)
  }
  model.setStatus(message, code)
  expect(answer.status, await answer.text()).toBe(200)
}

interface Reacting {
  nth: number
  isManager: boolean
  emoji: string | null
}

async function react(stage: Stage, { nth, isManager, emoji }: Reacting): Promise<void> {
  const message = pick(stage, nth)
  const { channel, model } = stage
  if (isManager && message) return reactHere(stage, message, emoji)
  const client = clientOf(message?.chat ?? 'c-0')
  const body = {
    conversation_id: message?.chat ?? 'c-0',
    id: message?.id ?? randomUUID(),
    user: { id: client },
    ...(emoji === null ? { type: 'unreact' } : { type: 'react', emoji }),
  }
  const answer = await channel.post(body, { path: '/react' })
  if (!model.isConnected) return expectRefusal(answer, 404, NO_SCOPE)
  if (!message) return expectRefusal(answer, 404)
  model.react(message, client, emoji)
  expect(answer.status, await answer.text()).toBe(200)
}

/** The manager, on the screen. */
async function reactHere({ channel, manager, model }: Stage, message: ModelMessage, emoji: string | null) {
  const chatId = model.chat(message.chat).id
  const answer = await manager.request('PUT', `/chats/${chatId}/messages/${message.id}/reaction`, { emoji })
  const body = await answer.text()
  expect(answer.status, body).toBe(model.isConnected ? 200 : 409)
  if (model.isConnected) model.react(message, channel.account.manager.name, emoji)
}

async function reply(stage: Stage, { chat: name, times }: { chat: string; times: number }): Promise<void> {
  const { manager, model } = stage
  const chat = model.chats.get(name)
  // Nobody sees a chat without messages.
  if (!chat?.id || chat.messages.length === 0) return
  stage.texts += 1
  const body = { id: randomUUID(), text: `reply ${stage.texts}` }
  const answers = await Promise.all(
    Array.from({ length: times }, () => manager.request('POST', `/chats/${chat.id}/messages`, body)),
  )
  if (!model.isConnected) {
    for (const answer of answers) expect(answer.status).toBe(409)
    return
  }
  for (const answer of answers) {
    const text = await answer.text()
    expect(answer.status, text).toBe(200)
    expect(JSON.parse(text)).toMatchObject({ message: { id: body.id, text: body.text } })
  }
  model.reply(name, body.text, stage.world.now().getTime()).id = body.id
}

async function read({ manager, model }: Stage, name: string): Promise<void> {
  const chat = model.chats.get(name)
  if (!chat?.id) return
  await manager.readChat(chat.id as ChatId)
  model.read(name)
}

async function decide(stage: Stage, step: { chat: string; isAccepted: boolean }): Promise<void> {
  const { manager, model } = stage
  const chat = model.chats.get(step.chat)
  if (!chat?.id || !chat.lead) return
  const { lead } = await manager.getChat(chat.id as ChatId)
  const answer = await manager.request('POST', `/leads/${lead?.id}/${step.isAccepted ? 'accept' : 'decline'}`, {})
  if (model.decide(step.chat, step.isAccepted)) expect(answer.ok, await answer.text()).toBe(true)
  else expect(answer.status).toBe(409)
}

async function lookBack(
  stage: Stage,
  { chat: name, offset, limit }: { chat: string; offset: number; limit: number },
): Promise<void> {
  const { channel, model } = stage
  const id = model.chats.get(name)?.id ?? randomUUID()
  const answer = await channel.get(`/chats/${id}/history?offset=${offset}&limit=${limit}`)
  if (!model.isConnected) return expectRefusal(answer, 404, NO_SCOPE)
  const wanted = model.pageOf(name, offset, Math.min(50, limit))
  if (wanted.length === 0) {
    expect([200, 204]).toContain(answer.status)
    expect(await answer.text()).not.toContain('client_id')
    return
  }
  expect(answer.status).toBe(200)
  interface InHistory {
    msec_timestamp: number
    sender: { client_id?: string }
    receiver?: unknown
    message: { id: string; client_id?: string; text: string }
  }
  const { messages } = (await answer.json()) as { messages: InHistory[] }
  expect(
    messages.map(({ msec_timestamp: atMs, message, receiver }) => ({
      id: message.id,
      msgid: message.client_id ?? null,
      text: message.text,
      atMs,
      isOutgoing: receiver !== undefined,
    })),
  ).toEqual(
    wanted.map(({ id, msgid, text, atMs, author }) => ({ id, msgid, text, atMs, isOutgoing: author !== 'client' })),
  )
}

async function connect({ channel, model }: Stage): Promise<void> {
  expect((await channel.connect()).status).toBe(200)
  model.isConnected = true
}

async function disconnect(stage: Stage): Promise<void> {
  // What is on its way would be ended: that is another test's.
  await deliverAll(stage)
  expect((await stage.channel.disconnect()).status).toBe(200)
  stage.model.isConnected = false
}

async function expectRefusal(answer: Response, status: number, type?: string): Promise<void> {
  const body = await answer.text()
  expect(answer.status, body).toBe(status)
  expect(JSON.parse(body)).toMatchObject({ error_code: status, ...(type !== undefined && { error_type: type }) })
}
