import type { UserId } from '@parley/protocol/model'
import type { NewEvent } from '../../events/append-events.ts'

/** Lists of the settings that screens hold; queries with a key that begins with the topic are read again. */
export type PeopleTopic = 'users' | 'roles' | 'groups' | 'invitations' | 'account' | 'sessions' | 'security' | 'me'

export const settingsChanged = (topic: PeopleTopic, actorId: UserId | null): NewEvent => ({
  type: 'settings.changed',
  topic,
  actorId,
})

/** The same for the screens of one person. */
export const settingsChangedFor = (userId: UserId, topic: PeopleTopic, actorId: UserId | null): NewEvent => ({
  ...settingsChanged(topic, actorId),
  userId,
})

/** What these people may see is different now: their streams end behind it, and their screens read everything again. */
export function accessChanged(userIds: Iterable<UserId>, actorId: UserId | null): NewEvent[] {
  return [...new Set(userIds)].map((userId) => ({ type: 'access.changed', userId, actorId }))
}
