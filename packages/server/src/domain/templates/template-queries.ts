import type { AccountId, ChatId, FilledTemplate, Template, TemplateId, UserId } from '@parley/protocol/model'
import { fillTemplate, templateValues } from '@parley/protocol/text'
import type { Selectable } from 'kysely'
import type { Schema } from '../../db/schema.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Deps } from '../deps.ts'
import { getChatDetails } from '../leads/get-chat-details.ts'
import { attachmentPresenter } from '../media/present-attachments.ts'
import type { Viewer } from '../users/viewer.ts'

type TemplateRow = Selectable<Schema['template']>
type QueryDeps = Pick<Deps, 'db' | 'hotPool'>

/** As many as anybody can look through. */
const MOST = 2000

/** The account's shared templates and the viewer's own, in their order. */
export async function listTemplates(deps: QueryDeps, { account, user }: Viewer): Promise<Template[]> {
  const rows = await deps.db
    .selectFrom('template')
    .selectAll()
    .where('account_id', '=', account.id)
    .where((eb) => eb.or([eb('owner_user_id', 'is', null), eb('owner_user_id', '=', user.id)]))
    .orderBy('position')
    .orderBy('id')
    .limit(MOST)
    .execute()
  return presentTemplates(deps, account.id, rows)
}

/** @throws {AppError} `not_found`: no such template in this account, or it is a colleague's own */
export async function getTemplate(deps: QueryDeps, viewer: Viewer, id: TemplateId): Promise<Template> {
  const [template] = await presentTemplates(deps, viewer.account.id, [await getRow(deps, viewer, id)])
  return template!
}

/** @throws {AppError} `not_found` */
export async function getRow(
  { db }: Pick<Deps, 'db'>,
  { account, user }: Viewer,
  id: TemplateId,
): Promise<TemplateRow> {
  const row = await db
    .selectFrom('template')
    .selectAll()
    .where('account_id', '=', account.id)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row || !isVisible(row, user.id))
    throw new AppError('not_found', 'There is no such template in this account. It may have been deleted.')
  return row
}

const isVisible = (row: TemplateRow, userId: UserId) => row.owner_user_id === null || row.owner_user_id === userId

/** A template as it would be sent in a chat that the viewer may see. */
export async function fillTemplateFor(
  deps: QueryDeps & Pick<Deps, 'clock'>,
  viewer: Viewer,
  { chatId, id }: { chatId: ChatId; id: TemplateId },
): Promise<FilledTemplate> {
  const [row, { chat, lead }] = await Promise.all([
    getRow(deps, viewer, id),
    getChatDetails(deps.hotPool, viewer.account.id, chatId),
  ])
  const values = templateValues({
    client: chat.client,
    channelTitle: chat.channel.title,
    lead,
    user: viewer.user,
    account: viewer.account,
    now: deps.clock.now().getTime(),
    language: row.language ?? viewer.language ?? 'en',
  })
  const { text, params, missing } = fillTemplate(row.body, values)
  const externalId = row.external_id ?? undefined
  return { text, template: { id, ...(externalId && { externalId }), content: row.body, params }, missing }
}

async function presentTemplates(
  { hotPool }: QueryDeps,
  accountId: AccountId,
  rows: readonly TemplateRow[],
): Promise<Template[]> {
  const presentFiles = await attachmentPresenter(
    hotPool,
    accountId,
    rows.flatMap(({ files }) => files),
  )
  return rows.map((row) => ({
    id: row.id,
    ownerId: row.owner_user_id,
    name: row.name,
    text: row.body,
    files: presentFiles(row.files),
    buttons: row.buttons,
    language: row.language,
    externalId: row.external_id,
    useCount: row.use_count,
    updatedAt: row.updated_at.getTime(),
  }))
}
