import type { AccountId, NewAuthenticator, UserId } from '@parley/protocol/model'
import { Secret, TOTP } from 'otpauth'
import type { Tx } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Deps } from '../deps.ts'
import type { Viewer } from '../users/viewer.ts'

// What every authenticator app can do; some ignore other settings and would show wrong codes.
const SETTINGS = { algorithm: 'SHA1', digits: 6, period: 30 }
const SECRET_BYTES = 20
/** Steps that the phone's clock may be off, either way. */
const WINDOW = 1

type TotpDeps = Pick<Deps, 'db' | 'clock' | 'secretBox'>

/** Makes a secret for an authenticator app. Nothing is asked for yet: first a code of it must be typed. */
export async function beginTotp(
  { db, clock, secretBox }: TotpDeps,
  { account, user }: Viewer,
): Promise<NewAuthenticator> {
  const secret = new Secret({ size: SECRET_BYTES })
  const row = {
    secret_sealed: secretBox.seal(secret.base32),
    created_at: clock.now(),
    confirmed_at: null,
    last_step: 0,
  }
  const kept = await db
    .insertInto('user_totp')
    .values({ account_id: account.id, user_id: user.id, ...row })
    .onConflict((c) =>
      c.columns(['account_id', 'user_id']).doUpdateSet(row).where('user_totp.confirmed_at', 'is', null),
    )
    .returning('user_id')
    .executeTakeFirst()
  if (!kept) throw new AppError('conflict', 'Codes are asked for already. Turn them off first.')
  const totp = new TOTP({ ...SETTINGS, secret, issuer: 'Parley', label: `${user.email} (${account.name})` })
  return { secret: secret.base32, uri: totp.toString() }
}

/**
 * Takes a code of the user's authenticator app: a code opens once.
 * Locks: the user's secret.
 * @param state `begun`: the first code, which turns codes on
 */
export async function takeCode(
  tx: Tx,
  { clock, secretBox }: Pick<Deps, 'clock' | 'secretBox'>,
  { accountId, userId }: { accountId: AccountId; userId: UserId },
  given: string,
  state: 'begun' | 'confirmed',
): Promise<boolean> {
  const code = given.replaceAll(/[\s-]/g, '')
  if (!/^\d{6}$/.test(code)) return false
  const row = await tx
    .selectFrom('user_totp')
    .select(['secret_sealed', 'last_step'])
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('confirmed_at', state === 'begun' ? 'is' : 'is not', null)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return false
  const timestamp = clock.now().getTime()
  const totp = new TOTP({ ...SETTINGS, secret: Secret.fromBase32(secretBox.open(row.secret_sealed)) })
  const delta = totp.validate({ token: code, timestamp, window: WINDOW })
  const step = delta === null ? 0 : totp.counter({ timestamp }) + delta
  if (step <= row.last_step) return false
  await tx
    .updateTable('user_totp')
    .set({ last_step: step, ...(state === 'begun' && { confirmed_at: clock.now() }) })
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .execute()
  return true
}
