import type { AccountId, ContactId, ContactPoint, ContactRow, FileId, Tag, UserId } from '@parley/protocol/model'
import { type Runner, run, statementsOf } from '../../db/statement.ts'
import { AppError } from '../../lib/app-error.ts'
import { avatarPath } from '../../lib/file-path.ts'
import { fieldValuesSql, toFieldValues, type ValueRow } from '../fields/field-queries.ts'
import { tagsSql } from '../tags/tag-queries.ts'
import { withFirsts } from './points.ts'

interface Row {
  id: ContactId
  name: string
  phone: string | null
  email: string | null
  company: string | null
  created_at: Date
  updated_at: Date | null
  responsible_id: UserId | null
  responsible_name: string | null
  tags: Tag[] | null
  points: ContactPoint[] | null
  fields: ValueRow[] | null
  minute: number | null
  avatar_file_id: FileId | null
}

const MINUTE_MS = 60_000

/** Every read of contacts is made of this, and so carries its tenant ($1). */
const byIds = statementsOf('contacts')(
  'by_ids',
  `select c.id, c.name, c.phone, c.email, c.company, c.created_at, c.updated_at, u.id as responsible_id,
    u.name as responsible_name, ${tagsSql('contact', 'c')} as tags, ${fieldValuesSql('contact', 'c')} as fields,
    (select jsonb_agg(jsonb_build_object('kind', p.kind, 'value', p.value, 'label', p.label)
       order by p.kind desc, p.position, p.normal)
     from contact_point p where p.account_id = c.account_id and p.contact_id = c.id) as points, a.minute,
    (select p.avatar_file_id from participant p
     where p.account_id = c.account_id and p.contact_id = c.id and p.avatar_file_id is not null
     order by p.id desc limit 1) as avatar_file_id
  from contact c
  left join account_user u on u.account_id = c.account_id and u.id = c.responsible_user_id
  left join contact_activity a on a.account_id = c.account_id and a.contact_id = c.id
  where c.account_id = $1 and c.id = any ($2::bigint[]) and c.deleted_at is null`,
)

/** Those of the ids that are contacts of this account, in no order worth keeping; a deleted one is gone. */
export async function findContacts(
  pool: Runner,
  accountId: AccountId,
  ids: readonly ContactId[],
): Promise<ContactRow[]> {
  if (ids.length === 0) return []
  const rows = await run<Row>(pool, byIds, [accountId, ids])
  return rows.map((row) => toContactRow(accountId, row))
}

/** The same in the order of the ids. */
export async function findContactsInOrder(
  pool: Runner,
  accountId: AccountId,
  ids: readonly ContactId[],
): Promise<ContactRow[]> {
  const found = new Map((await findContacts(pool, accountId, ids)).map((contact) => [contact.id, contact]))
  return ids.flatMap((id) => found.get(id) ?? [])
}

/** @throws {AppError} `not_found` */
export async function getContact(pool: Runner, accountId: AccountId, id: ContactId): Promise<ContactRow> {
  const [contact] = await findContacts(pool, accountId, [id])
  if (!contact) throw new AppError('not_found', 'There is no such contact in this account, or it was deleted.')
  return contact
}

function toContactRow(accountId: AccountId, row: Row): ContactRow {
  return {
    id: row.id,
    name: row.name,
    phone: row.phone,
    email: row.email,
    company: row.company,
    avatarUrl: avatarPath(accountId, row.avatar_file_id),
    points: withFirsts(row.points ?? [], row),
    responsible: row.responsible_id === null ? null : { id: row.responsible_id, name: row.responsible_name ?? '' },
    tags: row.tags ?? [],
    fields: toFieldValues(row.fields),
    createdAt: row.created_at.getTime(),
    updatedAt: (row.updated_at ?? row.created_at).getTime(),
    activityAt: row.minute === null ? null : row.minute * MINUTE_MS,
  }
}
