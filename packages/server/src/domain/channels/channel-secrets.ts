import { randomBytes } from 'node:crypto'
import type { ChannelId, ChannelWithSecret, OwnChannel } from '@parley/protocol/model'
import { AppError } from '../../lib/app-error.ts'
import { type Actor, appendAudit } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import { forgetChannel } from './channel-registry.ts'
import { getOwnChannel, tellOwner } from './own-channels.ts'

/** Both secrets are good for this long after a rotation: time to bring the new one to where the channel runs. */
export const OVERLAP_MS = 24 * 60 * 60_000
const SECRET_BYTES = 20

type SecretDeps = Pick<Deps, 'db' | 'clock' | 'secretBox' | 'nudge'>

/** 40 hex digits, used as text. */
export const newSecret = () => randomBytes(SECRET_BYTES).toString('hex')

/**
 * Gives the channel a new secret, which is shown here and never again. The one before is taken for a day yet, and hooks are signed
 * with it until a request comes that is signed with the new one.
 * @throws {AppError} `not_found`: the account has registered no such channel; `conflict`: the last rotation is not over
 */
export async function rotateSecret(deps: SecretDeps, actor: Actor, channelId: ChannelId): Promise<ChannelWithSecret> {
  const secret = newSecret()
  const now = deps.clock.now()
  await deps.db.transaction().execute(async (tx) => {
    const before = await tx
      .selectFrom('channel')
      .select(['name', 'secret_sealed', 'previous_secret_until'])
      .where('owner_account_id', '=', actor.accountId)
      .where('id', '=', channelId)
      .forUpdate()
      .executeTakeFirst()
    if (!before) throw new AppError('not_found', 'There is no such channel in this account.')
    // Else the secret in use would be thrown away by a second press of the button.
    if (before.previous_secret_until && before.previous_secret_until > now)
      throw new AppError('conflict', 'Two secrets are good at present. Revoke the old one first.')
    await tx
      .updateTable('channel')
      .set({
        secret_sealed: deps.secretBox.seal(secret),
        previous_secret_sealed: before.secret_sealed,
        previous_secret_until: new Date(now.getTime() + OVERLAP_MS),
        secret_used: false,
      })
      .where('id', '=', channelId)
      .execute()
    const target = { kind: 'channel', id: channelId, name: before.name } as const
    await appendAudit(tx, actor, { at: now, action: 'channel.secret_rotated', target })
    await tellOwner(tx, actor)
  })
  forgetChannel(deps, channelId)
  deps.nudge(actor.accountId)
  return { channel: await getOwnChannel(deps, actor.accountId, channelId), secret }
}

/**
 * Ends the overlap: only the present secret is good from now on. Twice changes nothing.
 * @throws {AppError} `not_found`
 */
export async function revokePreviousSecret(deps: SecretDeps, actor: Actor, channelId: ChannelId): Promise<OwnChannel> {
  const { name } = await getOwnChannel(deps, actor.accountId, channelId)
  await deps.db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('channel')
      .set({ previous_secret_sealed: null, previous_secret_until: null, secret_used: true })
      .where('owner_account_id', '=', actor.accountId)
      .where('id', '=', channelId)
      .where('previous_secret_until', 'is not', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return
    const target = { kind: 'channel', id: channelId, name } as const
    await appendAudit(tx, actor, { at: deps.clock.now(), action: 'channel.secret_revoked', target })
    await tellOwner(tx, actor)
  })
  forgetChannel(deps, channelId)
  deps.nudge(actor.accountId)
  return getOwnChannel(deps, actor.accountId, channelId)
}

/** The channel has signed with its new secret: hooks are signed with it, too, from now on. */
export async function noteSecretUsed(deps: Pick<Deps, 'db' | 'log'>, channelId: ChannelId): Promise<void> {
  try {
    await deps.db
      .updateTable('channel')
      .set({ secret_used: true })
      .where('id', '=', channelId)
      .where('secret_used', '=', false)
      .execute()
    forgetChannel(deps, channelId)
  } catch (error) {
    // The next request tries it again.
    deps.log.error({ err: error, channelId }, 'that a new secret is used could not be written down')
  }
}
