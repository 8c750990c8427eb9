import type { ChatId, Message, MessageId } from '@parley/protocol/model'
import { describe, expect, test } from 'vitest'
import { ApiRefusal, NoAnswer } from '../api.ts'
import { Outbox, type OutboxDeps } from './outbox.ts'
import { createMemoryStore, type OutboxEntry } from './outbox-store.ts'

const CHAT = 'chat-1' as ChatId
const OTHER = 'chat-2' as ChatId
const refusal = (status: number, details = {}) =>
  new ApiRefusal(status, { code: 'no', message: `refused ${status}`, details })

/** An outbox over a server that answers what the test says, on a clock that stands still until moved. */
function anOutbox(store = createMemoryStore()) {
  const answers: (Error | 'taken')[] = []
  const sent: string[] = []
  const alarms: { time: number; wake: () => void }[] = []
  let shown: OutboxEntry[] = []
  let now = 1_000
  let ids = 0
  const running = new Map<string, Promise<void>>()
  const deps: OutboxDeps = {
    store,
    async send(entry) {
      const answer = answers.shift() ?? 'taken'
      if (answer !== 'taken') throw answer
      sent.push(entry.text)
      return { id: entry.id } as Message
    },
    onSent() {},
    onChange: (entries) => {
      shown = [...entries]
    },
    announce() {},
    withLock(name, work) {
      const turn = (running.get(name) ?? Promise.resolve()).then(work)
      running.set(name, turn)
      return turn
    },
    wakeAt: (time, wake) => alarms.push({ time, wake }),
    newId: () => `id-${++ids}` as MessageId,
    now: () => now,
    random: () => 0,
  }
  const outbox = new Outbox(deps)
  return {
    outbox,
    answers,
    sent,
    alarms,
    shown: () => shown,
    async moveTo(time: number) {
      now = time
      for (const { wake } of alarms.splice(0).filter((alarm) => alarm.time <= time)) wake()
      await Promise.all(running.values())
    },
  }
}

describe('outbox', () => {
  test('a reply is shown and stored before it leaves, and is gone once taken', async () => {
    const { outbox, shown, sent } = anOutbox()
    const sending = outbox.enqueue(CHAT, 'Hello')
    expect(shown()).toMatchObject([{ text: 'Hello', refusal: null }])
    await sending
    expect(sent).toEqual(['Hello'])
    expect(shown()).toEqual([])
  })

  test.each([
    ['no answer', new NoAnswer()],
    ['a server in trouble', refusal(503)],
    ['a limit', refusal(429)],
    ['a lost session', refusal(401)],
  ])('%s: waits, then tries again in order', async (_, failure) => {
    const { outbox, answers, sent, alarms, moveTo, shown } = anOutbox()
    answers.push(failure)
    await outbox.enqueue(CHAT, 'first')
    await outbox.enqueue(CHAT, 'second')
    expect(sent).toEqual([])
    expect(shown()).toMatchObject([
      { text: 'first', attempts: 1 },
      { text: 'second', attempts: 0 },
    ])
    expect(alarms[0]?.time).toBe(2_000)
    await moveTo(2_000)
    expect(sent).toEqual(['first', 'second'])
  })

  test('the server may ask for more patience', async () => {
    const { outbox, answers, alarms } = anOutbox()
    answers.push(refusal(429, { retryAfterSeconds: 30 }))
    await outbox.enqueue(CHAT, 'first')
    expect(alarms[0]?.time).toBe(31_000)
  })

  test('one chat in trouble does not hold up another', async () => {
    const { outbox, answers, sent } = anOutbox()
    answers.push(new NoAnswer())
    await outbox.enqueue(CHAT, 'stuck')
    await outbox.enqueue(OTHER, 'free')
    expect(sent).toEqual(['free'])
  })

  test('a refused reply says why and lets the next one pass; trying again puts it at the end', async () => {
    const { outbox, answers, sent, shown } = anOutbox()
    answers.push(refusal(422))
    await outbox.enqueue(CHAT, 'bad')
    await outbox.enqueue(CHAT, 'good')
    expect(sent).toEqual(['good'])
    expect(shown()).toMatchObject([{ text: 'bad', refusal: { message: 'refused 422' } }])
    await outbox.retry('id-1' as MessageId)
    expect(sent).toEqual(['good', 'bad'])
  })

  test('a refused reply can be deleted', async () => {
    const { outbox, answers, shown } = anOutbox()
    answers.push(refusal(422))
    await outbox.enqueue(CHAT, 'bad')
    await outbox.remove('id-1' as MessageId)
    expect(shown()).toEqual([])
  })

  test('survives a reload, and hurries when the network is back', async () => {
    const store = createMemoryStore()
    const before = anOutbox(store)
    before.answers.push(new NoAnswer())
    await before.outbox.enqueue(CHAT, 'first')
    await before.outbox.enqueue(CHAT, 'second')

    const after = anOutbox(store)
    await after.outbox.drain()
    expect(after.sent).toEqual([])
    expect(after.shown().map((entry) => entry.text)).toEqual(['first', 'second'])
    await after.outbox.drain({ hurry: true })
    expect(after.sent).toEqual(['first', 'second'])
  })
})
