import type { SimulatorEntry } from '@parley/protocol/model'
import { describe, expect, test } from 'vitest'
import { foldConversation } from './fold-conversation.ts'

let lastId = 0

function request(body: object, { target = '/v2/origin/custom/c_a', status = 200, answer = {} } = {}): SimulatorEntry {
  const sent = { method: 'POST', target, headers: {}, stringToSign: '', body: JSON.stringify(body) }
  const got = { status, headers: {}, body: JSON.stringify(answer), durationMs: 1 }
  return { id: ++lastId, at: lastId, kind: 'request', exchange: { at: lastId, request: sent, answer: got } }
}

const written = (msgid: string, text: string, how: { status?: number } = {}) =>
  request(
    {
      event_type: 'new_message',
      payload: { msgid, conversation_id: 'nora', msec_timestamp: Number(msgid), message: { type: 'text', text } },
    },
    { ...how, answer: { new_message: { msgid: `id-${msgid}` } } },
  )

function hook(body: object, { isRight = true, kind = 'ok' as 'ok' | 'hang' } = {}): SimulatorEntry {
  const signature = { isRight, fault: null }
  const caught = { requestId: 'r', attempt: 1, headers: {}, body: JSON.stringify(body), signature, answer: { kind } }
  return { id: ++lastId, at: lastId, kind: 'hook', hook: caught }
}

const answered = (id: string, text: string, at = 50) => ({
  message: { conversation: { client_id: 'nora' }, msec_timestamp: at, message: { id, type: 'text', text } },
})

const textsOf = (...entries: SimulatorEntry[]) =>
  foldConversation(entries, 'nora').messages.map(({ content, isMine }) => `${isMine ? '>' : '<'} ${content.text}`)

describe('what a phone shows of what went over the wire', () => {
  test('both sides by time, and nothing of other clients', () => {
    const other = hook({ message: { conversation: { client_id: 'omar' }, message: { id: 'x', text: 'Other' } } })
    expect(textsOf(hook(answered('m', 'Hi', 15)), written('20', 'Later'), written('10', 'Hello'), other)).toEqual([
      '> Hello',
      '< Hi',
      '> Later',
    ])
  })

  test('what was sent again is there once', () => {
    expect(
      textsOf(written('1', 'Hello'), written('1', 'Hello'), hook(answered('m', 'Hi')), hook(answered('m', 'Hi'))),
    ).toEqual(['> Hello', '< Hi'])
  })

  test('nothing that was refused, not taken, or signed wrongly', () => {
    expect(
      textsOf(
        written('1', 'Hello', { status: 403 }),
        hook(answered('a', 'Hangs'), { kind: 'hang' }),
        hook(answered('b', 'Forged'), { isRight: false }),
      ),
    ).toEqual([])
  })

  test('edits, reactions of both, and what was reported', () => {
    const edit = {
      event_type: 'edit_message',
      payload: { msgid: '1', conversation_id: 'nora', message: { text: 'Hi' } },
    }
    const react = { conversation_id: 'nora', msgid: '1', user: { id: 'nora' }, type: 'react', emoji: '👍' }
    const theirs = {
      action: { reaction: { msgid: 'id-1', conversation: { client_id: 'nora' }, type: 'react', emoji: '❤️' } },
    }
    const report = { msgid: 'm', status_code: 2 }
    const { messages } = foldConversation(
      [
        written('1', 'Hello'),
        request(edit),
        request(react, { target: '/v2/origin/custom/c_a/react' }),
        hook(theirs),
        hook(answered('m', 'Yes')),
        request(report, { target: '/v2/origin/custom/c_a/m/delivery_status' }),
      ],
      'nora',
    )
    expect(messages).toMatchObject([
      { content: { text: 'Hi' }, isEdited: true, reactions: { mine: '👍', theirs: '❤️' } },
      { content: { text: 'Yes' }, report: 'read' },
    ])
  })

  test('a manager types until he has answered', () => {
    const typing = { action: { typing: { conversation: { client_id: 'nora' }, expired_at: 7 } } }
    expect(foldConversation([hook(typing)], 'nora').typingUntilMs).toBe(7000)
    expect(foldConversation([hook(typing), hook(answered('m', 'Hi'))], 'nora').typingUntilMs).toBe(0)
  })
})
