import { randomBytes } from 'node:crypto'
import type { AccountId, ApiKeyInfo, NewApiKey, User, UserId } from '@parley/protocol/model'
import type { Db, Tx } from '../../db/open-database.ts'
import { appendEvents } from '../../events/append-events.ts'
import { type Actor, appendAudit } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import { lockUser } from './change-user.ts'
import { hashOf } from './secret-token.ts'
import { settingsChangedFor } from './tell-people.ts'

type KeyDeps = Pick<Deps, 'db' | 'clock' | 'nudge'>

/** 160 bits as 40 hexadecimal digits: as long as programs of the time expect it. */
const KEY_BYTES = 20

/** Without the key itself. Null: there is none. */
export async function findApiKey(
  db: Db,
  { accountId, userId }: { accountId: AccountId; userId: UserId },
): Promise<ApiKeyInfo | null> {
  const row = await db
    .selectFrom('api_key')
    .select(['created_at', 'last_used_at'])
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return row ? { createdAt: row.created_at.getTime(), lastUsedAt: row.last_used_at?.getTime() ?? null } : null
}

/**
 * Makes somebody's own key, or a new one in the place of the one before, which stops working at once, with all that was opened by it.
 * It is shown once: only its digest is kept. The caller has asked for the password.
 */
export async function makeApiKey({ db, clock, nudge }: KeyDeps, actor: Actor, user: User): Promise<NewApiKey> {
  const { accountId } = actor
  const key = randomBytes(KEY_BYTES).toString('hex')
  const now = clock.now()
  await db.transaction().execute(async (tx) => {
    await lockUser(tx, accountId, user.id)
    const wasThere = await deleteKey(tx, accountId, user.id)
    await tx
      .insertInto('api_key')
      .values({ account_id: accountId, user_id: user.id, key_hash: hashOf(key), created_at: now })
      .execute()
    await tell(tx, actor, user, wasThere ? 'api_key.renewed' : 'api_key.made', now)
  })
  nudge(accountId)
  return { key, login: user.email }
}

/** Harmless when there is none. */
export async function revokeApiKey({ db, clock, nudge }: KeyDeps, actor: Actor, user: User): Promise<void> {
  await db.transaction().execute(async (tx) => {
    if (await deleteKey(tx, actor.accountId, user.id)) await tell(tx, actor, user, 'api_key.revoked', clock.now())
  })
  nudge(actor.accountId)
}

/** What was opened by it goes with it, by a foreign key. */
async function deleteKey(tx: Tx, accountId: AccountId, userId: UserId): Promise<boolean> {
  const row = await tx
    .deleteFrom('api_key')
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .returning('user_id')
    .executeTakeFirst()
  return row !== undefined
}

async function tell(
  tx: Tx,
  actor: Actor,
  user: User,
  action: 'api_key.made' | 'api_key.renewed' | 'api_key.revoked',
  at: Date,
): Promise<void> {
  const target = { kind: 'user', id: user.id, name: user.name } as const
  await appendAudit(tx, actor, { at, action, target })
  await appendEvents(tx, actor.accountId, [settingsChangedFor(user.id, 'security', actor.userId)])
}
