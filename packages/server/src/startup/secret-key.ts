import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { Db } from '../db/open-database.ts'
import { KEY_BYTES } from '../lib/secret-box.ts'
import { StartError } from '../lib/start-error.ts'
import { keepPrivateFile, readPrivateFile } from './private-file.ts'

const INSTALLATION = 1

/**
 * The key that channel secrets are sealed with: the operator's, else the one in the data directory (embedded database),
 * else the one all nodes share in their database. Made on the first start, by one of several nodes.
 * @throws {StartError} this database's secrets are sealed with another key
 */
export async function getSecretKey(config: Config, db: Db, isEmbedded: boolean): Promise<Buffer> {
  const known = await findInstallation(db)
  const key =
    config.secretKey ?? (isEmbedded ? keyInFile(config.dataDir, known?.key_fingerprint ?? undefined) : undefined)
  const installation = known ?? (await registerInstallation(db, key))
  const chosen = key ?? installation.secret_key
  if (chosen === null || fingerprintOf(chosen) !== installation.key_fingerprint) throw otherKey(isEmbedded, config)
  return chosen
}

const findInstallation = (db: Db) =>
  db
    .selectFrom('installation')
    .select(['secret_key', 'key_fingerprint'])
    .where('id', '=', INSTALLATION)
    .executeTakeFirst()

/** Answers what is registered in the end: another node may have been first. */
async function registerInstallation(db: Db, given: Buffer | undefined) {
  const made = given === undefined ? randomBytes(KEY_BYTES) : null
  await db
    .insertInto('installation')
    .values({ id: INSTALLATION, secret_key: made, key_fingerprint: fingerprintOf(given ?? made!) })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
  return (await findInstallation(db))!
}

function keyInFile(dataDir: string, expected: string | undefined): Buffer | undefined {
  const path = join(dataDir, 'secret-key')
  // A key file that was lost is not made anew: the secrets sealed with the old one would be, too.
  if (expected !== undefined && readPrivateFile(path) === undefined) return undefined
  const text = keepPrivateFile(path, () => `${randomBytes(KEY_BYTES).toString('hex')}\n`).trim()
  if (!/^[0-9a-f]{64}$/i.test(text))
    throw new StartError(`${path} does not hold a key of 64 hex digits: restore it from a backup.`)
  return Buffer.from(text, 'hex')
}

const FINGERPRINT_DIGITS = 16
const fingerprintOf = (key: Buffer) => createHash('sha256').update(key).digest('hex').slice(0, FINGERPRINT_DIGITS)

function otherKey(isEmbedded: boolean, config: Config): StartError {
  const place = isEmbedded && config.secretKey === undefined ? ` or restore ${join(config.dataDir, 'secret-key')}` : ''
  return new StartError(
    `The channel secrets in this database are sealed with another key than this node's: set PARLEY_SECRET_KEY to that key${place}.`,
  )
}
