import type { ChatId, FileId, Message, MessageId, UploadedFile } from '@parley/protocol/model'
import { describe, expect, test } from 'vitest'
import { ApiRefusal, NoAnswer } from '../api.ts'
import { FileUnreadable } from '../upload-file.ts'
import { Outbox, type OutboxDeps } from './outbox.ts'
import { createMemoryStore, type OutboxEntry, type OutboxFile, withSpare } from './outbox-store.ts'
import { toRequest } from './to-request.ts'

const CHAT = 'chat-1' as ChatId
const OTHER = 'chat-2' as ChatId
const refusal = (status: number, details = {}) =>
  new ApiRefusal(status, { code: 'no', message: `refused ${status}`, details })

const aFile = (name: string): OutboxFile => ({ key: `key-${name}`, name, blob: new Blob([name]) })
const settle = () => new Promise((resolve) => setImmediate(resolve))
const stopped = () => new DOMException('stopped', 'AbortError')

/** An outbox over a server that answers what the test says, on a clock that stands still until moved. */
function anOutbox(store = createMemoryStore()) {
  const answers: (Error | 'taken')[] = []
  const sent: string[] = []
  const uploadAnswers: (Error | Promise<unknown>)[] = []
  const uploaded: string[] = []
  const dropped: string[] = []
  const alarms: { time: number; wake: () => void }[] = []
  let shown: OutboxEntry[] = []
  let now = 1_000
  let ids = 0
  const running = new Map<string, Promise<void>>()
  const deps: OutboxDeps = {
    store,
    async upload({ name }) {
      const answer = uploadAnswers.shift()
      if (answer instanceof Error) throw answer
      await answer
      uploaded.push(name)
      return { id: `file-${uploaded.length}` as FileId } as UploadedFile
    },
    dropUpload: (key) => void dropped.push(key),
    async send(entry) {
      const answer = answers.shift() ?? 'taken'
      if (answer !== 'taken') throw answer
      const { file } = toRequest(entry)
      sent.push(file ? `${entry.text}[${file.name} ${file.id}]` : entry.text)
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
    uploadAnswers,
    uploaded,
    dropped,
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
    const sending = outbox.enqueue(CHAT, { text: 'Hello' })
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
    await outbox.enqueue(CHAT, { text: 'first' })
    await outbox.enqueue(CHAT, { text: 'second' })
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
    await outbox.enqueue(CHAT, { text: 'first' })
    expect(alarms[0]?.time).toBe(31_000)
  })

  test('one chat in trouble does not hold up another', async () => {
    const { outbox, answers, sent } = anOutbox()
    answers.push(new NoAnswer())
    await outbox.enqueue(CHAT, { text: 'stuck' })
    await outbox.enqueue(OTHER, { text: 'free' })
    expect(sent).toEqual(['free'])
  })

  test('a refused reply says why and lets the next one pass; trying again puts it at the end', async () => {
    const { outbox, answers, sent, shown } = anOutbox()
    answers.push(refusal(422))
    await outbox.enqueue(CHAT, { text: 'bad' })
    await outbox.enqueue(CHAT, { text: 'good' })
    expect(sent).toEqual(['good'])
    expect(shown()).toMatchObject([{ text: 'bad', refusal: { message: 'refused 422' } }])
    await outbox.retry('id-1' as MessageId)
    expect(sent).toEqual(['good', 'bad'])
  })

  test('a refused reply can be deleted', async () => {
    const { outbox, answers, shown } = anOutbox()
    answers.push(refusal(422))
    await outbox.enqueue(CHAT, { text: 'bad' })
    await outbox.remove('id-1' as MessageId)
    expect(shown()).toEqual([])
  })

  test('survives a reload, and hurries when the network is back', async () => {
    const store = createMemoryStore()
    const before = anOutbox(store)
    before.answers.push(new NoAnswer())
    await before.outbox.enqueue(CHAT, { text: 'first' })
    await before.outbox.enqueue(CHAT, { text: 'second' })

    const after = anOutbox(store)
    await after.outbox.drain()
    expect(after.sent).toEqual([])
    expect(after.shown().map((entry) => entry.text)).toEqual(['first', 'second'])
    await after.outbox.drain({ hurry: true })
    expect(after.sent).toEqual(['first', 'second'])
  })
})

describe('outbox, with files', () => {
  test('a file goes up before its message, and everything after it waits its turn', async () => {
    const { outbox, sent, uploaded, shown } = anOutbox()
    await outbox.enqueue(CHAT, { text: 'Look', file: aFile('a.png') }, { text: '', file: aFile('b.png') })
    await outbox.enqueue(CHAT, { text: 'Nice?' })
    expect(uploaded).toEqual(['a.png', 'b.png'])
    expect(sent).toEqual(['Look[a.png file-1]', '[b.png file-2]', 'Nice?'])
    expect(shown()).toEqual([])
  })

  test('an upload that got no answer is tried again; what is up is not brought twice', async () => {
    const { outbox, answers, uploadAnswers, sent, uploaded, shown, moveTo } = anOutbox()
    uploadAnswers.push(new NoAnswer())
    answers.push(new NoAnswer())
    await outbox.enqueue(CHAT, { text: '', file: aFile('a.png') })
    expect(shown()).toMatchObject([{ attempts: 1, file: { name: 'a.png' } }])
    await moveTo(2_000)
    expect(uploaded).toEqual(['a.png'])
    expect(shown()).toMatchObject([{ attempts: 2, file: { uploaded: { id: 'file-1' } } }])
    await moveTo(60_000)
    expect(uploaded).toEqual(['a.png'])
    expect(sent).toEqual(['[a.png file-1]'])
  })

  test.each([
    ['the server does not take it', refusal(413)],
    ['it cannot be read any more', new FileUnreadable('gone')],
  ])('%s: it says why, the next one passes, and a person may try again', async (_, failure) => {
    const { outbox, uploadAnswers, sent, shown } = anOutbox()
    uploadAnswers.push(failure)
    await outbox.enqueue(CHAT, { text: '', file: aFile('big.iso') }, { text: 'after' })
    expect(sent).toEqual(['after'])
    expect(shown()).toMatchObject([{ refusal: { message: failure.message } }])
    await outbox.retry('id-1' as MessageId)
    expect(sent).toEqual(['after', '[big.iso file-1]'])
  })

  test('a file the server has thrown away meanwhile is brought once more, and only once', async () => {
    const { outbox, answers, sent, uploaded, shown, dropped } = anOutbox()
    const gone = new ApiRefusal(400, { code: 'invalid_request', message: 'file.id: there is no such file.' })
    const old = { ...aFile('a.png'), uploaded: { id: 'file-0' } as unknown as UploadedFile }
    answers.push(gone)
    await outbox.enqueue(CHAT, { text: '', file: old })
    expect(uploaded).toEqual(['a.png'])
    expect(dropped[0]).toBe('key-a.png')
    expect(sent).toEqual(['[a.png file-1]'])

    answers.push(gone, gone)
    await outbox.enqueue(CHAT, { text: '', file: old })
    expect(uploaded).toEqual(['a.png', 'a.png'])
    expect(shown()).toMatchObject([{ refusal: { message: gone.message } }])
  })

  test('taken back while it goes up: no trace, and its caption goes to the next of the same go', async () => {
    const { outbox, uploadAnswers, sent, dropped, shown } = anOutbox()
    let stop: (error: Error) => void = () => {}
    uploadAnswers.push(new Promise((_, reject) => (stop = reject)))
    const group = { mediaGroupId: 'group' }
    const sending = outbox.enqueue(
      CHAT,
      { text: 'Both', file: aFile('a.png'), ...group },
      { text: '', file: aFile('b.png'), ...group },
    )
    await settle()
    expect(await outbox.takeBack('id-1' as MessageId)).toBe('')
    expect(dropped).toEqual(['key-a.png'])
    stop(stopped())
    await sending
    expect(sent).toEqual(['Both[b.png file-1]'])
    expect(shown()).toEqual([])
  })

  test('taken back before it is even stored: the same', async () => {
    const { outbox, sent, uploaded } = anOutbox()
    const group = { mediaGroupId: 'group' }
    const files = [
      { text: 'Both', file: aFile('a.png'), ...group },
      { text: '', file: aFile('b.png'), ...group },
    ]
    const sending = outbox.enqueue(CHAT, ...files)
    expect(await outbox.takeBack('id-1' as MessageId)).toBe('')
    await sending
    expect(uploaded).toEqual(['b.png'])
    expect(sent).toEqual(['Both[b.png file-1]'])
  })

  test('taken back alone: its caption is handed back', async () => {
    const { outbox, uploadAnswers, sent, shown } = anOutbox()
    uploadAnswers.push(new NoAnswer())
    await outbox.enqueue(CHAT, { text: 'My caption', file: aFile('a.png') })
    expect(await outbox.takeBack('id-1' as MessageId)).toBe('My caption')
    await outbox.drain({ hurry: true })
    expect(sent).toEqual([])
    expect(shown()).toEqual([])
  })

  test('once it is up it cannot be taken back: the server may have the message', async () => {
    const { outbox, answers, shown } = anOutbox()
    answers.push(new NoAnswer())
    await outbox.enqueue(CHAT, { text: '', file: aFile('a.png') })
    expect(await outbox.takeBack('id-1' as MessageId)).toBeUndefined()
    expect(shown()).toHaveLength(1)
  })

  test('stopped with its screen, it waits as it was for the next one', async () => {
    const store = createMemoryStore()
    const before = anOutbox(store)
    before.uploadAnswers.push(stopped())
    await before.outbox.enqueue(CHAT, { text: 'Look', file: aFile('a.png') })
    expect(before.shown()).toMatchObject([{ attempts: 0, refusal: null }])
    const after = anOutbox(store)
    await after.outbox.drain()
    expect(after.sent).toEqual(['Look[a.png file-1]'])
  })

  test('what the disk does not take is sent all the same', async () => {
    const disk = createMemoryStore()
    const full = { ...disk, put: async () => Promise.reject(new DOMException('full', 'QuotaExceededError')) }
    const { outbox, answers, sent, moveTo } = anOutbox(withSpare(full))
    answers.push(new NoAnswer())
    await outbox.enqueue(CHAT, { text: 'Look', file: aFile('a.png') })
    await moveTo(2_000)
    expect(sent).toEqual(['Look[a.png file-1]'])
  })

  test('a reply of an earlier version, which knew no files, is sent', async () => {
    const store = createMemoryStore()
    const old = {
      id: 'old' as MessageId,
      chatId: CHAT,
      text: 'old',
      createdAt: 1,
      attempts: 3,
      nextTryAt: 0,
      refusal: null,
    }
    await store.put(old)
    const { outbox, sent } = anOutbox(store)
    await outbox.drain()
    expect(sent).toEqual(['old'])
  })
})

describe('an entry as a request', () => {
  const base = {
    id: 'id' as MessageId,
    chatId: CHAT,
    text: 'Hi',
    createdAt: 1,
    attempts: 0,
    nextTryAt: 0,
    refusal: null,
  }

  test('a text is an id and a text', () => {
    expect(toRequest(base)).toEqual({ id: 'id', text: 'Hi' })
  })

  test('a voice message carries what was measured; a quote and a group their ids', () => {
    const file: OutboxFile = {
      ...aFile('v.webm'),
      as: 'voice',
      durationMs: 1_200,
      peaks: [1, 100],
      width: 5,
      uploaded: { id: 'file-1' as FileId } as UploadedFile,
    }
    const replyTo = {
      messageId: 'm' as MessageId,
      chatId: CHAT,
      author: 'Nora',
      kind: 'text' as const,
      text: '',
      sentAt: 1,
    }
    expect(toRequest({ ...base, file, replyTo, mediaGroupId: 'group' })).toEqual({
      id: 'id',
      text: 'Hi',
      file: { id: 'file-1', name: 'v.webm', as: 'voice', durationMs: 1_200, peaks: [1, 100] },
      replyToId: 'm',
      mediaGroupId: 'group',
    })
  })
})
