import type { AccountId, NewPasskey, NewPasskeyRequest, PasskeyInfo, PasskeyStep, UserId } from '@parley/protocol/model'
import type { RegistrationResponseJSON } from '@simplewebauthn/server'
import type { Db } from '../../db/open-database.ts'
import { isUniqueViolation } from '../../db/statement.ts'
import { appendEvents } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import { type Actor, appendAudit } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import { settingsChangedFor } from '../users/tell-people.ts'
import type { Viewer } from '../users/viewer.ts'
import { listFactors } from './log-in.ts'
import { beginStep, endStep } from './log-in-steps.ts'
import { dropRecoveryCodes, makeRecoveryCodes } from './recovery-codes.ts'
import type { RelyingParty } from './relying-party.ts'
import { loadWebauthn } from './webauthn.ts'

type PasskeyDeps = Pick<Deps, 'db' | 'clock' | 'nudge'>
const MOST_PASSKEYS = 20

/** @throws {AppError} `conflict`: there are too many */
export async function beginPasskey(
  { db, clock }: PasskeyDeps,
  { account, user }: Viewer,
  party: RelyingParty,
): Promise<PasskeyStep> {
  const held = await listPasskeys(db, account.id, user.id)
  if (held.length >= MOST_PASSKEYS) throw new AppError('conflict', `Nobody needs more than ${MOST_PASSKEYS} passkeys.`)
  const { generateRegistrationOptions } = await loadWebauthn()
  const options = await generateRegistrationOptions({
    rpName: `Parley, ${account.name}`,
    rpID: party.id,
    userID: new TextEncoder().encode(toHandle(account.id, user.amojoId)),
    userName: user.email,
    userDisplayName: user.name,
    attestationType: 'none',
    excludeCredentials: held.map(({ id }) => ({ id })),
    // Discoverable, for a log-in without a name; who it is the device finds out where it can.
    authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
  })
  const about = { accountId: account.id, userId: user.id, challenge: options.challenge }
  const { token } = await beginStep(db, 'new_passkey', about, clock.now())
  return { step: token, options: { ...options } }
}

/**
 * Keeps the passkey that the browser has made. The first second factor comes with recovery codes.
 * @throws {AppError} `log_in_expired`; `invalid_request`: the browser's answer does not hold; `conflict`: it is known already
 */
export async function addPasskey(
  deps: PasskeyDeps,
  { account, user }: Viewer,
  { actor, party }: { actor: Actor; party: RelyingParty },
  { step: token, name, response }: NewPasskeyRequest,
): Promise<NewPasskey> {
  const now = deps.clock.now()
  const step = await deps.db.transaction().execute((tx) => endStep(tx, 'new_passkey', token, now))
  if (step.accountId !== account.id || step.userId !== user.id || step.challenge === null)
    throw new AppError('log_in_expired', 'This took too long, or was done already. Begin again.')
  const made = await verify(response as RegistrationResponseJSON, step.challenge, party)
  const passkey = await deps.db
    .transaction()
    .execute(async (tx) => {
      const isFirst = (await listFactors(tx, account.id, user.id)).length === 0
      await tx
        .insertInto('passkey')
        .values({
          account_id: account.id,
          credential_id: made.credential.id,
          user_id: user.id,
          public_key: Buffer.from(made.credential.publicKey),
          counter: made.credential.counter,
          transports: [...(made.credential.transports ?? [])],
          name,
          is_backed_up: made.credentialBackedUp,
          created_at: now,
        })
        .execute()
      const recoveryCodes = isFirst ? await makeRecoveryCodes(tx, account.id, user.id, now) : null
      const target = { kind: 'passkey', id: made.credential.id, name } as const
      await appendAudit(tx, actor, { at: now, action: 'passkey.added', target })
      await appendEvents(tx, account.id, [settingsChangedFor(user.id, 'security', user.id)])
      const { id } = made.credential
      const info = { id, name, createdAt: now.getTime(), lastUsedAt: null, isBackedUp: made.credentialBackedUp }
      return { passkey: info, recoveryCodes }
    })
    .catch(refuseKnown)
  deps.nudge(account.id)
  return passkey
}

export async function listPasskeys(db: Db, accountId: AccountId, userId: UserId): Promise<PasskeyInfo[]> {
  const rows = await db
    .selectFrom('passkey')
    .select(['credential_id', 'name', 'created_at', 'last_used_at', 'is_backed_up'])
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .execute()
  return rows.map((row) => ({
    id: row.credential_id,
    name: row.name,
    createdAt: row.created_at.getTime(),
    lastUsedAt: row.last_used_at?.getTime() ?? null,
    isBackedUp: row.is_backed_up,
  }))
}

/** @throws {AppError} `not_found` */
export async function renamePasskey(
  deps: PasskeyDeps,
  { accountId, userId }: Actor,
  id: string,
  name: string,
): Promise<void> {
  await deps.db.transaction().execute(async (tx) => {
    const row = await tx
      .updateTable('passkey')
      .set({ name })
      .where('account_id', '=', accountId)
      .where('user_id', '=', userId)
      .where('credential_id', '=', id)
      .returning('user_id')
      .executeTakeFirst()
    if (!row) throw unknownPasskey()
    await appendEvents(tx, accountId, [settingsChangedFor(row.user_id, 'security', userId)])
  })
  deps.nudge(accountId)
}

/** With the last second factor the recovery codes go, too. @throws {AppError} `not_found` */
export async function removePasskey(
  deps: PasskeyDeps,
  { account, user }: Viewer,
  actor: Actor,
  id: string,
): Promise<void> {
  await deps.db.transaction().execute(async (tx) => {
    const row = await tx
      .deleteFrom('passkey')
      .where('account_id', '=', account.id)
      .where('user_id', '=', user.id)
      .where('credential_id', '=', id)
      .returning('name')
      .executeTakeFirst()
    if (!row) throw unknownPasskey()
    if ((await listFactors(tx, account.id, user.id)).length === 0) await dropRecoveryCodes(tx, account.id, user.id)
    const target = { kind: 'passkey', id, name: row.name } as const
    await appendAudit(tx, actor, { at: deps.clock.now(), action: 'passkey.removed', target })
    await appendEvents(tx, account.id, [settingsChangedFor(user.id, 'security', user.id)])
  })
  deps.nudge(account.id)
}

/** Names a user to the authenticator: nothing about the person, and the tenant in front. */
const toHandle = (accountId: AccountId, amojoId: string) => `${accountId}.${amojoId}`

async function verify(response: RegistrationResponseJSON, challenge: string, party: RelyingParty) {
  const { verifyRegistrationResponse } = await loadWebauthn()
  const verified = await verifyRegistrationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: false,
  }).catch(() => undefined)
  if (verified?.verified) return verified.registrationInfo
  throw new AppError('invalid_request', 'response: the passkey could not be checked. Try again.', {
    details: { field: 'response' },
  })
}

const unknownPasskey = () => new AppError('not_found', 'There is no such passkey.')

function refuseKnown(error: unknown): never {
  if (isUniqueViolation(error)) throw new AppError('conflict', 'This passkey is known already.')
  throw error
}
