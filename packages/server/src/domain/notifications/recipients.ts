import {
  type AccountId,
  FULL_RIGHTS,
  type GroupId,
  type Language,
  MANAGER_RIGHTS,
  NOTIFICATION_KINDS,
  type NotificationKind,
  type NotificationSettings,
  type Rights,
  type Role,
  type UserId,
} from '@parley/protocol/model'
import { type Runner, run, statementsOf } from '../../db/statement.ts'
import { covers, type Owners, ownersFor, type Seer, type Viewer } from '../users/viewer.ts'
import { readSettings } from './notification-settings.ts'

/** Somebody who may be notified: what he may see, and what of it he wants to hear of. */
export interface Recipient {
  accountId: AccountId
  userId: UserId
  language: Language
  /** The account's. */
  timeZone: string
  settings: NotificationSettings
  /** Kinds that are told at all. */
  kinds: readonly NotificationKind[]
  /** Whose leads and chats he may see. */
  maySee: Owners
  /** Of those, whose he wants to hear of. */
  wants: Owners
}

/** What decides whom a notification is for. */
export interface NoticeFacts {
  kind: NotificationKind
  actorId: UserId | null
  /** Set when it is for this user alone. */
  targetId: UserId | null
  /** Whose the lead or chat is (null: nobody's); undefined when it is about neither. */
  ownerId: UserId | null | undefined
  /** Users who muted the chat. */
  mutedBy: readonly UserId[]
}

/** The one rule. `notification-queries.ts` says the same in SQL. */
export function isFor(recipient: Recipient, notice: NoticeFacts): boolean {
  const { userId, kinds, maySee, wants } = recipient
  if (!kinds.includes(notice.kind) || notice.actorId === userId) return false
  if (notice.targetId !== null) {
    if (notice.targetId !== userId) return false
    return isOfTask(notice.kind) || notice.ownerId === undefined || covers(maySee, notice.ownerId)
  }
  if (notice.mutedBy.includes(userId)) return false
  return notice.ownerId === undefined || covers(wants, notice.ownerId)
}

/** A task is its user's, whoever has the lead. */
export const TASK_KINDS: readonly NotificationKind[] = ['task_assigned', 'task_due']
const isOfTask = (kind: NotificationKind) => TASK_KINDS.includes(kind)

interface Member {
  accountId: AccountId
  language: Language
  timeZone: string
}

export function toRecipient(seer: Seer, settings: NotificationSettings, member: Member): Recipient {
  const maySee = ownersFor(seer, 'leads')
  return {
    ...member,
    userId: seer.user.id,
    settings,
    kinds: NOTIFICATION_KINDS.filter((kind) => settings.kinds[kind].inApp),
    maySee,
    wants: narrow(maySee, seer, settings),
  }
}

export const recipientOf = (viewer: Viewer, settings: NotificationSettings): Recipient =>
  toRecipient(viewer, settings, {
    accountId: viewer.account.id,
    language: viewer.language ?? viewer.account.language ?? 'en',
    timeZone: viewer.account.timeZone,
  })

function narrow(maySee: Owners, { user, groupUserIds }: Seer, { scope }: NotificationSettings): Owners {
  if (scope === 'all') return maySee
  const circle = scope === 'mine' ? [user.id] : groupUserIds
  const { userIds } = maySee
  return { ...maySee, userIds: userIds === null ? circle : circle.filter((id) => userIds.includes(id)) }
}

interface RecipientRow {
  id: UserId
  role: Role
  group_id: GroupId | null
  language: Language
  time_zone: string
  rights: Rights | null
  settings: unknown
}

const selectRecipients = statementsOf('notifications')(
  'recipients',
  `select u.id, u.role, u.group_id, coalesce(u.language, a.language, 'en') as language, a.time_zone, r.rights, s.settings
   from account_user u
   join account a on a.id = u.account_id
   left join role r on r.account_id = u.account_id and r.id = u.role_id
   left join notification_setting s on s.account_id = u.account_id and s.user_id = u.id
   where u.account_id = $1 and u.disabled_at is null`,
)

/** Everybody who works in the account. */
export async function listRecipients(client: Runner, accountId: AccountId): Promise<Recipient[]> {
  const rows = await run<RecipientRow>(client, selectRecipients, [accountId])
  const groups = new Map<GroupId, UserId[]>()
  for (const { id, group_id } of rows)
    if (group_id !== null) groups.set(group_id, [...(groups.get(group_id) ?? []), id])
  return rows.map((row) => {
    const rights = row.role === 'admin' ? FULL_RIGHTS : (row.rights ?? MANAGER_RIGHTS)
    const groupUserIds = (row.group_id === null ? undefined : groups.get(row.group_id)) ?? [row.id]
    const seer = { user: { id: row.id }, rights, groupUserIds }
    const member = { accountId, language: row.language, timeZone: row.time_zone }
    return toRecipient(seer, readSettings(row.settings, row.role), member)
  })
}
