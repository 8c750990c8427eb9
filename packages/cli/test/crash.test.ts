import { setTimeout as sleep } from 'node:timers/promises'
import type { ChatId } from '@parley/protocol/model'
import { aNewMessage, HookReceiver, waitUntil } from '@parley/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CrashServer } from './crash-server.ts'

// The promise itself: nothing that was acknowledged is ever lost, not by kill -9 of everything in the middle of work.
const CHATS = 8
// biome-ignore lint/style/noProcessEnv: how long and which way this test goes, as a person asks for it
const { PARLEY_TEST_CRASHES = '8', PARLEY_TEST_SEED = String(Date.now() % 1_000_000) } = process.env
const CRASHES = Number(PARLEY_TEST_CRASHES)
const SECONDS_PER_CRASH = 15
/** How long after it is ready a server lives. */
const [SHORTEST_LIFE_MS, LONGEST_LIFE_MS] = [50, 800]

let server: CrashServer
let hook: HookReceiver
beforeAll(async () => {
  server = await CrashServer.make()
  hook = await HookReceiver.start()
}, 90_000)
afterAll(async () => {
  await server.clear()
  await hook.stop()
})

test(`kill -9 at ${CRASHES} random moments under load (PARLEY_TEST_SEED=${PARLEY_TEST_SEED}): what was acknowledged is there, and every answer arrives in order`, {
  timeout: (CRASHES * SECONDS_PER_CRASH + 60) * 1000,
}, async () => {
  const random = randomFrom(Number(PARLEY_TEST_SEED))
  await server.start()
  const channel = await server.register(hook.url)
  const chats = await Promise.all(
    Array.from({ length: CHATS }, (_, index) => channel.send(aMessage(index, `first-${index}`))),
  )
  const manager = await channel.logIn()
  const written = new Map<string, string>()
  const replied: Record<number, number[]> = Object.fromEntries(chats.map((_, index) => [index, []]))
  const numbers = chats.map(() => 0)

  for (let crash = 0; crash < CRASHES; crash += 1) {
    let isDead = false
    const clients = chats.map(async (_, index) => {
      for (let line = 0; !isDead; line += 1) {
        const msgid = `m-${crash}-${index}-${line}`
        const answer = await channel.send(aMessage(index, msgid)).catch(() => undefined)
        if (answer) written.set(msgid, answer.msgid)
      }
    })
    const managers = chats.map(async (chat, index) => {
      while (!isDead) {
        const number = numbers[index]! + 1
        numbers[index] = number
        const sent = await manager.sendText(chat.conversation_id as ChatId, String(number)).catch(() => undefined)
        if (sent) replied[index]!.push(number)
      }
    })
    // The moment is the subject: nothing tells of it.
    await sleep(SHORTEST_LIFE_MS + random() * (LONGEST_LIFE_MS - SHORTEST_LIFE_MS))
    if (random() < 0.5) server.kill()
    else server.killEverything()
    isDead = true
    await Promise.all([...clients, ...managers])
    await server.start()
  }

  for (const [msgid, id] of written) {
    const index = Number(msgid.split('-')[2])
    expect((await channel.send(aMessage(index, msgid))).msgid).toBe(id)
  }
  const acknowledged = Object.entries(replied).flatMap(([index, list]) => list.map((number) => `${index}/${number}`))
  expect(acknowledged.length).toBeGreaterThan(CRASHES)
  await waitUntil(
    'every acknowledged answer has arrived',
    () => {
      const arrived = new Set(firstArrivals(chats).map(({ index, number }) => `${index}/${number}`))
      return acknowledged.every((one) => arrived.has(one))
    },
    40_000,
  )
  const arrivals = firstArrivals(chats)
  for (const index of chats.keys()) {
    const order = arrivals.filter((one) => one.index === index).map(({ number }) => number)
    expect(order).toEqual([...order].sort((a, b) => a - b))
  }
  // Of each chat one hook was on its way when the server died: no other goes out twice.
  expect(hook.requests.length - arrivals.length).toBeLessThanOrEqual(CRASHES * CHATS)
  expect(hook.requests.every((request) => request.isSignedBy(channel.secret))).toBe(true)
})

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Repeats are allowed (at least once); the first of each must be in order. */
function firstArrivals(chats: { conversation_id: string }[]): { index: number; number: number }[] {
  const seen = new Set<string>()
  const arrivals: { index: number; number: number }[] = []
  for (const request of hook.requests) {
    const { message } = request.json() as {
      message: { conversation: { id: string }; message: { id: string; text: string } }
    }
    if (seen.has(message.message.id)) continue
    seen.add(message.message.id)
    const index = chats.findIndex((chat) => chat.conversation_id === message.conversation.id)
    arrivals.push({ index, number: Number(message.message.text) })
  }
  return arrivals
}

const aMessage = (index: number, msgid: string) =>
  aNewMessage({ msgid, conversation_id: `chat-${index}`, sender: { id: `client-${index}`, name: `Client ${index}` } })
