import type { AccountId, ChannelDecision, ChannelId, UserId } from '@parley/protocol/model'
import type { Selectable } from 'kysely'
import type { Db } from '../../db/open-database.ts'
import type { Schema } from '../../db/schema.ts'
import type { Deps } from '../deps.ts'
import { decisionMail } from './decision-mail.ts'

interface Decided {
  decision: ChannelDecision
  note: string | null
}

/** Writes to who asked and, where that is somebody else, to the address for errors. */
export async function mailDecision(
  { db, mailer, publicUrl }: Pick<Deps, 'db' | 'mailer' | 'publicUrl'>,
  row: Selectable<Schema['channel']>,
  decided: Decided,
): Promise<void> {
  if (!mailer || row.owner_account_id === null) return
  const asker = await findAsker(db, row.owner_account_id, row.asked_by)
  const { accountIds, isPublic } = await findApproved(db, row.id)
  const letter = decisionMail({
    ...decided,
    channel: { id: row.id, code: row.code, name: row.name, bot: row.bot_id },
    accountIds: isPublic ? null : accountIds,
    language: asker?.language ?? 'en',
    link: `${publicUrl()}/settings/channels/${row.id}`,
  })
  const addresses = new Set([asker?.email, row.error_email].filter((one) => typeof one === 'string'))
  for (const to of addresses) mailer.send({ to, ...letter })
}

async function findAsker(db: Db, accountId: AccountId, userId: UserId | null) {
  if (userId === null) return undefined
  return db
    .selectFrom('account_user as u')
    .innerJoin('account as a', 'a.id', 'u.account_id')
    .select((eb) => ['u.email', eb.fn.coalesce('u.language', 'a.language').as('language')])
    .where('u.account_id', '=', accountId)
    .where('u.id', '=', userId)
    .where('u.disabled_at', 'is', null)
    .executeTakeFirst()
}

/** As it is after the decision. */
async function findApproved(db: Db, id: ChannelId): Promise<{ accountIds: AccountId[]; isPublic: boolean }> {
  const [channel, accounts] = await Promise.all([
    db.selectFrom('channel').select('is_public').where('id', '=', id).executeTakeFirst(),
    db.selectFrom('channel_account').select('account_id').where('channel_id', '=', id).orderBy('account_id').execute(),
  ])
  return { accountIds: accounts.map((one) => one.account_id), isPublic: channel?.is_public ?? false }
}
