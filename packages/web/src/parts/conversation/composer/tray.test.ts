import type { MessageId, Post, Quote } from '@parley/protocol/model'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Draft, type DraftFile, EMPTY_DRAFT } from '../../../data/conversation/draft.ts'
import { loadTexts } from '../../../i18n/texts.ts'
import { canGoAsFiles, cleanName, findProblem, toReplies } from './tray.ts'

beforeAll(() => loadTexts('composer'))

const aFile = (name: string, type: string, more: Partial<DraftFile> = {}): DraftFile => ({
  key: name,
  name,
  blob: new Blob(['x'], { type }),
  ...more,
})
const picture = aFile('a.png', 'image/png')
const text = aFile('b.txt', 'text/plain')
const voice = aFile('v.webm', 'audio/webm', { as: 'voice' })
const quote: Quote = { messageId: 'm' as MessageId, chatId: null, author: 'Nora', kind: 'text', text: 'Hm', sentAt: 1 }

const repliesOf = (files: DraftFile[], more: { text?: string; isAsFiles?: boolean; replyTo?: Quote } = {}) =>
  toReplies({
    draft: { ...EMPTY_DRAFT, text: more.text ?? '', files, isAsFiles: more.isAsFiles ?? false },
    replyTo: more.replyTo,
    post: undefined,
    newId: () => 'group',
  })

describe('what a draft becomes', () => {
  test('a text alone, trimmed', () => {
    expect(repliesOf([], { text: ' Hi \n' })).toEqual([{ text: 'Hi' }])
  })

  test('one file with its caption is no group', () => {
    expect(repliesOf([picture], { text: 'Look', replyTo: quote })).toEqual([
      { text: 'Look', file: picture, replyTo: quote },
    ])
  })

  test('several are one group; the first has the text and the quote', () => {
    expect(repliesOf([picture, text], { text: 'Look', replyTo: quote })).toEqual([
      { text: 'Look', file: picture, replyTo: quote, mediaGroupId: 'group' },
      { text: '', file: text, mediaGroupId: 'group' },
    ])
  })

  test('as files: what would be shown, not what was said', () => {
    const replies = repliesOf([picture, text, voice], { isAsFiles: true })
    expect(replies.map(({ file }) => file?.as)).toEqual(['file', undefined, 'voice'])
  })

  test.each([
    [[picture], true],
    [[text, aFile('c.mp4', 'video/mp4')], true],
    [[text, voice, aFile('d.svg', 'image/svg+xml')], false],
  ])('the choice is offered only where it means something', (files, expected) => {
    expect(canGoAsFiles(files)).toBe(expected)
  })
})

describe('what cannot be sent is said at once', () => {
  const channel = { title: 'Harbor', maxFileBytes: 20_000_000 }

  test.each([
    [1, undefined],
    [20_000_000, undefined],
    [20_000_001, 'Too large: Harbor takes up to 20 MB'],
    [0, 'The file is empty'],
  ])('%i bytes', (size, problem) => {
    expect(findProblem({ size }, channel)).toBe(problem)
  })
})

describe('a name the server takes', () => {
  test.each([
    [' offer.pdf ', 'offer.pdf'],
    ['of\0fer.pdf', 'offer.pdf'],
    ['   ', 'file'],
    [`${'x'.repeat(300)}.pdf`, `${'x'.repeat(251)}.pdf`],
    ['y'.repeat(300), 'y'.repeat(255)],
    [`${'x'.repeat(254)}😀`, 'x'.repeat(254)],
  ])('%j', (given, clean) => {
    expect(cleanName(given)).toBe(clean)
  })
})

describe('a reply made of a template', () => {
  const template = { id: 601, content: 'Hi {{contact.name}}', params: [{ key: '{{contact.name}}', value: 'Nora' }] }
  const buttons = [[{ text: 'Yes' }]]
  const replies = (more: Partial<Draft>, post?: Post) =>
    toReplies({
      draft: { ...EMPTY_DRAFT, text: 'Hi Nora', template, buttons, ...more },
      replyTo: undefined,
      post,
      newId: () => 'group',
    })

  test('names it, with its buttons, in the first message', () => {
    expect(replies({ files: [picture, text] })).toMatchObject([{ text: 'Hi Nora', template, buttons }, { text: '' }])
    expect(replies({ files: [picture, text] })[1]).not.toHaveProperty('buttons')
  })

  test('is one like any other when the text was changed', () => {
    expect(replies({ text: 'Hi Nora!' })[0]).toEqual({ text: 'Hi Nora!', buttons })
  })

  test('goes out as words alone under a post', () => {
    const post = { id: 'p' } as Post
    expect(replies({}, post)).toEqual([{ text: 'Hi Nora', post }])
  })
})
