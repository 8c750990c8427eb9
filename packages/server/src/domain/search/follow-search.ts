import type { EventType } from '@parley/protocol/model'
import type { Follower } from '../../events/follow-events.ts'
import type { StoredEvent } from '../../events/list-events.ts'
import { indexNames } from './index-names.ts'
import { indexTexts } from './index-texts.ts'

/** What they tell of is called, or says, what it did before. */
const SAYS_NOTHING_NEW: ReadonlySet<EventType> = new Set([
  'message.status_changed',
  'message.reacted',
  'chat.read',
  'draft.changed',
  'notification.created',
  'notification.read',
  'connection.changed',
  'settings.changed',
  'access.changed',
])

/** Keeps what can be searched: off the way of messages, a moment behind them. */
export const followSearch: Follower = {
  name: 'search',
  restMs: 150,
  givesWay: true,
  async handle(client, accountId, events) {
    const news = events.filter(({ type }) => !SAYS_NOTHING_NEW.has(type))
    await indexTexts(client, accountId, {
      messageIds: distinct(news, (event) => event.message_id),
      noteIds: distinct(news, (event) => event.note_id),
    })
    await indexNames(client, accountId, {
      chatIds: distinct(news, (event) => event.chat_id),
      contactIds: distinct(news, (event) => event.contact_id),
      leadIds: distinct(news, (event) => event.lead_id),
    })
  },
}

function distinct<Value>(events: readonly StoredEvent[], get: (event: StoredEvent) => Value | null): Value[] {
  return [...new Set(events.map(get).filter((value) => value !== null))]
}
