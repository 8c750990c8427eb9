import type {
  AccountId,
  ChangeChannelRequest,
  ChannelId,
  ChannelState,
  DecideChannelRequest,
  UserId,
} from '@parley/protocol/model'
import type { Selectable } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import type { Schema } from '../../db/schema.ts'
import { runnerOf } from '../../db/statement.ts'
import { AppError } from '../../lib/app-error.ts'
import { type Actor, appendAudit } from '../audit/append-audit.ts'
import { forgetChannel } from '../channels/channel-registry.ts'
import { tellOwner } from '../channels/own-channels.ts'
import { applyChange } from '../channels/register-channel.ts'
import { tellOperators } from '../channels/tell-operators.ts'
import type { Deps } from '../deps.ts'
import { insertNotices } from '../notifications/new-notice.ts'
import { mailDecision } from './mail-decision.ts'

type Row = Selectable<Schema['channel']>
type DecideDeps = Pick<Deps, 'db' | 'clock' | 'nudge' | 'whisper' | 'mailer' | 'publicUrl' | 'log'>

/**
 * The operator lets a registration, or a change of one, through, sends it back, or refuses it. Of a channel that is approved only the
 * change is decided about: what stands goes on. Whoever asked is told by a notification and, where there is a mail server, by mail.
 * @param operator  null: whoever holds the admin token
 * @throws {AppError} `not_found`; `conflict`: nothing waits
 */
export async function decideChannel(
  deps: DecideDeps,
  operator: Actor | null,
  channelId: ChannelId,
  { decision, note = null }: Pick<DecideChannelRequest, 'decision'> & { note?: string | null | undefined },
): Promise<{ id: ChannelId; state: ChannelState }> {
  const { row, state } = await deps.db.transaction().execute(async (tx) => {
    const row = await lockRequest(tx, channelId)
    const state = row.moderation === 'approved' ? 'approved' : decision
    const change = row.pending as ChangeChannelRequest | null
    if (decision === 'approved' && change) await applyChange(tx, channelId, row.owner_account_id, change)
    await tx
      .updateTable('channel')
      .set({ moderation: state, moderation_note: note, asked_at: null, pending: null })
      .where('id', '=', channelId)
      .execute()
    const details = { ...(note !== null && { note }), ...(change && { fields: Object.keys(change) }) }
    const target = { kind: 'channel', id: channelId, name: row.name } as const
    const entry = { at: deps.clock.now(), action: `channel.${decision}`, target, details } as const
    for (const actor of actorsOf(row.owner_account_id, operator)) await appendAudit(tx, actor, entry)
    if (row.owner_account_id !== null) await tell(tx, row.owner_account_id, row, { decision, note, at: entry.at })
    return { row, state }
  })
  forgetChannel(deps, channelId)
  if (row.owner_account_id !== null) deps.nudge(row.owner_account_id)
  await tellOperators(deps)
  await mailDecision(deps, row, { decision, note })
  return { id: channelId, state }
}

/** In whose audit log it is written down: the owner's, who does not learn which person it was, and the operator's own. */
function actorsOf(ownerId: AccountId | null, operator: Actor | null): Actor[] {
  const own = operator === null ? [] : [operator]
  if (ownerId === null || ownerId === operator?.accountId) return own
  return [{ accountId: ownerId, userId: null, address: null }, ...own]
}

interface Told {
  decision: DecideChannelRequest['decision']
  note: string | null
  at: Date
}

/** Last in its transaction: it locks the account's counter. */
async function tell(tx: Tx, ownerId: AccountId, row: Row, { decision, note, at }: Told): Promise<void> {
  const notice = {
    kind: 'channel_decided',
    fact: `decided:${row.id}:${at.getTime()}`,
    // Who asked and is gone leaves it to all admins.
    targetId: await findAsker(tx, ownerId, row.asked_by),
    actorId: null,
    channelId: row.id,
    detail: { decision, note },
  } as const
  await insertNotices(runnerOf(tx), ownerId, [notice], at)
  await tellOwner(tx, { accountId: ownerId, userId: null })
}

async function findAsker(tx: Tx, accountId: AccountId, userId: UserId | null): Promise<UserId | null> {
  if (userId === null) return null
  const user = await tx
    .selectFrom('account_user')
    .select('id')
    .where('account_id', '=', accountId)
    .where('id', '=', userId)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  return user?.id ?? null
}

async function lockRequest(tx: Tx, channelId: ChannelId): Promise<Row> {
  const row = await tx.selectFrom('channel').selectAll().where('id', '=', channelId).forUpdate().executeTakeFirst()
  if (!row) throw new AppError('not_found', 'There is no such channel.')
  if (row.asked_at === null) throw new AppError('conflict', 'Nothing of this channel waits for a decision.')
  return row
}
