import type { AccountId, AmojoId, PasskeyLogInRequest, PasskeyStep } from '@parley/protocol/model'
import type { AuthenticationResponseJSON, WebAuthnCredential } from '@simplewebauthn/server'
import type { Db, Tx } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'
import { MEMBER_COLUMNS, toViewer } from '../users/user-queries.ts'
import type { Viewer } from '../users/viewer.ts'
import { type FinishDeps, getLogIn, guardFactor } from './finish-log-in.ts'
import { type OpenedSession, openSession, writeRefusal } from './log-in.ts'
import { beginStep, countFailure, endStep, getStep, setChallenge, takeChallenge } from './log-in-steps.ts'
import { listPasskeys } from './passkeys.ts'
import type { RelyingParty } from './relying-party.ts'
import type { Visitor } from './visitor.ts'
import { loadWebauthn } from './webauthn.ts'

type BeginDeps = Pick<FinishDeps, 'db' | 'clock'>

/** Asks the browser for any passkey it holds for us: the passkey says whose it is. */
export async function beginPasskeyLogIn({ db, clock }: BeginDeps, party: RelyingParty): Promise<PasskeyStep> {
  const { generateAuthenticationOptions } = await loadWebauthn()
  const options = await generateAuthenticationOptions({ rpID: party.id, userVerification: 'required' })
  const { token } = await beginStep(db, 'passkey_log_in', { challenge: options.challenge }, clock.now())
  return { step: token, options: { ...options } }
}

/** Asks the browser for a passkey of the user whose password was right. @throws {AppError} `log_in_expired` */
export async function beginPasskeyFactor(deps: BeginDeps, ticket: string, party: RelyingParty): Promise<PasskeyStep> {
  const { step, me } = await getLogIn(deps, ticket)
  const held = await listPasskeys(deps.db, me.account.id, me.user.id)
  const { generateAuthenticationOptions } = await loadWebauthn()
  const options = await generateAuthenticationOptions({
    rpID: party.id,
    allowCredentials: held.map(({ id }) => ({ id })),
    userVerification: 'preferred',
  })
  await setChallenge(deps.db, step, options.challenge)
  return { step: ticket, options: { ...options } }
}

/**
 * Logs in without a password. The device must have made sure who holds it.
 * @param subdomain of the page's host: then only this account's passkeys open it
 * @throws {AppError} `log_in_expired`; `wrong_credentials`
 */
export async function logInWithPasskey(
  deps: FinishDeps,
  { step: token, response }: PasskeyLogInRequest,
  { party, visitor, subdomain }: { party: RelyingParty; visitor: Visitor; subdomain: string | undefined },
): Promise<OpenedSession> {
  const now = deps.clock.now()
  const { challenge } = await deps.db.transaction().execute((tx) => endStep(tx, 'passkey_log_in', token, now))
  const holder = readHandle(response.response.userHandle)
  const found = holder && (await findHolder(deps.db, holder, response.id))
  if (!found || challenge === null || (subdomain !== undefined && found.me.account.subdomain !== subdomain))
    throw wrongPasskey()
  const { me, credential } = found
  return guardFactor(deps, me, visitor, async () => {
    const check = { challenge, party, isVerificationRequired: true }
    const used = await verify(response as AuthenticationResponseJSON, credential, check).catch(
      async (error: unknown) => {
        await writeRefusal(deps, [{ accountId: me.account.id, user: me.user }], visitor, 'passkey')
        throw error
      },
    )
    return openSession(deps, me, visitor, 'passkey', (tx) => writeUse(tx, me, used, now))
  })
}

/**
 * A passkey as the second step.
 * @throws {AppError} `log_in_expired`; `wrong_credentials`; `too_many_attempts`
 */
export async function finishWithPasskey(
  deps: FinishDeps,
  { step: ticket, response }: PasskeyLogInRequest,
  { party, visitor }: { party: RelyingParty; visitor: Visitor },
): Promise<OpenedSession> {
  const { step, me } = await getLogIn(deps, ticket)
  return guardFactor(deps, me, visitor, async () => {
    try {
      const challenge = await takeChallenge(deps.db, step)
      const found = await findHolder(deps.db, { accountId: me.account.id, amojoId: me.user.amojoId }, response.id)
      if (!found) throw wrongPasskey()
      const check = { challenge, party, isVerificationRequired: false }
      const used = await verify(response as AuthenticationResponseJSON, found.credential, check)
      const now = deps.clock.now()
      return await openSession(deps, me, visitor, 'password_and_passkey', async (tx) => {
        await endStep(tx, 'second_factor', ticket, now)
        await writeUse(tx, me, used, now)
      })
    } catch (error) {
      if (error instanceof AppError && error.code === 'wrong_credentials') {
        await countFailure(deps.db, step)
        await writeRefusal(deps, [{ accountId: me.account.id, user: me.user }], visitor, 'passkey')
      }
      throw error
    }
  })
}

/** True when this step is a second one. */
export const isSecondStep = async ({ db, clock }: BeginDeps, token: string): Promise<boolean> =>
  (await getStep(db, 'second_factor', token, clock.now()).catch(() => undefined)) !== undefined

interface Holder {
  accountId: AccountId
  amojoId: AmojoId
}

/** What `passkeys.ts` gave the authenticator to remember. */
function readHandle(handle: string | null | undefined): Holder | undefined {
  const text = Buffer.from(handle ?? '', 'base64url').toString('latin1')
  const [, accountId, amojoId] = /^(\d{1,9})\.([0-9a-f-]{36})$/.exec(text) ?? []
  return accountId && amojoId ? { accountId: Number(accountId) as AccountId, amojoId: amojoId as AmojoId } : undefined
}

async function findHolder(
  db: Db,
  { accountId, amojoId }: Holder,
  credentialId: string,
): Promise<{ me: Viewer; credential: WebAuthnCredential } | undefined> {
  const row = await db
    .selectFrom('passkey as p')
    .innerJoin('account_user as u', (join) =>
      join.onRef('u.account_id', '=', 'p.account_id').onRef('u.id', '=', 'p.user_id'),
    )
    .innerJoin('account as a', 'a.id', 'p.account_id')
    .select(MEMBER_COLUMNS)
    .select(['p.public_key', 'p.counter'])
    .where('p.account_id', '=', accountId)
    .where('p.credential_id', '=', credentialId)
    .where('u.amojo_id', '=', amojoId)
    .where('u.disabled_at', 'is', null)
    .executeTakeFirst()
  if (!row) return undefined
  const credential = { id: credentialId, publicKey: new Uint8Array(row.public_key), counter: row.counter }
  return { me: toViewer(row), credential }
}

interface Used {
  credentialId: string
  counter: number
  /** As it was read: of two uses at once of a copied key one is refused. */
  counterBefore: number
  isBackedUp: boolean
}

async function verify(
  response: AuthenticationResponseJSON,
  credential: WebAuthnCredential,
  check: { challenge: string; party: RelyingParty; isVerificationRequired: boolean },
): Promise<Used> {
  const { verifyAuthenticationResponse } = await loadWebauthn()
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge: check.challenge,
    expectedOrigin: check.party.origin,
    expectedRPID: check.party.id,
    credential,
    requireUserVerification: check.isVerificationRequired,
  }).catch(() => undefined)
  if (!verified?.verified) throw wrongPasskey()
  const { newCounter, credentialBackedUp } = verified.authenticationInfo
  return {
    credentialId: credential.id,
    counter: newCounter,
    counterBefore: credential.counter,
    isBackedUp: credentialBackedUp,
  }
}

async function writeUse(tx: Tx, me: Viewer, used: Used, now: Date): Promise<void> {
  const row = await tx
    .updateTable('passkey')
    .set({ counter: used.counter, is_backed_up: used.isBackedUp, last_used_at: now })
    .where('account_id', '=', me.account.id)
    .where('credential_id', '=', used.credentialId)
    .where('counter', '=', used.counterBefore)
    .returning('user_id')
    .executeTakeFirst()
  if (!row) throw wrongPasskey()
}

const wrongPasskey = () => new AppError('wrong_credentials', 'This passkey does not open this account.')
