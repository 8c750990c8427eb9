import { changeChannelRequest, newChannelRequest, type OwnChannel } from '@parley/protocol/model'
import { expect, test } from 'vitest'
import { changesBetween, EMPTY_FORM, formOf, toRequest } from './channel-form.ts'
import { listEmoji } from './list-emoji.ts'

const form = { ...EMPTY_FORM, name: 'Harbor Chat', webhookUrl: 'https://hooks.example.net/:scope_id' }

test('an untouched form asks for what the server would take by itself', () => {
  const { name, webhookUrl } = form
  expect(newChannelRequest.parse(toRequest(form))).toEqual(newChannelRequest.parse({ name, webhookUrl }))
})

test('what a channel is becomes a form, and the form becomes it again', () => {
  const request = newChannelRequest.parse({
    ...toRequest(form),
    ...{
      timeWindowSeconds: 86_400,
      reactions: ['👍', '❤️'],
      accountIds: [31_000_001, 31_000_002],
      maxFileBytes: 1_536 * 1024,
    },
    ...{ about: 'Boats', events: ['messages', 'typing'], hookRetry: 'off', legacySignature: 'none', savesFiles: true },
  })
  const stored = { ...request, waiting: {} } as unknown as OwnChannel
  expect(changesBetween(request, toRequest(formOf(stored)))).toEqual({})
  const waiting = { webhookUrl: 'https://elsewhere.example.net/:scope_id' }
  expect(changesBetween(request, toRequest(formOf({ ...stored, waiting })))).toEqual(waiting)
})

test('what was mistyped reaches the server, which says what is wrong', () => {
  const wrong = toRequest({
    ...form,
    accounts: '31000001, nobody',
    reactions: 'some',
    emoji: '👍 nice',
    maxFileMb: null,
  })
  const faults = changeChannelRequest.safeParse(wrong).error?.issues.map(({ path }) => path.join('.'))
  expect(faults).toEqual(['accountIds.1', 'reactions.1', 'maxFileBytes'])
})

test.each([
  ['👍❤️🔥', ['👍', '❤️', '🔥']],
  ['👍 ❤️, 👨‍👩‍👧', ['👍', '❤️', '👨‍👩‍👧']],
  [' ', []],
  ['nice 👍', ['nice', '👍']],
])('%j is read as %j', (text, emoji) => expect(listEmoji(text)).toEqual(emoji))
