import type {
  AccountId,
  ChannelId,
  ChatId,
  ContactDetails,
  ContactId,
  ContactIdentity,
  ContactMerge,
  FileId,
  MergeId,
  ParticipantId,
  UserId,
} from '@parley/protocol/model'
import { type Runner, run, statementsOf } from '../../db/statement.ts'
import { avatarPath } from '../../lib/file-path.ts'
import type { Deps } from '../deps.ts'
import { ownedSql, ownersFor, ownersValues, type Viewer } from '../users/viewer.ts'
import { getContact } from './contact-queries.ts'

interface IdentityRow {
  id: ParticipantId
  name: string
  avatar_file_id: FileId | null
  phone: string | null
  email: string | null
  profile_link: string | null
  channel_id: ChannelId
  channel_code: string
  channel_title: string
  chat_id: ChatId | null
}

const statement = statementsOf('contacts')

const selectIdentities = statement(
  'identities',
  `select p.id, p.name, p.avatar_file_id, p.phone, p.email, p.profile_link, ch.id as channel_id, ch.code as channel_code,
     coalesce(cn.title, ch.name) as channel_title, c.chat_id
   from participant p
   join channel ch on ch.id = p.channel_id
   left join connection cn on cn.account_id = p.account_id and cn.channel_id = p.channel_id
   left join lateral (
     select s.chat_id from chat c
     join chat_state s on s.account_id = c.account_id and s.chat_id = c.id and s.activity_minute is not null
     left join lead l on l.account_id = s.account_id and l.id = s.lead_id and l.deleted_at is null
     where c.account_id = p.account_id and c.participant_id = p.id and ${ownedSql('l.responsible_user_id', 3)}
     order by s.activity_minute desc, s.activity_at desc limit 1) c on true
   where p.account_id = $1 and p.contact_id = $2
   order by p.created_at, p.id limit 200`,
)

/** Whoever merged two people who are not the same may notice late. */
export const UNDO_MERGE_MS = 30 * 24 * 3_600_000

interface MergeRow {
  id: MergeId
  other_id: ContactId
  other_name: string
  user_id: UserId | null
  user_name: string | null
  merged_at: Date
}

const selectMerges = statement(
  'merges',
  `select m.id, m.other_id, o.name as other_name, u.id as user_id, u.name as user_name, m.merged_at
   from contact_merge m
   join contact o on o.account_id = m.account_id and o.id = m.other_id
   left join account_user u on u.account_id = m.account_id and u.id = m.merged_by
   where m.account_id = $1 and m.contact_id = $2 and m.undone_at is null and m.merged_at > $3
   order by m.id desc limit 50`,
)

const selectChats = statement(
  'chats',
  `select s.chat_id from participant p
   join chat c on c.account_id = p.account_id and c.participant_id = p.id
   join chat_state s on s.account_id = c.account_id and s.chat_id = c.id and s.activity_minute is not null
   left join lead l on l.account_id = s.account_id and l.id = s.lead_id and l.deleted_at is null
   where p.account_id = $1 and p.contact_id = $2 and ${ownedSql('l.responsible_user_id', 3)}
   order by s.activity_minute desc, s.activity_at desc, s.chat_id desc limit 200`,
)

/** @throws {AppError} `not_found` */
export async function getContactDetails(
  { hotPool: pool, clock }: Pick<Deps, 'hotPool' | 'clock'>,
  viewer: Viewer,
  id: ContactId,
): Promise<ContactDetails> {
  const accountId = viewer.account.id
  const values = [accountId, id, ...ownersValues(ownersFor(viewer, 'leads'))]
  const [contact, identities, merges] = await Promise.all([
    getContact(pool, accountId, id),
    run<IdentityRow>(pool, selectIdentities, values),
    run<MergeRow>(pool, selectMerges, [accountId, id, new Date(clock.now().getTime() - UNDO_MERGE_MS)]),
  ])
  return {
    ...contact,
    identities: identities.map((row) => toIdentity(accountId, row)),
    merges: merges.map(toMerge),
  }
}

/** The conversations with a contact that the viewer may see, the latest first. */
export async function listChatsOfContact(pool: Runner, viewer: Viewer, id: ContactId): Promise<ChatId[]> {
  const values = [viewer.account.id, id, ...ownersValues(ownersFor(viewer, 'leads'))]
  const rows = await run<{ chat_id: ChatId }>(pool, selectChats, values)
  return rows.map((row) => row.chat_id)
}

const toIdentity = (accountId: AccountId, row: IdentityRow): ContactIdentity => ({
  id: row.id,
  name: row.name,
  avatarUrl: avatarPath(accountId, row.avatar_file_id),
  phone: row.phone,
  email: row.email,
  profileLink: row.profile_link,
  channel: { id: row.channel_id, code: row.channel_code, title: row.channel_title },
  chatId: row.chat_id,
})

const toMerge = (row: MergeRow): ContactMerge => ({
  id: row.id,
  other: { id: row.other_id, name: row.other_name },
  mergedBy: row.user_id === null ? null : { id: row.user_id, name: row.user_name ?? '' },
  mergedAt: row.merged_at.getTime(),
})
