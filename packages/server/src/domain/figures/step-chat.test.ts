import { expect, test } from 'vitest'
import { type ChatStep, NEW_CHAT, stepChat, type Wait } from './step-chat.ts'

const message = (by: 'client' | 'user' | 'bot', sentAt: number, receivedAt = sentAt): ChatStep => ({
  type: by === 'client' ? 'message.received' : 'message.sent',
  by,
  sentAt,
  receivedAt,
})

function waitsOf(...steps: ChatStep[]): Wait[] {
  let state = NEW_CHAT
  return steps.flatMap((step) => {
    const next = stepChat(state, step)
    state = next.state
    return next.wait ?? []
  })
}

test('the first answer is counted from the first question, later ones from the first unanswered', () => {
  expect(
    waitsOf(
      message('client', 10),
      { type: 'lead.created' },
      message('client', 20),
      message('user', 50),
      message('user', 60),
      message('client', 70),
      message('user', 75),
    ),
  ).toEqual([
    { from: 10, to: 50, isFirst: true },
    { from: 70, to: 75, isFirst: false },
  ])
})

test('bots answer nothing, nor does what is imported', () => {
  const old = message('user', 15, 15 + 3_600_001)
  expect(waitsOf(message('client', 10), message('bot', 11), old, message('user', 30))).toEqual([
    { from: 10, to: 30, isFirst: true },
  ])
  expect(waitsOf(message('client', 10, 10 + 3_600_001), message('user', 20))).toEqual([])
})

test('who writes first is not asked; the answer to what comes back is the first', () => {
  expect(waitsOf(message('user', 5), message('client', 10), message('user', 12))).toEqual([
    { from: 10, to: 12, isFirst: true },
  ])
})

test('a chat that is closed and opened again has no second first answer', () => {
  const waits = waitsOf(
    message('client', 10),
    message('user', 20),
    { type: 'chat.closed' },
    message('client', 30),
    { type: 'chat.reopened' },
    message('user', 40),
  )
  expect(waits.map((wait) => wait.isFirst)).toEqual([true, false])
})

test('a declined question needs no answer, unless the decision is taken back', () => {
  const asked = [message('client', 10), { type: 'lead.created' }, { type: 'lead.declined' }] as ChatStep[]
  expect(waitsOf(...asked, message('user', 20))).toEqual([])
  expect(waitsOf(...asked, { type: 'lead.restored' }, message('user', 20))).toHaveLength(1)
  expect(waitsOf(...asked, message('client', 30), { type: 'lead.created' }, message('user', 34))).toEqual([
    { from: 30, to: 34, isFirst: true },
  ])
})

test('a new lead begins anew with the message that made it', () => {
  const waits = waitsOf(
    message('client', 10),
    { type: 'lead.created' },
    message('user', 12),
    message('client', 20),
    message('client', 90),
    { type: 'lead.created' },
    message('user', 95),
  )
  expect(waits.at(-1)).toEqual({ from: 90, to: 95, isFirst: true })
})

test('an answer dated before its question took no time', () => {
  expect(waitsOf(message('client', 10), message('user', 8))).toEqual([{ from: 10, to: 10, isFirst: true }])
})
