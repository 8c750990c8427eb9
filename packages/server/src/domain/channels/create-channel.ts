import { randomBytes, randomUUID } from 'node:crypto'
import type { AccountId, ChannelId } from '@parley/protocol/model'
import type { Db, Tx } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'
import { noteByOperator } from '../audit/note-by-operator.ts'
import type { Deps } from '../deps.ts'
import { forgetChannel } from './channel-registry.ts'
import { type ChannelSettings, refuse, settingColumns } from './channel-settings.ts'

export interface ChannelRequest extends ChannelSettings {
  name: string
  /** Symbolic, e.g. `amo.ext.harbor` or a reversed domain; unique. */
  code: string
  /** Whose accounts a private channel may be connected to. */
  accountIds?: readonly AccountId[]
  /** Whose admins look after it; absent: the operator alone. */
  ownerAccountId?: AccountId
}

export interface CreatedChannel {
  id: ChannelId
  code: string
  /** 40 hex digits, used as text. Shown here and never again. */
  secret: string
  bot: { id: string; clientId: string; name: string }
  accountIds: AccountId[]
}

const SECRET_BYTES = 20
const CODE = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i
const LONGEST_CODE = 100
const LONGEST_NAME = 255
const LARGEST_ACCOUNT_ID = 2 ** 31 - 1

/**
 * Registers a channel; it can be connected at once, to the accounts named or, when public, to all.
 * @throws {AppError} `invalid_request` names the field; `conflict` when the code is taken
 */
export async function createChannel(
  { db, clock, secretBox }: Pick<Deps, 'db' | 'clock' | 'secretBox'>,
  request: ChannelRequest,
): Promise<CreatedChannel> {
  const name = checkName(request.name)
  const code = checkCode(request.code)
  const values = settingColumns(request)
  const accountIds = [...new Set(request.accountIds ?? [])]
  await checkAccounts(db, accountIds)
  // UUIDs v4, as the chats API shows them; ours, which are ordered by time, would tell when a channel was made.
  const id = randomUUID() as string as ChannelId
  const bot = { id: randomUUID() as string, clientId: `bot-${id}`, name }
  const secret = randomBytes(SECRET_BYTES).toString('hex')
  await db.transaction().execute(async (tx) => {
    const made = await tx
      .insertInto('channel')
      .values({
        ...values,
        id,
        code,
        name,
        secret_sealed: secretBox.seal(secret),
        bot_id: bot.id,
        bot_client_id: bot.clientId,
        bot_name: bot.name,
        owner_account_id: request.ownerAccountId ?? null,
        created_at: clock.now(),
      })
      .onConflict((conflict) => conflict.column('code').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!made) throw new AppError('conflict', `code: ${code} is taken.`, { details: { field: 'code' } })
    await insertApprovals(tx, id, accountIds)
  })
  return { id, code, secret, bot, accountIds }
}

/**
 * Changes what is given and leaves the rest.
 * @throws {AppError} `invalid_request` names the field; `not_found`
 */
export async function changeChannel(
  deps: Pick<Deps, 'db' | 'clock'>,
  channelId: ChannelId,
  given: ChannelSettings,
): Promise<void> {
  const values = settingColumns(given)
  const fields = Object.keys(given)
  if (Object.keys(values).length === 0) return
  await deps.db.transaction().execute(async (tx) => {
    const changed = await tx
      .updateTable('channel')
      .set(values)
      .where('id', '=', channelId)
      .returning('id')
      .executeTakeFirst()
    if (!changed) throw new AppError('not_found', 'There is no such channel.')
    await noteByOperator(tx, channelId, {
      at: deps.clock.now(),
      action: 'channel.changed',
      details: { changed: fields },
    })
  })
  forgetChannel(deps, channelId)
}

/**
 * Lets a private channel be connected to these accounts, too. Repeating it changes nothing.
 * @throws {AppError} `invalid_request` when an account is not there, `not_found` when the channel is not
 */
export async function approveAccounts(db: Db, channelId: ChannelId, accountIds: readonly AccountId[]): Promise<void> {
  await checkAccounts(db, accountIds)
  const channel = await db.selectFrom('channel').select('id').where('id', '=', channelId).executeTakeFirst()
  if (!channel) throw new AppError('not_found', 'There is no such channel.')
  await db.transaction().execute((tx) => insertApprovals(tx, channelId, accountIds))
}

async function insertApprovals(tx: Tx, channelId: ChannelId, accountIds: readonly AccountId[]): Promise<void> {
  if (accountIds.length === 0) return
  await tx
    .insertInto('channel_account')
    .values(accountIds.map((accountId) => ({ channel_id: channelId, account_id: accountId })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

function checkName(given: string): string {
  const name = given.trim()
  if (name === '' || name.includes('\0')) throw refuse('name', 'must not be empty')
  if (name.length > LONGEST_NAME) throw refuse('name', `must not be longer than ${LONGEST_NAME} characters`)
  return name
}

function checkCode(code: string): string {
  if (code.length > LONGEST_CODE) throw refuse('code', `must not be longer than ${LONGEST_CODE} characters`)
  if (!CODE.test(code))
    throw refuse('code', 'may hold letters, digits, ".", "_" and "-", and begins and ends with a letter or digit')
  return code
}

export async function checkAccounts(db: Db, accountIds: readonly AccountId[]): Promise<void> {
  const fault = await findAccountFault(db, accountIds)
  if (fault !== undefined) throw refuse('accountIds', fault)
}

/** Why these accounts cannot be named; undefined when they are all there. */
export async function findAccountFault(db: Db, accountIds: readonly AccountId[]): Promise<string | undefined> {
  const possible = accountIds.filter((id) => Number.isInteger(id) && id > 0 && id <= LARGEST_ACCOUNT_ID)
  const rows =
    possible.length === 0 ? [] : await db.selectFrom('account').select('id').where('id', 'in', possible).execute()
  const known = new Set(rows.map(({ id }) => id))
  const missing = accountIds.find((id) => !known.has(id))
  return missing === undefined ? undefined : `there is no account ${missing}`
}
