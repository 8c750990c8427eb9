import type { AccountId, ContactId, Lead, LeadId, NewLeadRequest, UserId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { appendEvents } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import { refuse } from '../accounts/insert-user.ts'
import { checkResponsible } from '../users/check-responsible.ts'
import { covers, ownersFor, type Viewer } from '../users/viewer.ts'
import type { LeadDeps } from './accept-lead.ts'
import { findTarget } from './find-target.ts'
import { getLead } from './lead-queries.ts'

/**
 * Makes a lead by hand, in work from the start.
 * @throws {AppError} `forbidden`: not with this role; `invalid_request` names the field
 */
export async function createLead(deps: LeadDeps, viewer: Viewer, wish: NewLeadRequest): Promise<Lead> {
  const { account, user } = viewer
  const responsible = (wish.responsibleUserId === undefined ? user.id : wish.responsibleUserId) as UserId | null
  if (!covers(ownersFor(viewer, 'leads', 'edit'), responsible))
    throw new AppError('forbidden', 'Your role does not let you make a lead for this person. An admin can change that.')
  const now = deps.clock.now()
  const id = await deps.db.transaction().execute(async (tx) => {
    await checkResponsible(tx, account.id, responsible)
    const target = await findTarget(tx, account.id, undefined, wish)
    if (!target) throw refuse('pipelineId', 'say where the lead goes')
    const contactId = await chooseContact(tx, viewer, wish, now)
    const made = await tx
      .insertInto('lead')
      .values({
        account_id: account.id,
        title: wish.title,
        price: wish.price,
        pipeline_id: target.pipeline_id,
        stage_id: target.id,
        is_incoming: false,
        responsible_user_id: responsible,
        contact_id: contactId,
        created_at: now,
        updated_at: now,
        stage_since: now,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await appendEvents(tx, account.id, [{ type: 'lead.created', leadId: made.id, contactId, actorId: user.id }])
    return made.id
  })
  deps.nudge(account.id)
  return getLead(deps.hotPool, account.id, id as LeadId)
}

async function chooseContact(tx: Tx, viewer: Viewer, wish: NewLeadRequest, now: Date): Promise<ContactId> {
  const accountId: AccountId = viewer.account.id
  if (wish.contact) {
    const { name, phone, email } = wish.contact
    const made = await tx
      .insertInto('contact')
      .values({
        account_id: accountId,
        name,
        phone: phone ?? null,
        email: email ?? null,
        responsible_user_id: viewer.user.id,
        created_at: now,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return made.id
  }
  const contact = await tx
    .selectFrom('contact')
    .select(['id', 'responsible_user_id'])
    .where('account_id', '=', accountId)
    .where('id', '=', wish.contactId as ContactId)
    .where('deleted_at', 'is', null)
    .forKeyShare()
    .executeTakeFirst()
  if (!contact || !covers(ownersFor(viewer, 'contacts'), contact.responsible_user_id))
    throw refuse('contactId', 'there is no such contact in this account')
  return contact.id
}
