import type { Db } from '../db/open-database.ts'
import type { SecretBox } from '../lib/secret-box.ts'
import { newSigningKey, type SigningKey } from '../lib/token-signer.ts'

type Keys = readonly [SigningKey, ...SigningKey[]]

/** What all nodes of a database sign access tokens with: made on the first start, by one of several nodes, and kept sealed. */
export async function getSigningKeys(db: Db, secretBox: SecretBox): Promise<Keys> {
  const known = await find(db)
  if (known) return read(secretBox.open(known))
  const keys: Keys = [await newSigningKey()]
  await db
    .updateTable('installation')
    .set({ signing_keys: secretBox.seal(JSON.stringify(keys)) })
    .where('signing_keys', 'is', null)
    .execute()
  // Another node may have been first.
  return read(secretBox.open((await find(db))!))
}

async function find(db: Db): Promise<Buffer | null> {
  const row = await db.selectFrom('installation').select('signing_keys').executeTakeFirst()
  return row?.signing_keys ?? null
}

const read = (text: string) => JSON.parse(text) as Keys
