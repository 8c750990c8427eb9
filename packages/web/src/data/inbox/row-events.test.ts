import type {
  Chat,
  ChatId,
  Lead,
  LeadId,
  Message,
  MessageId,
  PipelineId,
  RealtimeEvent,
  StageId,
  TagId,
} from '@parley/protocol/model'
import { expect, test } from 'vitest'
import { withLeadOf, withMessageOf } from './row-events.ts'

const chat = (more: Partial<Chat>) => ({ id: 'e' as ChatId, lead: null, lastMessage: null, ...more }) as Chat
const event = (more: Partial<RealtimeEvent>): RealtimeEvent => ({ seq: 1, type: 'message.received', ...more })

const LEAD = { id: 7 as LeadId, pipelineId: 1 as PipelineId, stageId: 2 as StageId, tagIds: [4 as TagId] }
const FULL_LEAD = {
  id: LEAD.id,
  title: 'Bike',
  isIncoming: false,
  pipeline: { id: LEAD.pipelineId },
  stage: { id: LEAD.stageId },
  tags: [{ id: 4 as TagId }],
} as Lead

test('a lead that changed or went alone changes its row', () => {
  const row = chat({ lead: { ...LEAD, title: 'Bike', isIncoming: true } })
  expect(withLeadOf(row, [event({ type: 'lead.accepted', lead: { ...FULL_LEAD, title: 'Two bikes' } })]).lead).toEqual({
    ...LEAD,
    title: 'Two bikes',
    isIncoming: false,
  })
  expect(withLeadOf(row, [event({ type: 'lead.declined', removedLeadId: LEAD.id })]).lead).toBeNull()
  const same = chat({ lead: { ...LEAD, title: 'Bike', isIncoming: false } })
  expect(withLeadOf(same, [event({ lead: FULL_LEAD })])).toBe(same)
  expect(withLeadOf(same, [event({ lead: { ...FULL_LEAD, id: 8 as LeadId } })])).toBe(same)
})

test('a last message that was edited changes its row, until a later snapshot of the chat knows better', () => {
  const message = { id: 'm' as MessageId, chatId: 'e' as ChatId, kind: 'text', text: 'Helo' } as Message
  const row = chat({ lastMessage: message })
  const edited = event({ type: 'message.edited', message: { ...message, text: 'Hello' } })
  expect(withMessageOf(row, [edited]).lastMessage).toMatchObject({ id: 'm', text: 'Hello' })
  const other = event({ type: 'message.edited', message: { ...message, id: 'n' as MessageId } })
  expect(withMessageOf(row, [other])).toBe(row)
  const later = chat({ lastMessage: { ...message, text: 'Hello again' } })
  expect(withMessageOf(later, [edited, event({ type: 'chat.updated', chat: later })])).toBe(later)
})

test('a file that arrived says its name and length in the row', () => {
  const message = { id: 'm' as MessageId, chatId: 'e' as ChatId, kind: 'voice', text: '' } as Message
  const media = { fileName: 'note.ogg', durationMs: 12_000 } as Message['media'] & object
  const row = withMessageOf(chat({ lastMessage: message }), [event({ message: { ...message, media } })])
  expect(row.lastMessage).toMatchObject({ fileName: 'note.ogg', durationMs: 12_000 })
})
