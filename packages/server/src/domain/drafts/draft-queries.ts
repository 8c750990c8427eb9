import type {
  AccountId,
  ChatId,
  Draft,
  DraftKind,
  DraftPage,
  Message,
  MessageButton,
  MessageId,
  UsedTemplate,
  UserId,
} from '@parley/protocol/model'
import type { StoredAttachment } from '../../db/schema.ts'
import { type Runner, run, statementsOf } from '../../db/statement.ts'
import { readPageKey, writePageKey } from '../../lib/page-key.ts'
import { attachmentPresenter } from '../media/present-attachments.ts'
import { findMessages } from '../messages/message-queries.ts'
import { ownedSql, ownersFor, ownersValues, type Viewer } from '../users/viewer.ts'

/** `draft.content`: what a draft has beyond its text. What it does not have is absent. */
export interface DraftContent {
  files?: StoredAttachment[]
  isAsFiles?: true
  buttons?: MessageButton[][]
  template?: UsedTemplate
  since?: { id: MessageId; sentAt: number }
}

interface DraftRow {
  chat_id: ChatId
  user_id: UserId
  kind: DraftKind
  version: number
  body: string
  reply_to_id: MessageId | null
  content: DraftContent | null
  updated_at: Date
}

/** One person's reply or note in one chat. */
export interface DraftName {
  userId: UserId
  chatId: ChatId
  kind: DraftKind
}

const statement = statementsOf('drafts')

const COLUMNS = 'd.chat_id, d.user_id, d.kind, d.version, d.body, d.reply_to_id, d.content, d.updated_at'

const byNames = statement(
  'by_names',
  `select ${COLUMNS} from draft d
   join unnest($2::bigint[], $3::uuid[], $4::text[]) n (user_id, chat_id, kind)
     on n.user_id = d.user_id and n.chat_id = d.chat_id and n.kind = d.kind
   where d.account_id = $1`,
)

const ownPage = statement(
  'own_page',
  `select ${COLUMNS} from draft d
   left join chat_state s on s.account_id = d.account_id and s.chat_id = d.chat_id
   left join lead l on l.account_id = d.account_id and l.id = s.lead_id and l.deleted_at is null
   where d.account_id = $1 and d.user_id = $2 and not d.is_empty and (d.chat_id, d.kind) > ($4::uuid, $5::text)
     and ${ownedSql('l.responsible_user_id', 6)}
   order by d.chat_id, d.kind limit $3`,
)

/** The drafts of these names, in no order worth keeping; emptied ones, too. */
export async function findDrafts(
  pool: Runner,
  accountId: AccountId,
  names: readonly DraftName[],
): Promise<(Draft & { userId: UserId })[]> {
  if (names.length === 0) return []
  const rows = await run<DraftRow>(pool, byNames, [
    accountId,
    names.map(({ userId }) => userId),
    names.map(({ chatId }) => chatId),
    names.map(({ kind }) => kind),
  ])
  return presentDrafts(pool, accountId, rows)
}

const KIND_ORDER: readonly DraftKind[] = ['note', 'reply']

/**
 * What the viewer has begun to write and not sent, in the chats he may see.
 *
 * Shape:  at most `limit` and the key of the next page.
 * Errors: `invalid_request` when `after` is not a key that was given out.
 */
export async function listDrafts(
  pool: Runner,
  viewer: Viewer,
  page: { after: string | undefined; limit: number },
): Promise<DraftPage> {
  const { account, user } = viewer
  const [chatId, kind] = readKey(page.after)
  const owners = ownersValues(ownersFor(viewer, 'leads'))
  const rows = await run<DraftRow>(pool, ownPage, [account.id, user.id, page.limit + 1, chatId, kind, ...owners])
  const shown = rows.slice(0, page.limit)
  const last = shown.at(-1)
  const next = rows.length > page.limit && last ? writePageKey(KIND_ORDER.indexOf(last.kind), last.chat_id) : null
  const drafts = await presentDrafts(pool, account.id, shown)
  return { items: drafts.map(({ userId: _, ...draft }) => draft), next }
}

function readKey(key: string | undefined): [chatId: string, kind: string] {
  if (key === undefined) return ['00000000-0000-0000-0000-000000000000', '']
  const { numbers, id } = readPageKey(key, 1)
  return [id, KIND_ORDER[numbers[0] ?? 0] ?? 'reply']
}

async function presentDrafts(
  pool: Runner,
  accountId: AccountId,
  rows: readonly DraftRow[],
): Promise<(Draft & { userId: UserId })[]> {
  const answered = rows.flatMap((row) => row.reply_to_id ?? [])
  const [messages, presentFiles] = await Promise.all([
    findMessages(pool, accountId, answered),
    attachmentPresenter(
      pool,
      accountId,
      rows.flatMap((row) => row.content?.files ?? []),
    ),
  ])
  const byId = new Map<MessageId, Message>(messages.map((message) => [message.id, message]))
  return rows.map((row) => ({
    userId: row.user_id,
    chatId: row.chat_id,
    kind: row.kind,
    version: row.version,
    text: row.body,
    replyTo: (row.reply_to_id && byId.get(row.reply_to_id)) ?? null,
    files: presentFiles(row.content?.files ?? []),
    isAsFiles: row.content?.isAsFiles ?? false,
    buttons: row.content?.buttons ?? null,
    template: row.content?.template ?? null,
    since: row.content?.since ?? null,
    updatedAt: row.updated_at.getTime(),
  }))
}
