import type {
  AccountId,
  ChangeTemplateRequest,
  MessageButton,
  NewTemplateRequest,
  OrderTemplatesRequest,
  Template,
  TemplateId,
  UserId,
} from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { appendEvents } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Deps } from '../deps.ts'
import { readAttachments } from '../media/present-attachments.ts'
import { requireAdmin, type Viewer } from '../users/viewer.ts'
import { getRow, getTemplate } from './template-queries.ts'

type TemplateDeps = Pick<Deps, 'db' | 'hotPool' | 'clock' | 'nudge'>

/** Everybody may have templates of his own; those of all are the admins'. */
const requireRight = (viewer: Viewer, ownerId: UserId | null) => {
  if (ownerId === null) requireAdmin(viewer, 'change shared templates')
}

/** @throws {AppError} `forbidden`: a shared one, by who is no admin; `invalid_request`: a file that is not there */
export async function createTemplate(deps: TemplateDeps, viewer: Viewer, wish: NewTemplateRequest): Promise<Template> {
  const ownerId = wish.isShared ? null : viewer.user.id
  requireRight(viewer, ownerId)
  const accountId = viewer.account.id
  const files = await readAttachments(deps.hotPool, accountId, wish.files)
  const now = deps.clock.now()
  const { id } = await change(deps, viewer, ownerId, (tx) =>
    tx
      .insertInto('template')
      .values((eb) => ({
        account_id: accountId,
        owner_user_id: ownerId,
        name: wish.name,
        body: wish.text,
        files: JSON.stringify(files),
        buttons: JSON.stringify(wish.buttons.map((row) => row.map(toButton))),
        language: wish.language,
        external_id: wish.externalId,
        // Behind all there are.
        position: eb
          .selectFrom('template')
          .where('account_id', '=', accountId)
          .select((last) => last.fn.coalesce(last(last.fn.max('position'), '+', 1), last.val(1)).as('next')),
        created_at: now,
        updated_at: now,
      }))
      .returning('id')
      .executeTakeFirstOrThrow(),
  )
  return getTemplate(deps, viewer, id)
}

/** @throws {AppError} `not_found`; `forbidden`; `invalid_request`: it would be empty, or a file that is not there */
export async function changeTemplate(
  deps: TemplateDeps,
  viewer: Viewer,
  id: TemplateId,
  wish: ChangeTemplateRequest,
): Promise<Template> {
  const row = await getRow(deps, viewer, id)
  requireRight(viewer, row.owner_user_id)
  const ownerId = wish.isShared === undefined ? row.owner_user_id : wish.isShared ? null : viewer.user.id
  requireRight(viewer, ownerId)
  const accountId = viewer.account.id
  const files = wish.files && (await readAttachments(deps.hotPool, accountId, wish.files))
  if ((wish.text ?? row.body).trim() === '' && (files ?? row.files).length === 0)
    throw new AppError('invalid_request', 'text: must not be empty when there is no file', {
      details: { field: 'text' },
    })
  const hasMoved = ownerId !== row.owner_user_id
  await change(deps, viewer, hasMoved ? null : ownerId, (tx) =>
    tx
      .updateTable('template')
      .set({
        owner_user_id: ownerId,
        updated_at: deps.clock.now(),
        ...(wish.name !== undefined && { name: wish.name }),
        ...(wish.text !== undefined && { body: wish.text }),
        ...(files && { files: JSON.stringify(files) }),
        ...(wish.buttons && { buttons: JSON.stringify(wish.buttons.map((buttons) => buttons.map(toButton))) }),
        ...(wish.language !== undefined && { language: wish.language }),
      })
      .where('account_id', '=', accountId)
      .where('id', '=', id)
      .execute(),
  )
  return getTemplate(deps, viewer, id)
}

/** @throws {AppError} `not_found`; `forbidden` */
export async function deleteTemplate(deps: TemplateDeps, viewer: Viewer, id: TemplateId): Promise<void> {
  const row = await getRow(deps, viewer, id)
  requireRight(viewer, row.owner_user_id)
  await change(deps, viewer, row.owner_user_id, (tx) =>
    tx.deleteFrom('template').where('account_id', '=', viewer.account.id).where('id', '=', id).execute(),
  )
}

/**
 * Puts templates in this order, all shared or all one's own.
 * @throws {AppError} `not_found`: one of them; `forbidden`
 */
export async function orderTemplates(
  deps: TemplateDeps,
  viewer: Viewer,
  { ids }: OrderTemplatesRequest,
): Promise<void> {
  const accountId = viewer.account.id
  const first = await getRow(deps, viewer, ids[0] as TemplateId)
  const ownerId = first.owner_user_id
  requireRight(viewer, ownerId)
  await change(deps, viewer, ownerId, async (tx) => {
    const rows = await tx
      .selectFrom('template')
      .select('id')
      .where('account_id', '=', accountId)
      .where('owner_user_id', ownerId === null ? 'is' : '=', ownerId)
      .orderBy('position')
      .orderBy('id')
      .forUpdate()
      .execute()
    const known = new Set<number>(rows.map((row) => row.id))
    const asked = new Set(ids)
    for (const id of asked)
      if (!known.has(id)) throw new AppError('not_found', `ids: there is no such template among these: ${id}.`)
    const rest = rows.map((row) => row.id as number).filter((id) => !asked.has(id))
    for (const [index, id] of [...asked, ...rest].entries())
      await tx
        .updateTable('template')
        .set({ position: index + 1 })
        .where('account_id', '=', accountId)
        .where('id', '=', id as TemplateId)
        .execute()
  })
}

/** A message was made of it; a number that is no template's counts nothing. */
export async function countTemplateUse({ db }: Pick<Deps, 'db'>, accountId: AccountId, id: number): Promise<void> {
  await db
    .updateTable('template')
    .set((eb) => ({ use_count: eb('use_count', '+', 1) }))
    .where('account_id', '=', accountId)
    .where('id', '=', id as TemplateId)
    .execute()
}

const toButton = ({ text, url }: { text: string; url?: string | undefined }): MessageButton =>
  url === undefined ? { text } : { text, url }

/** One's own are nobody else's news. */
async function change<Result>(
  deps: TemplateDeps,
  { account, user }: Viewer,
  ownerId: UserId | null,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  const result = await deps.db.transaction().execute(async (tx) => {
    const done = await work(tx)
    const event = { type: 'settings.changed' as const, topic: 'templates', actorId: user.id, userId: ownerId }
    await appendEvents(tx, account.id, [event])
    return done
  })
  deps.nudge(account.id)
  return result
}
