import { randomBytes, randomUUID } from 'node:crypto'
import type {
  AccountId,
  ChangeIntegrationRequest,
  Integration,
  IntegrationId,
  IntegrationWithSecret,
  NewIntegrationRequest,
} from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'
import { isPrivateTarget } from '../../lib/guarded-fetch.ts'
import { type Actor, appendAudit } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import { getIntegration, notFound } from './integration-queries.ts'
import { tellAccount } from './tell-account.ts'
import { type TellUninstalled, uninstallIn } from './uninstall.ts'

type RegisterDeps = Pick<Deps, 'db' | 'clock' | 'secretBox' | 'nudge'> & {
  /** What we send may go to private and loopback addresses. */
  allowPrivateNetwork: boolean
}

const MOST_INTEGRATIONS = 50
/** 64 characters, as long as the secrets of the time. */
const SECRET_BYTES = 32
const newSecret = () => randomBytes(SECRET_BYTES).toString('hex')

/**
 * Registers a program of the account's own. Its secret is shown here and never again.
 * @throws {AppError} `invalid_request` names the field; `conflict`: the account has as many as it may
 */
export async function registerIntegration(
  deps: RegisterDeps,
  actor: Actor,
  wish: NewIntegrationRequest,
): Promise<IntegrationWithSecret> {
  checkUninstallUrl(deps, wish)
  const id = randomUUID() as string as IntegrationId
  const secret = newSecret()
  const at = deps.clock.now()
  await deps.db.transaction().execute(async (tx) => {
    await checkRoom(tx, actor.accountId)
    await tx
      .insertInto('integration')
      .values({
        ...columnsOf(wish),
        id,
        account_id: actor.accountId,
        name: wish.name,
        redirect_uris: wish.redirectUris,
        scopes: wish.scopes,
        is_public: wish.isPublic,
        secret_sealed: deps.secretBox.seal(secret),
        created_at: at,
      })
      .execute()
    const target = { kind: 'integration', id, name: wish.name } as const
    const { redirectUris, scopes, isPublic } = wish
    await appendAudit(tx, actor, {
      at,
      action: 'integration.made',
      target,
      details: { redirectUris, scopes, isPublic },
    })
    await tellAccount(tx, actor)
  })
  deps.nudge(actor.accountId)
  return { integration: await getIntegration(deps.db, actor.accountId, id), secret }
}

/**
 * Changes what is given. Scopes that are taken away are gone at once, wherever it is installed; new ones count where it is let
 * in anew.
 * @throws {AppError} `not_found`: the account registered no such integration; `invalid_request` names the field
 */
export async function changeIntegration(
  deps: RegisterDeps,
  actor: Actor,
  id: IntegrationId,
  given: ChangeIntegrationRequest,
): Promise<Integration> {
  checkUninstallUrl(deps, given)
  await deps.db.transaction().execute(async (tx) => {
    const before = await lockOwn(tx, actor.accountId, id)
    const columns = columnsOf(given)
    const changed = namesOfChanges(before, columns)
    if (changed.length === 0) return
    await tx
      .updateTable('integration')
      .set(columns)
      .where('account_id', '=', actor.accountId)
      .where('id', '=', id)
      .execute()
    const target = { kind: 'integration', id, name: given.name ?? before.name } as const
    await appendAudit(tx, actor, { at: deps.clock.now(), action: 'integration.changed', target, details: { changed } })
    await tellAccount(tx, actor)
  })
  deps.nudge(actor.accountId)
  return getIntegration(deps.db, actor.accountId, id)
}

/**
 * A new secret in the place of the one before, which stops working at once. Tokens that were given out stay good.
 * @throws {AppError} `not_found`
 */
export async function rotateIntegrationSecret(
  deps: RegisterDeps,
  actor: Actor,
  id: IntegrationId,
): Promise<IntegrationWithSecret> {
  const secret = newSecret()
  await deps.db.transaction().execute(async (tx) => {
    const { name } = await lockOwn(tx, actor.accountId, id)
    await tx
      .updateTable('integration')
      .set({ secret_sealed: deps.secretBox.seal(secret) })
      .where('account_id', '=', actor.accountId)
      .where('id', '=', id)
      .execute()
    const target = { kind: 'integration', id, name } as const
    await appendAudit(tx, actor, { at: deps.clock.now(), action: 'integration.secret_rotated', target })
    await tellAccount(tx, actor)
  })
  deps.nudge(actor.accountId)
  return { integration: await getIntegration(deps.db, actor.accountId, id), secret }
}

/**
 * Ends it in every account, with all its tokens; each account's log says so.
 * @throws {AppError} `not_found`
 */
export async function deleteIntegration(
  deps: RegisterDeps & { tellUninstalled: TellUninstalled },
  actor: Actor,
  id: IntegrationId,
): Promise<void> {
  const at = deps.clock.now()
  const { accountIds, told } = await deps.db.transaction().execute(async (tx) => {
    const before = await lockOwn(tx, actor.accountId, id)
    const grants = await tx
      .selectFrom('integration_grant')
      .select('account_id')
      .where('integration_id', '=', id)
      .orderBy('account_id')
      .execute()
    const accounts = grants.map(({ account_id }) => account_id)
    const target = { kind: 'integration', id, name: before.name } as const
    const details = { installs: accounts.length }
    await appendAudit(tx, actor, { at, action: 'integration.deleted', target, details })
    // In order of their numbers: each locks the account's counter.
    for (const accountId of new Set([...accounts, actor.accountId].sort((a, b) => a - b))) {
      const isOwner = accountId === actor.accountId
      const by: Actor = { accountId, userId: isOwner ? actor.userId : null, address: isOwner ? actor.address : null }
      if (accounts.includes(accountId)) await uninstallIn(tx, by, { id, name: before.name }, at)
      await tellAccount(tx, by)
    }
    await tx.deleteFrom('integration').where('account_id', '=', actor.accountId).where('id', '=', id).execute()
    return { accountIds: accounts, told: before }
  })
  for (const accountId of accountIds) deps.tellUninstalled({ ...told, accountId })
  for (const accountId of [actor.accountId, ...accountIds]) deps.nudge(accountId)
}

function columnsOf(given: ChangeIntegrationRequest) {
  const { name, about, redirectUris, uninstallUrl, scopes, isPublic } = given
  return {
    ...(name !== undefined && { name }),
    ...(about !== undefined && { about }),
    ...(redirectUris !== undefined && { redirect_uris: redirectUris }),
    ...(uninstallUrl !== undefined && { uninstall_url: uninstallUrl }),
    ...(scopes !== undefined && { scopes }),
    ...(isPublic !== undefined && { is_public: isPublic }),
  }
}

function namesOfChanges(before: object, columns: object): string[] {
  const known = before as Record<string, unknown>
  return Object.entries(columns)
    .filter(([name, value]) => JSON.stringify(known[name]) !== JSON.stringify(value))
    .map(([name]) => name)
}

/** A name is looked up only when we send; what is an address already is refused here, where somebody reads the reason. */
function checkUninstallUrl({ allowPrivateNetwork }: RegisterDeps, { uninstallUrl }: ChangeIntegrationRequest): void {
  if (!isPrivateTarget(uninstallUrl, allowPrivateNetwork)) return
  const field = 'uninstallUrl'
  const reason = 'must lead to the public internet, not to a private address'
  throw new AppError('invalid_request', `${field}: ${reason}`, { details: { field } })
}

async function lockOwn(tx: Tx, accountId: AccountId, id: IntegrationId) {
  const row = await tx
    .selectFrom('integration')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw notFound()
  return row
}

async function checkRoom(tx: Tx, accountId: AccountId): Promise<void> {
  // Two who register at once come one after the other.
  await tx.selectFrom('account').select('id').where('id', '=', accountId).forUpdate().execute()
  const { n } = await tx
    .selectFrom('integration')
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow()
  if (Number(n) >= MOST_INTEGRATIONS)
    throw new AppError('conflict', `An account registers at most ${MOST_INTEGRATIONS} integrations.`)
}
