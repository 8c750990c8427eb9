import type { AccountId, EventType } from '@parley/protocol/model'
import type pg from 'pg'
import type { Follower } from '../../events/follow-events.ts'
import type { StoredEvent } from '../../events/list-events.ts'
import type { Deps } from '../deps.ts'
import { noticesOfChannels } from './facts/channels.ts'
import { noticesOfLeads } from './facts/leads.ts'
import { noticesOfNotes } from './facts/notes.ts'
import { noticesOfTasks } from './facts/tasks.ts'
import { insertNotices, type NewNotice } from './new-notice.ts'

/** Looks up what events of these types mean for people; each fact comes out once, however often it is looked at. */
interface Source {
  types: readonly EventType[]
  notices(client: pg.ClientBase, accountId: AccountId, events: readonly StoredEvent[]): Promise<NewNotice[]>
}

const SOURCES: readonly Source[] = [
  { types: ['lead.created', 'lead.updated', 'lead.accepted'], notices: noticesOfLeads },
  { types: ['note.added', 'note.changed'], notices: noticesOfNotes },
  { types: ['task.changed'], notices: noticesOfTasks },
  { types: ['connection.changed'], notices: noticesOfChannels },
]

/** Makes the notifications that do not come with a message: off the ingest path, exactly once. */
export function followFacts({ clock, nudge }: Pick<Deps, 'clock' | 'nudge'>): Follower {
  return {
    name: 'notifications',
    restMs: 100,
    async handle(client, accountId, events) {
      const found: NewNotice[] = []
      for (const { types, notices } of SOURCES) {
        const about = events.filter((event) => types.includes(event.type))
        if (about.length > 0) found.push(...(await notices(client, accountId, about)))
      }
      await insertNotices(client, accountId, found, clock.now())
    },
    afterCommit: (accountId, events) => {
      if (events.some(({ type }) => SOURCES.some(({ types }) => types.includes(type)))) nudge(accountId)
    },
  }
}
