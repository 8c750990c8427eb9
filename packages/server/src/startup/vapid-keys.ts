import type { Db } from '../db/open-database.ts'
import { newVapidKeys, type VapidKeys } from '../lib/push-message.ts'
import type { SecretBox } from '../lib/secret-box.ts'

/** The keys all nodes of a database push with: made on the first start, by one of several nodes, and kept sealed. */
export async function getVapidKeys(db: Db, secretBox: SecretBox): Promise<VapidKeys> {
  const known = await find(db)
  if (known) return read(secretBox.open(known))
  await db
    .updateTable('installation')
    .set({ vapid_keys: secretBox.seal(JSON.stringify(newVapidKeys())) })
    .where('vapid_keys', 'is', null)
    .execute()
  // Another node may have been first.
  return read(secretBox.open((await find(db))!))
}

async function find(db: Db): Promise<Buffer | null> {
  const row = await db.selectFrom('installation').select('vapid_keys').executeTakeFirst()
  return row?.vapid_keys ?? null
}

const read = (text: string) => JSON.parse(text) as VapidKeys
