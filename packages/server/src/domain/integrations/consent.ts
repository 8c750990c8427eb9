import type { AccessScope, AccountId, Consent, ConsentQuery, IntegrationId } from '@parley/protocol/model'
import type { Db, Tx } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'
import { isUuid } from '../../lib/page-key.ts'
import { type Actor, appendAudit } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import { newSecretToken } from '../users/secret-token.ts'
import type { Viewer } from '../users/viewer.ts'
import { tellAccount } from './tell-account.ts'

const MINUTE_MS = 60_000
/** How long a code is good (spec 03 §2.1). */
const CODE_LIFETIME_MS = 20 * MINUTE_MS
const MOST_GRANTS = 200

interface Asked {
  id: IntegrationId
  name: string
  about: string | null
  ownerId: AccountId
  ownerName: string
  scopes: AccessScope[]
  redirectUri: string
}

/**
 * What somebody is asked who came by an integration's link.
 * @throws {AppError} `not_found`: no such integration, or not for this account; `invalid_request`: it registered no such redirect URI
 */
export async function getConsent(db: Db, { account, user }: Viewer, query: ConsentQuery): Promise<Consent> {
  const { id, name, about, ownerId, ownerName, scopes, redirectUri } = await getAsked(db, account.id, query)
  const grant = await db
    .selectFrom('integration_grant')
    .select('granted_at')
    .where('account_id', '=', account.id)
    .where('integration_id', '=', id)
    .executeTakeFirst()
  return {
    integration: { id, name, about, ownerName, isOwn: ownerId === account.id },
    accountName: account.name,
    scopes,
    redirectHost: new URL(redirectUri).host,
    isInstalled: grant !== undefined,
    canAllow: user.role === 'admin',
  }
}

export interface Allowed {
  /** Good once, and for twenty minutes. */
  code: string
  redirectUri: string
}

/**
 * Lets the integration into the actor's account, in his name. The caller has seen to it that he is an admin.
 * @param challenge of PKCE; null: the client asked without
 * @throws {AppError} as `getConsent`
 */
export async function allowIntegration(
  deps: Pick<Deps, 'db' | 'clock' | 'nudge'>,
  actor: Actor & { userId: NonNullable<Actor['userId']> },
  query: ConsentQuery,
  challenge: string | null,
): Promise<Allowed> {
  const { accountId, userId } = actor
  const { id, name, scopes, redirectUri } = await getAsked(deps.db, accountId, query)
  const at = deps.clock.now()
  const { token: code, hash } = newSecretToken(accountId)
  await deps.db.transaction().execute(async (tx) => {
    await checkRoom(tx, accountId, id)
    await tx
      .insertInto('integration_grant')
      .values({ account_id: accountId, integration_id: id, user_id: userId, scopes, granted_at: at })
      .onConflict((conflict) =>
        conflict.columns(['account_id', 'integration_id']).doUpdateSet({ user_id: userId, scopes, granted_at: at }),
      )
      .execute()
    await sweepCodes(tx, accountId, at)
    await tx
      .insertInto('authorization_code')
      .values({
        account_id: accountId,
        token_hash: hash,
        integration_id: id,
        user_id: userId,
        redirect_uri: redirectUri,
        challenge,
        expires_at: new Date(at.getTime() + CODE_LIFETIME_MS),
      })
      .execute()
    const target = { kind: 'integration', id, name } as const
    await appendAudit(tx, actor, { at, action: 'integration.installed', target, details: { scopes } })
    await tellAccount(tx, actor)
  })
  deps.nudge(accountId)
  return { code, redirectUri }
}

/** Where the browser is sent that somebody said no in. @throws {AppError} as `getConsent` */
export async function declineIntegration(db: Db, accountId: AccountId, query: ConsentQuery): Promise<string> {
  return (await getAsked(db, accountId, query)).redirectUri
}

async function getAsked(db: Db, accountId: AccountId, { clientId, redirectUri }: ConsentQuery): Promise<Asked> {
  const row = isUuid(clientId) ? await find(db, accountId, clientId.toLowerCase() as IntegrationId) : undefined
  if (!row) {
    const message = 'There is no such integration, or it is not for this account. The link that led here is wrong.'
    throw new AppError('not_found', message)
  }
  const wanted = redirectUri ?? row.redirect_uris[0]
  if (wanted === undefined || !row.redirect_uris.includes(wanted))
    throw new AppError('invalid_request', 'redirect_uri is not one that this integration registered.', {
      details: { field: 'redirectUri' },
    })
  const { id, name, about, account_id: ownerId, owner_name: ownerName, scopes } = row
  return { id, name, about, ownerId, ownerName, scopes, redirectUri: wanted }
}

/** Exception: of another account when it is everybody's. */
const find = (db: Db, accountId: AccountId, id: IntegrationId) =>
  db
    .selectFrom('integration as i')
    .innerJoin('account as a', 'a.id', 'i.account_id')
    .selectAll('i')
    .select('a.name as owner_name')
    .where('i.id', '=', id)
    .where((eb) => eb.or([eb('i.account_id', '=', accountId), eb('i.is_public', '=', true)]))
    .executeTakeFirst()

async function checkRoom(tx: Tx, accountId: AccountId, id: IntegrationId): Promise<void> {
  const others = await tx
    .selectFrom('integration_grant')
    .select('integration_id')
    .where('account_id', '=', accountId)
    .where('integration_id', '!=', id)
    .limit(MOST_GRANTS)
    .execute()
  if (others.length >= MOST_GRANTS)
    throw new AppError('conflict', `An account has at most ${MOST_GRANTS} integrations. Uninstall one first.`)
}

const DAY_MS = 24 * 60 * MINUTE_MS

/** Those that are long past, so that a late use is still told what it is. */
async function sweepCodes(tx: Tx, accountId: AccountId, now: Date): Promise<void> {
  await tx
    .deleteFrom('authorization_code')
    .where('account_id', '=', accountId)
    .where('expires_at', '<', new Date(now.getTime() - DAY_MS))
    .execute()
}
