import type { AccountId, LeadId, UserId } from '@parley/protocol/model'
import { appendEvents, type NewEvent } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Actor } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import { changeLeads } from '../leads/change-lead.ts'
import { giveTasks } from '../tasks/give-tasks.ts'
import { disableUser } from '../users/switch-user.ts'
import { getUser } from '../users/user-queries.ts'

type HandOverDeps = Pick<Deps, 'db' | 'clock' | 'nudge'>

/** Leads moved in one transaction: nobody waits long for the account's counter. */
const AT_ONCE = 200

/**
 * Switches a user off and, when asked, makes all his open and closed leads, his contacts and open tasks somebody else's.
 * In two steps: what is left over when the second breaks off can be handed over again.
 */
export async function letUserGo(
  deps: HandOverDeps,
  actor: Actor,
  userId: UserId,
  handOverTo: UserId | null | undefined,
): Promise<void> {
  if (handOverTo !== undefined) await checkHeir(deps, actor.accountId, userId, handOverTo)
  await disableUser(deps, actor, userId)
  if (handOverTo !== undefined) await handOver(deps, actor, userId, handOverTo)
}

/**
 * Everything one user is responsible for becomes another's, or nobody's; tasks, which are always somebody's, then go to who
 * hands over. Answers how many leads there were.
 * @throws {AppError} `not_found`: no such user; `invalid_request`: nobody who works here has the other's id
 */
export async function handOver(
  deps: HandOverDeps,
  { accountId, userId: by }: Actor,
  from: UserId,
  to: UserId | null,
): Promise<{ leads: number }> {
  await getUser(deps.db, accountId, from)
  await checkHeir(deps, accountId, from, to)
  const leadIds = await listLeadsOf(deps, accountId, from)
  for (let start = 0; start < leadIds.length; start += AT_ONCE) {
    const some = leadIds.slice(start, start + AT_ONCE)
    await deps.db.transaction().execute(async (tx) => {
      const author = { accountId, userId: by, now: deps.clock.now() }
      const { events } = await changeLeads(tx, author, some, { responsibleUserId: to })
      await appendEvents(tx, accountId, events)
    })
    deps.nudge(accountId)
  }
  await handOverContacts(deps, { accountId, by, from, to })
  const heir = to ?? by
  if (heir !== null && heir !== from) await giveTasks(deps, { accountId, by, from, to: heir })
  return { leads: leadIds.length }
}

interface HandOver {
  accountId: AccountId
  by: UserId | null
  from: UserId
  to: UserId | null
}

async function handOverContacts({ db, nudge }: HandOverDeps, { accountId, by, from, to }: HandOver): Promise<void> {
  for (;;) {
    const moved = await db.transaction().execute(async (tx) => {
      const rows = await tx
        .updateTable('contact')
        .set({ responsible_user_id: to })
        .where('account_id', '=', accountId)
        .where('id', 'in', (eb) =>
          eb
            .selectFrom('contact')
            .select('id')
            .where('account_id', '=', accountId)
            .where('responsible_user_id', '=', from)
            .orderBy('id')
            .limit(AT_ONCE),
        )
        .returning('id')
        .execute()
      const events = rows.map(({ id }): NewEvent => ({ type: 'contact.updated', contactId: id, actorId: by }))
      await appendEvents(tx, accountId, events)
      return rows.length
    })
    if (moved === 0) return
    nudge(accountId)
  }
}

async function listLeadsOf({ db }: Pick<Deps, 'db'>, accountId: AccountId, userId: UserId): Promise<LeadId[]> {
  const rows = await db
    .selectFrom('lead')
    .select('id')
    .where('account_id', '=', accountId)
    .where('responsible_user_id', '=', userId)
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

async function checkHeir(
  { db }: Pick<Deps, 'db'>,
  accountId: AccountId,
  from: UserId,
  to: UserId | null,
): Promise<void> {
  if (to === null) return
  const heir = await db
    .selectFrom('account_user')
    .select('id')
    .where('account_id', '=', accountId)
    .where('id', '=', to)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  if (!heir || to === from)
    throw new AppError('invalid_request', 'handOverTo: choose somebody else who works in this account.', {
      details: { field: 'handOverTo' },
    })
}
