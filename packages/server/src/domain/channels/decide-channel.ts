import type { AccountId, ChangeChannelRequest, ChannelId, ChannelState } from '@parley/protocol/model'
import type { Db, Tx } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'
import { appendAudit } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import { forgetChannel } from './channel-registry.ts'
import { tellOwner } from './own-channels.ts'
import { applyChange } from './register-channel.ts'

export type Decision = 'approved' | 'returned' | 'refused'

export interface ChannelRequestRow {
  id: ChannelId
  code: string
  name: string
  ownerAccountId: AccountId | null
  webhookUrl: string | null
  isPublic: boolean
  about: string | null
  state: ChannelState
  /** What waits of a channel that is approved already. */
  change: ChangeChannelRequest | null
  askedAt: Date
}

/** What waits for the operator, longest first. */
export async function listChannelRequests(db: Db): Promise<ChannelRequestRow[]> {
  const rows = await db
    .selectFrom('channel')
    .selectAll()
    .where('asked_at', 'is not', null)
    .orderBy('asked_at')
    .limit(500)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    code: row.code,
    name: row.name,
    ownerAccountId: row.owner_account_id,
    webhookUrl: row.webhook_url_v2,
    isPublic: row.is_public,
    about: row.about,
    state: row.moderation,
    change: row.pending as ChangeChannelRequest | null,
    askedAt: row.asked_at!,
  }))
}

/**
 * The operator lets a registration, or a change of one, through, sends it back, or refuses it. Of a channel that is approved only the
 * change is decided about: what stands goes on. The applicants read it in their settings, and by mail where there is a mail server.
 * @throws {AppError} `not_found`; `conflict`: nothing waits
 */
export async function decideChannel(
  deps: Pick<Deps, 'db' | 'clock' | 'nudge' | 'mailer'>,
  channelId: ChannelId,
  { decision, note }: { decision: Decision; note: string | null },
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
    if (row.owner_account_id !== null) {
      const actor = { accountId: row.owner_account_id, userId: null, address: null }
      const target = { kind: 'channel', id: channelId, name: row.name } as const
      const details = { ...(note !== null && { note }), ...(change && { fields: Object.keys(change) }) }
      await appendAudit(tx, actor, { at: deps.clock.now(), action: `channel.${decision}`, target, details })
      await tellOwner(tx, actor)
    }
    return { row, state }
  })
  forgetChannel(deps, channelId)
  if (row.owner_account_id !== null) deps.nudge(row.owner_account_id)
  if (row.error_email !== null) deps.mailer?.send(mailOf(row.error_email, row, decision, note))
  return { id: channelId, state }
}

async function lockRequest(tx: Tx, channelId: ChannelId) {
  const row = await tx.selectFrom('channel').selectAll().where('id', '=', channelId).forUpdate().executeTakeFirst()
  if (!row) throw new AppError('not_found', 'There is no such channel.')
  if (row.asked_at === null) throw new AppError('conflict', 'Nothing of this channel waits for a decision.')
  return row
}

const WORDS: Record<Decision, string> = {
  approved: 'was approved',
  returned: 'was sent back to be changed',
  refused: 'was refused',
}

function mailOf(to: string, { name, code }: { name: string; code: string }, decision: Decision, note: string | null) {
  const lines = [
    `The registration of ${name} (${code}), or the change of it that you asked for, ${WORDS[decision]}.`,
    ...(note === null ? [] : ['', note]),
  ]
  return { to, subject: `${name}: the registration ${WORDS[decision]}`, text: lines.join('\n') }
}
