import { randomBytes, randomUUID } from 'node:crypto'
import type {
  AccountId,
  ChangeChannelRequest,
  ChannelId,
  ChannelWithSecret,
  NewChannelRequest,
  OwnChannel,
  SensitiveFields,
  UserId,
} from '@parley/protocol/model'
import type { Insertable } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import type { Schema } from '../../db/schema.ts'
import { AppError } from '../../lib/app-error.ts'
import { type Actor, appendAudit } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import { forgetChannel } from './channel-registry.ts'
import { newSecret } from './channel-secrets.ts'
import { settingColumns } from './channel-settings.ts'
import { type AddressPolicy, checkAddresses } from './check-registration.ts'
import { checkAccounts } from './create-channel.ts'
import { getOwnChannel, tellOwner } from './own-channels.ts'
import { tellOperators } from './tell-operators.ts'

/** What the installation says about channels that accounts register. */
export interface ChannelPolicy extends AddressPolicy {
  /** The operator looks at each before it can be connected. */
  areChannelsModerated: boolean
}

type RegisterDeps = Pick<Deps, 'db' | 'clock' | 'secretBox' | 'nudge' | 'whisper' | 'log'> & ChannelPolicy

const MOST_CHANNELS = 50
const SENSITIVE = ['webhookUrl', 'webhookUrlV1', 'accountIds', 'isPublic'] as const satisfies (keyof SensitiveFields)[]

/**
 * Registers a channel of the account's own. Its secret is shown here and never again.
 * @throws {AppError} `invalid_request` names the field; `conflict`: the account has as many as it may
 */
export async function registerChannel(
  deps: RegisterDeps,
  actor: Actor,
  wish: NewChannelRequest,
): Promise<ChannelWithSecret> {
  checkAddresses(deps, wish)
  await checkAccounts(deps.db, wish.accountIds as AccountId[])
  // UUIDs v4, as the chats API shows them.
  const id = randomUUID() as string as ChannelId
  const secret = newSecret()
  const now = deps.clock.now()
  const moderation = deps.areChannelsModerated ? 'waiting' : 'approved'
  await deps.db.transaction().execute(async (tx) => {
    await checkRoom(tx, actor.accountId)
    await tx
      .insertInto('channel')
      .values({
        ...columnsOf(wish),
        id,
        code: codeFor(wish.name),
        name: wish.name,
        secret_sealed: deps.secretBox.seal(secret),
        bot_id: randomUUID() as string,
        bot_client_id: `bot-${id}`,
        bot_name: wish.name,
        created_at: now,
        owner_account_id: actor.accountId,
        moderation,
        asked_at: deps.areChannelsModerated ? now : null,
        asked_by: actor.userId,
      })
      .execute()
    await setAccounts(tx, id, actor.accountId, wish.accountIds as AccountId[])
    const target = { kind: 'channel', id, name: wish.name } as const
    await appendAudit(tx, actor, { at: now, action: 'channel.made', target, details: { state: moderation } })
    await tellOwner(tx, actor)
  })
  deps.nudge(actor.accountId)
  if (deps.areChannelsModerated) await tellOperators(deps)
  return { channel: await getOwnChannel(deps, actor.accountId, id), secret }
}

/**
 * Changes what is given. Where channels are moderated, what is sensitive waits for the operator when others use the channel, and a
 * registration that was returned or refused is asked for again.
 * @throws {AppError} `not_found`; `invalid_request` names the field
 */
export async function changeRegistration(
  deps: RegisterDeps,
  actor: Actor,
  channelId: ChannelId,
  given: ChangeChannelRequest,
): Promise<OwnChannel> {
  checkAddresses(deps, given)
  if (given.accountIds) await checkAccounts(deps.db, given.accountIds as AccountId[])
  const now = deps.clock.now()
  await deps.db.transaction().execute(async (tx) => {
    await lockOwn(tx, actor.accountId, channelId)
    const before = await getOwnChannel({ ...deps, db: tx }, actor.accountId, channelId)
    const changed = namesOfChanges(before, given)
    if (changed.length === 0) return
    const waiting = waitingPart(deps, before, given, changed)
    const direct = Object.fromEntries(changed.filter((name) => !(name in waiting)).map((name) => [name, given[name]]))
    await applyChange(tx, channelId, actor.accountId, direct)
    if (Object.keys(waiting).length > 0) await park(tx, channelId, waiting, { now, by: actor.userId })
    if (deps.areChannelsModerated && before.state !== 'approved')
      await askAgain(tx, channelId, { now, by: actor.userId })
    const target = { kind: 'channel', id: channelId, name: given.name ?? before.name } as const
    const details = { changed, ...(Object.keys(waiting).length > 0 && { waiting: Object.keys(waiting) }) }
    await appendAudit(tx, actor, { at: now, action: 'channel.changed', target, details })
    await tellOwner(tx, actor)
  })
  forgetChannel(deps, channelId)
  deps.nudge(actor.accountId)
  if (deps.areChannelsModerated) await tellOperators(deps)
  return getOwnChannel(deps, actor.accountId, channelId)
}

/** Also for the operator, who lets a change through that waited. */
export async function applyChange(
  tx: Tx,
  channelId: ChannelId,
  owner: AccountId | null,
  change: ChangeChannelRequest,
): Promise<void> {
  const columns = columnsOf(change)
  if (Object.keys(columns).length > 0)
    await tx.updateTable('channel').set(columns).where('id', '=', channelId).execute()
  if (change.accountIds) await setAccounts(tx, channelId, owner, change.accountIds as AccountId[])
}

type Columns = Omit<Partial<Insertable<Schema['channel']>>, 'id'>

function columnsOf(given: ChangeChannelRequest): Columns {
  const { name, about, icon, webhookUrlV1, errorEmail, accountIds: _, ...settings } = given
  const texts = {
    ...(name !== undefined && { name, bot_name: name }),
    ...(about !== undefined && { about }),
    ...(icon !== undefined && { icon }),
    ...(webhookUrlV1 === null && { webhook_url_v1: null }),
    ...(errorEmail === null && { error_email: null }),
  }
  const given2 = { ...settings, ...(webhookUrlV1 && { webhookUrlV1 }), ...(errorEmail && { errorEmail }) }
  const known = Object.fromEntries(Object.entries(given2).filter(([, value]) => value !== undefined))
  return { ...settingColumns(known), ...texts }
}

/** Who registered it may always connect it. */
async function setAccounts(
  tx: Tx,
  channelId: ChannelId,
  owner: AccountId | null,
  others: readonly AccountId[],
): Promise<void> {
  const all = [...new Set([...(owner === null ? [] : [owner]), ...others])]
  await tx.deleteFrom('channel_account').where('channel_id', '=', channelId).execute()
  if (all.length === 0) return
  await tx
    .insertInto('channel_account')
    .values(all.map((accountId) => ({ channel_id: channelId, account_id: accountId })))
    .execute()
}

async function checkRoom(tx: Tx, accountId: AccountId): Promise<void> {
  // Two who register at once come one after the other.
  await tx.selectFrom('account').select('id').where('id', '=', accountId).forUpdate().execute()
  const { n } = await tx
    .selectFrom('channel')
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .where('owner_account_id', '=', accountId)
    .executeTakeFirstOrThrow()
  if (Number(n) >= MOST_CHANNELS)
    throw new AppError('conflict', `An account registers at most ${MOST_CHANNELS} channels.`)
}

async function lockOwn(tx: Tx, accountId: AccountId, channelId: ChannelId): Promise<void> {
  await tx
    .selectFrom('channel')
    .select('id')
    .where('owner_account_id', '=', accountId)
    .where('id', '=', channelId)
    .forUpdate()
    .execute()
}

/** Nobody chooses it: a code that another one would like to have cannot be taken from him. */
function codeFor(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40)
  return `amo.ext.${slug}-${randomBytes(4).toString('hex')}`
}

type FieldName = keyof ChangeChannelRequest

function namesOfChanges(before: OwnChannel, given: ChangeChannelRequest): FieldName[] {
  return (Object.keys(given) as FieldName[]).filter(
    (name) => given[name] !== undefined && JSON.stringify(given[name]) !== JSON.stringify(before[name]),
  )
}

/** What of a change has to wait for the operator. */
function waitingPart(
  { areChannelsModerated }: ChannelPolicy,
  before: OwnChannel,
  given: ChangeChannelRequest,
  changed: readonly FieldName[],
): ChangeChannelRequest {
  const servesOthers = before.isPublic || before.accountIds.length > 0
  const becomesOthers = given.isPublic === true || (given.accountIds?.length ?? 0) > 0
  if (!areChannelsModerated || before.state !== 'approved' || !(servesOthers || becomesOthers)) return {}
  const names = changed.filter((name) => (SENSITIVE as readonly string[]).includes(name))
  return Object.fromEntries(names.map((name) => [name, given[name]]))
}

interface Asking {
  now: Date
  /** He is told what was decided. */
  by: UserId | null
}

/** What waits already and is not named again goes on waiting. */
async function park(tx: Tx, channelId: ChannelId, waiting: ChangeChannelRequest, { now, by }: Asking): Promise<void> {
  const row = await tx.selectFrom('channel').select('pending').where('id', '=', channelId).executeTakeFirst()
  const pending = JSON.stringify({ ...(row?.pending as object | null), ...waiting })
  await tx.updateTable('channel').set({ pending, asked_at: now, asked_by: by }).where('id', '=', channelId).execute()
}

async function askAgain(tx: Tx, channelId: ChannelId, { now, by }: Asking): Promise<void> {
  await tx
    .updateTable('channel')
    .set({ moderation: 'waiting', asked_at: now, asked_by: by })
    .where('id', '=', channelId)
    .execute()
}
