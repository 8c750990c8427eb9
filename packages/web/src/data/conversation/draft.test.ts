import type { ChatId, FileId, Message, MessageId, Draft as ServerDraft, UploadedFile } from '@parley/protocol/model'
import { describe, expect, test } from 'vitest'
import {
  contentOf,
  type Draft,
  EMPTY_CONTENT,
  EMPTY_DRAFT,
  fromServer,
  mergeDrafts,
  mergeTexts,
  placeOf,
  readPlace,
} from './draft.ts'

const CHAT = '01990000-0000-7000-8000-000000000001' as ChatId
const draft = (more: Partial<Draft>): Draft => ({ ...EMPTY_DRAFT, ...more })
const file = (id: string, name = `${id}.png`) => ({
  key: `key-${id}`,
  name,
  blob: new Blob([id]),
  uploaded: { id: id as FileId, fileName: name, sizeBytes: 1, mediaType: 'image/png' } as UploadedFile,
})
const message = (id: string) => ({ id, chatId: CHAT, sentAt: 1 }) as Message

describe('texts written on two screens', () => {
  test.each([
    ['', 'Hello', '', 'Hello'],
    ['', '', 'Hello', 'Hello'],
    ['Hel', 'Hel', 'Hello', 'Hello'],
    ['Hel', 'Hello', 'Hel', 'Hello'],
    ['Hello', '', 'Hello', ''],
    ['Hello', 'Hello', '', ''],
    ['Hel', 'Hello there', 'Hello', 'Hello there'],
    ['Hel', 'Hello', 'Hello there', 'Hello there'],
    ['', 'Yes', 'No', 'Yes\nNo'],
    ['Base', 'Mine', 'Theirs', 'Mine\nTheirs'],
    // Sent there, and gone on with here: nothing of it is to be said twice, nothing to be lost.
    ['Hello', 'Hello and', '', 'Hello and'],
  ])('from %j: mine %j, theirs %j', (base, mine, theirs, both) => {
    expect(mergeTexts(base, mine, theirs)).toBe(both)
  })
})

describe('drafts of two screens', () => {
  test('what only one of them changed is as that one has it', () => {
    const base = contentOf(draft({ text: 'Hi', target: message('a') }))
    const mine = draft({ text: 'Hi', target: null, isAsFiles: true })
    const theirs = draft({ text: 'Hi there', target: message('a'), buttons: [[{ text: 'OK' }]] })
    expect(mergeDrafts(base, mine, theirs)).toMatchObject({
      text: 'Hi there',
      target: null,
      isAsFiles: true,
      buttons: [[{ text: 'OK' }]],
    })
  })

  test('files of both are there, and none that either took out', () => {
    const base = contentOf(draft({ files: [file('a'), file('b'), file('c')] }))
    const mine = draft({ files: [file('a'), file('c'), { key: 'new', name: 'new', blob: new Blob() }] })
    const theirs = draft({ files: [file('b'), file('c'), file('d')].map(({ blob: _, ...rest }) => rest) })
    const merged = mergeDrafts(base, mine, theirs)
    expect(merged.files.map(({ name }) => name)).toEqual(['c.png', 'd.png', 'new'])
    expect(merged.files[0]?.blob).toBeDefined()
  })

  test('counts from the earlier beginning', () => {
    const [early, late] = [
      { id: 'a' as MessageId, sentAt: 1 },
      { id: 'b' as MessageId, sentAt: 2 },
    ]
    expect(mergeDrafts(EMPTY_CONTENT, draft({ since: late }), draft({ since: early })).since).toBe(early)
    expect(mergeDrafts(EMPTY_CONTENT, draft({}), draft({ since: late })).since).toBe(late)
  })
})

test('a draft comes back from the server as it went, as far as it was up', () => {
  const mine = draft({
    text: 'Hi',
    files: [file('a'), { key: 'new', name: 'new', blob: new Blob() }],
    target: message('m'),
  })
  const content = contentOf(mine)
  const stored = {
    ...content,
    files: [{ file: file('a').uploaded }],
    replyTo: message('m'),
  } as unknown as ServerDraft
  expect(contentOf(fromServer(stored))).toEqual(content)
  expect(content.files).toHaveLength(1)
  expect(contentOf(draft({ text: ' ', since: { id: 'a' as MessageId, sentAt: 1 } }))).toEqual(EMPTY_CONTENT)
})

test('a place names its chat and what is written', () => {
  for (const kind of ['reply', 'note'] as const) expect(readPlace(placeOf(CHAT, kind))).toEqual({ chatId: CHAT, kind })
  expect(readPlace('first.5')).toBeUndefined()
})
