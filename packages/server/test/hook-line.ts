import { createHash, createHmac } from 'node:crypto'
import type { ChatId, MessageId } from '@parley/protocol/model'
import {
  type AppClient,
  aNewMessage,
  type ChannelOptions,
  type HookReceiver,
  type ReceivedHook,
  type TestChannel,
  type TestWorld,
} from '@parley/testkit'
import sharp from 'sharp'
import { expect } from 'vitest'

/** A client has written through a channel that has a receiver for its hooks. */
export interface Line {
  channel: TestChannel
  hook: HookReceiver
  manager: AppClient
  chatId: ChatId
  /** The client's message. */
  said: { id: MessageId; msgid: string; senderId: string }
  clientId: string
  conversationId: string
}

export async function openLine(world: TestWorld, options: ChannelOptions = {}): Promise<Line> {
  const hook = await world.aHookReceiver()
  const channel = await world.aChannel({ hook, ...options })
  const event = aNewMessage({ text: 'Is it in stock?' })
  const ids = await channel.send(event)
  const { sender, conversation_id } = event.payload as { sender: { id: string }; conversation_id: string }
  return {
    channel,
    hook,
    manager: await channel.account.asManager(),
    chatId: ids.conversation_id as ChatId,
    said: { id: ids.msgid as MessageId, msgid: ids.ref_id, senderId: ids.sender_id },
    clientId: sender.id,
    conversationId: conversation_id,
  }
}

/** The next hook, checked as any integration checks it. */
export async function nextHook({ hook, channel }: Pick<Line, 'hook' | 'channel'>) {
  const received = await hook.next()
  mustBeWellMade(received, channel)
  return received.json()
}

function mustBeWellMade(received: ReceivedHook, channel: TestChannel): void {
  const { method, path, headers, body } = received
  expect([method, path]).toEqual(['POST', `/hooks/${channel.scopeId}`])
  expect(headers).toMatchObject({
    'content-type': 'application/json',
    'user-agent': 'amoCRM amoJo/1.0',
    'x-signature': createHmac('sha1', channel.secret).update(body).digest('hex'),
    'content-md5': createHash('md5').update(body).digest('hex'),
  })
  expect(JSON.stringify(JSON.parse(body.toString()))).toBe(body.toString())
}

/** As a stranger: without cookies. */
export async function download(link: string): Promise<Buffer> {
  const answer = await fetch(link)
  expect(answer.status).toBe(200)
  return Buffer.from(await answer.arrayBuffer())
}

export const png = () =>
  sharp({ create: { width: 900, height: 600, channels: 3, background: 'navy' } })
    .png()
    .toBuffer()
export const OGG = Buffer.concat([Buffer.from('OggS\0\x02'), Buffer.alloc(22), Buffer.from('OpusHead')])
export const MP4 = Buffer.concat([Buffer.from('00000020667479706d703432', 'hex'), Buffer.from('00000000mp42isom')])
export const PDF = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')
