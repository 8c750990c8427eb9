import type { Chat, LastMessage } from '@parley/protocol/model'
import { beforeAll, describe, expect, test } from 'vitest'
import type { OutboxEntry } from '../../../data/outbox/outbox-store.ts'
import { loadTexts } from '../../../i18n/texts.ts'
import { wordsFor } from '../../../parts/conversation/words-for.ts'
import { lastLineOf } from './last-line.ts'

beforeAll(() => loadTexts('inbox'))

const chatWith = (last: Partial<LastMessage>) =>
  ({ lastMessage: { direction: 'in', author: { id: 'nora', name: 'Nora' }, kind: 'text', text: '', ...last } }) as Chat

describe('the last line of a chat', () => {
  test.each<[Partial<LastMessage>, string]>([
    [{ kind: 'text', text: 'Hello' }, 'Hello'],
    [{ kind: 'picture', fileName: 'IMG_1.jpg' }, 'Photo'],
    [{ kind: 'picture', text: 'This one?' }, 'This one?'],
    [{ kind: 'voice', fileName: 'x.ogg', durationMs: 12_400 }, 'Voice message 0:12'],
    [{ kind: 'voice' }, 'Voice message'],
    [{ kind: 'video', durationMs: 75_000 }, 'Video 1:15'],
    [{ kind: 'file', fileName: 'Prices.pdf' }, 'Prices.pdf'],
    [{ kind: 'file', fileName: '' }, 'File'],
    [{ kind: 'audio', fileName: 'Song.mp3', durationMs: 1 }, 'Song.mp3'],
    [{ kind: 'location' }, 'Location'],
    [{ kind: 'contact' }, 'Contact'],
    [{ kind: 'sticker' }, 'Sticker'],
  ])('%j', (last, words) => {
    expect(lastLineOf(chatWith(last), undefined, 'me')).toMatchObject({
      text: words,
      kind: last.kind,
      status: undefined,
    })
  })

  test('says whose it is when a colleague wrote it, and how far it got', () => {
    const mine = chatWith({
      direction: 'out',
      author: { id: 'me', kind: 'user', name: 'Marta' },
      text: 'a',
      status: 'read',
    })
    expect(lastLineOf(mine, undefined, 'me')).toMatchObject({ status: 'read', author: undefined })
    expect(lastLineOf(mine, undefined, 'other')).toMatchObject({ author: 'Marta' })
  })

  test('a reply on its way is later than everything', () => {
    const entry = { text: '', file: { name: 'a.png', blob: new Blob([], { type: 'image/png' }) }, refusal: null }
    const line = lastLineOf(chatWith({ text: 'Hello' }), entry as unknown as OutboxEntry, 'me')
    expect(line).toMatchObject({ kind: 'picture', text: 'Photo', status: 'sending' })
  })

  test('a length of nothing is still a length', () => {
    expect(wordsFor({ kind: 'video', text: '', durationMs: 0 })).toBe('Video 0:00')
  })
})
