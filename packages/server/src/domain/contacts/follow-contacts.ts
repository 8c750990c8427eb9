import type { AccountId, ContactId, DuplicateKind, PointKind } from '@parley/protocol/model'
import type pg from 'pg'
import { columns, run, statementsOf } from '../../db/statement.ts'
import type { Follower } from '../../events/follow-events.ts'
import type { StoredEvent } from '../../events/list-events.ts'
import { nameKey, pointKey } from './points.ts'

const statement = statementsOf('contact_follower')

/** Whom the events are about: directly, through the chat or through the lead. */
const selectTouched = statement(
  'touched',
  `select c.id, c.name, c.phone, c.email, c.deleted_at is not null as is_deleted
   from contact c
   where c.account_id = $1 and c.id in (
     select unnest($2::bigint[])
     union select s.contact_id from chat_state s where s.account_id = $1 and s.chat_id = any ($3::uuid[])
     union select l.contact_id from lead l where l.account_id = $1 and l.id = any ($4::bigint[]))`,
)

const selectPoints = statement(
  'points',
  'select contact_id, kind, normal from contact_point where account_id = $1 and contact_id = any ($2::bigint[])',
)

const insertPoints = statement(
  'insert_points',
  `insert into contact_point (account_id, contact_id, kind, normal, value)
   select $1, * from unnest($2::bigint[], $3::text[], $4::text[], $5::text[]) on conflict do nothing`,
)

const selectKeys = statement(
  'keys',
  'select contact_id, kind, value from contact_key where account_id = $1 and contact_id = any ($2::bigint[])',
)

const insertKeys = statement(
  'insert_keys',
  `insert into contact_key (account_id, contact_id, kind, value)
   select $1, * from unnest($2::bigint[], $3::text[], $4::text[]) on conflict do nothing`,
)

const deleteKeys = statement(
  'delete_keys',
  `delete from contact_key k using unnest($2::bigint[], $3::text[], $4::text[]) as gone (contact_id, kind, value)
   where k.account_id = $1 and k.contact_id = gone.contact_id and k.kind = gone.kind and k.value = gone.value`,
)

const writeGroups = statement(
  'write_groups',
  `insert into duplicate_group (account_id, kind, value, contacts)
   select $1, g.kind, g.value, count(*) from unnest($2::text[], $3::text[]) as g (kind, value)
   join contact_key k on k.account_id = $1 and k.kind = g.kind and k.value = g.value
   group by g.kind, g.value having count(*) > 1
   on conflict (account_id, kind, value) do update set contacts = excluded.contacts,
     dismissed = least(duplicate_group.dismissed, excluded.contacts)`,
)

const dropGroups = statement(
  'drop_groups',
  `delete from duplicate_group d using unnest($2::text[], $3::text[]) as g (kind, value)
   where d.account_id = $1 and d.kind = g.kind and d.value = g.value
     and (select count(*) from (select 1 from contact_key k
       where k.account_id = $1 and k.kind = g.kind and k.value = g.value limit 2) two) < 2`,
)

const moveActivity = statement(
  'activity',
  `insert into contact_activity (account_id, contact_id, minute)
   select $1, s.contact_id, max(s.activity_minute) from chat_state s
   where s.account_id = $1 and s.chat_id = any ($2::uuid[]) and s.contact_id is not null and s.activity_minute is not null
   group by s.contact_id
   on conflict (account_id, contact_id) do update set minute = excluded.minute
     where contact_activity.minute < excluded.minute`,
)

interface TouchedContact {
  id: ContactId
  name: string
  phone: string | null
  email: string | null
  is_deleted: boolean
}

interface Key {
  contact_id: ContactId
  kind: DuplicateKind
  value: string
}

/** Longer names than this tell nobody apart, and an index takes no more. */
const LONGEST_KEY = 255

/**
 * Keeps in step with the contacts: phones and e-mails that the chats API filled in, by what two contacts may be the same person, and
 * when somebody last wrote.
 */
export const contactFollower: Follower = {
  name: 'contacts',
  restMs: 100,
  async handle(client, accountId, events) {
    const chatIds = distinct(events, (event) => event.chat_id)
    if (chatIds.length > 0) await run(client, moveActivity, [accountId, chatIds])
    const touched = await run<TouchedContact>(client, selectTouched, [
      accountId,
      distinct(events, (event) => event.contact_id),
      chatIds,
      distinct(events, (event) => event.lead_id),
    ])
    if (touched.length > 0) await syncKeys(client, accountId, touched)
  },
}

async function syncKeys(client: pg.ClientBase, accountId: AccountId, contacts: readonly TouchedContact[]) {
  const ids = contacts.map((contact) => contact.id)
  const [points, before] = await Promise.all([
    run<{ contact_id: ContactId; kind: PointKind; normal: string }>(client, selectPoints, [accountId, ids]),
    run<Key>(client, selectKeys, [accountId, ids]),
  ])
  const keys: Key[] = points.map(({ contact_id, kind, normal }) => ({ contact_id, kind, value: normal }))
  const known = new Set(keys.map(textOf))
  const missing = contacts.flatMap(firstPoints).filter((point) => !known.has(textOf(point)))
  if (missing.length > 0) {
    await run(client, insertPoints, [
      accountId,
      ...columns(
        missing,
        (point) => point.contact_id,
        (point) => point.kind,
        (point) => point.value,
        (point) => point.as,
      ),
    ])
  }
  const names = contacts.map((one): Key => ({ contact_id: one.id, kind: 'name', value: nameKey(one.name) }))
  const deleted = new Set(contacts.filter((contact) => contact.is_deleted).map((contact) => contact.id))
  const after = [...keys, ...missing, ...names].filter((key) => isUseful(key) && !deleted.has(key.contact_id))
  await writeKeys(client, accountId, before, after)
}

const isUseful = ({ value }: Key) => value !== '' && value.length <= LONGEST_KEY

function firstPoints({ id, phone, email }: TouchedContact): (Key & { as: string })[] {
  return [['phone', phone] as const, ['email', email] as const].flatMap(([kind, value]) => {
    const key = value === null ? '' : pointKey(kind, value)
    return value === null || key === '' ? [] : [{ contact_id: id, kind, value: key, as: value }]
  })
}

async function writeKeys(client: pg.ClientBase, accountId: AccountId, before: readonly Key[], after: readonly Key[]) {
  const [had, has] = [new Set(before.map(textOf)), new Set(after.map(textOf))]
  const gone = before.filter((key) => !has.has(textOf(key)))
  const come = after.filter((key) => !had.has(textOf(key)))
  if (gone.length > 0) await run(client, deleteKeys, [accountId, ...keyColumns(gone)])
  if (come.length > 0) await run(client, insertKeys, [accountId, ...keyColumns(come)])
  const groups = [...new Map([...gone, ...come].map((key) => [`${key.kind} ${key.value}`, key])).values()]
  if (groups.length === 0) return
  const values = [
    accountId,
    ...columns(
      groups,
      (key) => key.kind,
      (key) => key.value,
    ),
  ]
  await run(client, writeGroups, values)
  await run(client, dropGroups, values)
}

const keyColumns = (keys: readonly Key[]) =>
  columns(
    keys,
    (key) => key.contact_id,
    (key) => key.kind,
    (key) => key.value,
  )

const textOf = ({ contact_id, kind, value }: Key) => `${contact_id} ${kind} ${value}`

function distinct<Value>(events: readonly StoredEvent[], get: (event: StoredEvent) => Value | null): Value[] {
  return [...new Set(events.map(get))].filter((value) => value !== null)
}
