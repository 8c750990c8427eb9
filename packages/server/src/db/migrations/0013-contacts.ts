import { type Kysely, sql } from 'kysely'

// Frozen once merged: imports nothing of ours.
export async function up(db: Kysely<unknown>): Promise<void> {
  // What it found, `contact_by_name` of 0007 finds, too.
  await sql`drop index contact_name`.execute(db)
  // Lists of one's own contacts, and of those with a tag.
  await sql`create index contact_of_responsible on contact (account_id, responsible_user_id, id)
    where deleted_at is null`.execute(db)
  await sql`create index contact_tag_of_tag on contact_tag (account_id, tag_id, contact_id)`.execute(db)
}
