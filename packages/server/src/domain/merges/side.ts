import type { AccountId, ContactId, FieldId, PointKind, TagId, UserId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import { readPoints } from '../contacts/points.ts'
import {
  changeContactTags,
  type LockedContact,
  readContactPoints,
  writeContactPoints,
} from '../contacts/write-contact.ts'

/** What stands in one field: a row, or several of a multiselect. */
export interface StoredField {
  fieldId: FieldId
  values: { n: number; text: string | null; number: number | null }[]
}

/** Everything a contact says of itself, as merges keep it. */
export interface Side {
  name: string
  company: string | null
  responsibleUserId: UserId | null
  points: { kind: PointKind; value: string; label: string | null }[]
  tagIds: TagId[]
  fields: StoredField[]
}

/** A contact as it is now; of tags and fields those that there still are, hidden ones included. The caller holds its row. */
export async function readSide(tx: Tx, accountId: AccountId, contact: LockedContact): Promise<Side> {
  const points = await readContactPoints(tx, accountId, contact)
  const tags = await tx
    .selectFrom('contact_tag')
    .select('tag_id')
    .where('account_id', '=', accountId)
    .where('contact_id', '=', contact.id)
    .orderBy('tag_id')
    .execute()
  const { rows: fields } = await sql<StoredField>`
    select v.field_id as "fieldId",
      jsonb_agg(jsonb_build_object('n', v.n, 'text', v.text_value, 'number', v.number_value) order by v.n) as values
    from field_value v join custom_field f on f.account_id = v.account_id and f.id = v.field_id
    where v.account_id = ${accountId} and v.entity = 'contact' and v.entity_id = ${contact.id}
    group by v.field_id order by v.field_id`.execute(tx)
  return {
    name: contact.name,
    company: contact.company,
    responsibleUserId: contact.responsible_user_id,
    points: points.map(({ kind, value, label }) => ({ kind, value, label })),
    tagIds: tags.map((row) => row.tag_id),
    fields,
  }
}

interface Writing {
  accountId: AccountId
  id: ContactId
  userId: UserId
  now: Date
}

/** Makes a contact what the side says. */
export async function writeSide(tx: Tx, { accountId, id, userId, now }: Writing, side: Side): Promise<void> {
  await tx
    .updateTable('contact')
    .set({
      name: side.name,
      company: side.company,
      responsible_user_id: side.responsibleUserId,
      updated_at: now,
      updated_by: userId,
    })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .execute()
  await writeContactPoints(tx, accountId, id, readPoints(side.points))
  await tx.deleteFrom('contact_tag').where('account_id', '=', accountId).where('contact_id', '=', id).execute()
  await changeContactTags(tx, accountId, [id], { addTagIds: side.tagIds })
  await writeFields(tx, accountId, id, side.fields)
}

async function writeFields(tx: Tx, accountId: AccountId, id: ContactId, fields: readonly StoredField[]): Promise<void> {
  await tx
    .deleteFrom('field_value')
    .where('account_id', '=', accountId)
    .where('entity', '=', 'contact')
    .where('entity_id', '=', id)
    .execute()
  const rows = fields.flatMap(({ fieldId, values }) =>
    values.map(({ n, text, number }) => ({
      account_id: accountId,
      entity: 'contact' as const,
      entity_id: id,
      field_id: fieldId,
      n,
      text_value: text,
      number_value: number,
    })),
  )
  if (rows.length > 0) await tx.insertInto('field_value').values(rows).execute()
}
