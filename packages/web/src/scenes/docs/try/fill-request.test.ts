import { expect, test } from 'vitest'
import { fillPath, missingIn, msgidIn, pretty, ready, toQuery } from './fill-request.ts'

test('a path takes its values, encoded, and says which it lacks', () => {
  const path = '/chats/{chatId}/messages/{messageId}'
  expect(fillPath(path, { chatId: 'a/b' })).toBe('/chats/a%2Fb/messages/{messageId}')
  expect(missingIn(path, { chatId: 'a/b', messageId: '' })).toEqual(['messageId'])
})

test('a query leaves out what is empty', () => {
  expect(toQuery(['limit', 'after', 'view'], { limit: '5', after: '', view: 'a b', other: '1' })).toBe(
    'limit=5&view=a+b',
  )
})

const ground = { amojoId: 'account-1', nowMs: 1_772_532_930_125, lastMsgid: undefined }
const message = { event_type: 'new_message', payload: { msgid: 'hc-msg-7001', timestamp: 1, msec_timestamp: 1 } }

test('a message is of now, and new each time', () => {
  const body = ready({ name: '', value: message }, ground)
  expect(JSON.parse(body).payload).toEqual({
    msgid: 'docs-1772532930125',
    timestamp: 1_772_532_930,
    msec_timestamp: 1_772_532_930_125,
  })
  expect(msgidIn(body)).toBe('docs-1772532930125')
})

test('an edit goes on with the message that was sent', () => {
  const edit = { name: '', value: { event_type: 'edit_message', payload: { msgid: 'hc-msg-7001' } } }
  expect(ready(edit, ground)).toContain('hc-msg-7001')
  expect(ready(edit, { ...ground, lastMsgid: 'docs-1' })).toContain('docs-1')
  expect(msgidIn(ready(edit, ground))).toBeUndefined()
})

test('a connection is one of this account', () => {
  expect(JSON.parse(ready({ name: '', value: { account_id: 'x', title: 'T' } }, ground))).toEqual({
    account_id: 'account-1',
    title: 'T',
  })
})

test('what is no JSON is shown as it is', () => {
  expect(pretty('{"a":1}')).toBe('{\n  "a": 1\n}')
  expect(pretty('<p>')).toBe('<p>')
  expect(msgidIn('{')).toBeUndefined()
})
