import type { ChatId, MessageId } from '@parley/protocol/model'
import { sql } from 'kysely'
import { appendEvents } from '../../events/append-events.ts'
import type { MessageContent, StoredQuote, StoredReaction } from '../messages/message-content.ts'
import { removeMessages } from './erase-chats.ts'
import { addTo, type Erasing, type Progress, remove } from './erasing.ts'
import { fileIdsIn } from './file-ids.ts'

/** Looked at in one transaction; few of them are changed. */
const PAGE = 2000
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000'

interface Row {
  id: MessageId
  chat_id: ChatId
  author_kind: string
  author_id: string
  content: MessageContent | null
  reactions: StoredReaction[] | null
}

/**
 * The account's other conversations, from the first message to the last: what the person said there, or somebody passed on,
 * goes; what quotes him or says that he liked something stays without it. Also finds the files that others use.
 */
export async function eraseElsewhere(erasing: Erasing): Promise<Progress> {
  const { tx, accountId, scope } = erasing
  const { rows } = await sql<Row>`
    select id, chat_id, author_kind, author_id, content, reactions from message
    where account_id = ${accountId} and id > ${scope.cursor ?? BEFORE_ALL}::uuid order by id limit ${PAGE}`.execute(tx)
  const who = whoOf(erasing)
  const gone = rows.filter((row) => isTheirs(row, who))
  await removeElsewhere(erasing, gone)
  const left = rows.filter((row) => !gone.includes(row))
  const touched = left.filter((row) => isTouched(row, who))
  await cleanMessages(erasing, touched, who)
  markUsed(
    erasing,
    left.map((row) => (touched.includes(row) ? withoutQuotes(row.content, who) : row.content)),
  )
  const last = rows.at(-1)
  if (last) scope.cursor = last.id
  return rows.length < PAGE ? 'done' : 'more'
}

interface Who {
  participants: ReadonlySet<string>
  chats: ReadonlySet<string>
}

const whoOf = ({ scope }: Erasing): Who => ({
  participants: new Set<string>(scope.participantIds),
  chats: new Set<string>(scope.chatIds),
})

/** What the person said, what was said to him, and what stood in one of his chats. */
function isOf(quote: StoredQuote | undefined, { participants, chats }: Who): boolean {
  if (!quote) return false
  const people = [quote.author.id, quote.receiver?.id ?? null]
  return people.some((id) => id !== null && participants.has(id)) || (quote.chatId !== null && chats.has(quote.chatId))
}

const isTheirs = ({ author_kind, author_id, content }: Row, who: Who): boolean =>
  (author_kind === 'client' && who.participants.has(author_id)) || isOf(content?.forwarded, who)

const isTouched = ({ content, reactions }: Row, who: Who): boolean =>
  isOf(content?.replyTo, who) || (reactions ?? []).some((one) => who.participants.has(one.authorId))

function withoutQuotes(content: MessageContent | null, who: Who): MessageContent | null {
  if (content === null) return null
  const { replyTo, forwarded, ...rest } = content
  return {
    ...rest,
    ...(replyTo && !isOf(replyTo, who) && { replyTo }),
    ...(forwarded && !isOf(forwarded, who) && { forwarded }),
  }
}

/** With the hooks that carried them; a chat whose last message it was shows the one before. */
async function removeElsewhere(erasing: Erasing, gone: readonly Row[]): Promise<void> {
  if (gone.length === 0) return
  const { tx, accountId, scope } = erasing
  const ids = gone.map((row) => row.id)
  const chatIds = [...new Set(gone.map((row) => row.chat_id))].sort()
  await sql`select chat_id from chat_state where account_id = ${accountId} and chat_id = any (${chatIds}::uuid[])
    order by chat_id for update`.execute(tx)
  scope.fileIds = addTo(
    scope.fileIds,
    gone.flatMap((row) => fileIdsIn(row.content)),
  )
  await removeMessages(erasing, ids)
  const hooks = await sql<{ id: string }>`
    delete from delivery where account_id = ${accountId} and chat_id = any (${chatIds}::uuid[])
      and message_id = any (${ids}::uuid[]) returning id`.execute(tx)
  const hookIds = hooks.rows.map((row) => row.id)
  await remove(tx, 'delivery_attempt', sql`account_id = ${accountId} and delivery_id = any (${hookIds}::uuid[])`)
  await sql`update delivery_lane n set due_at = null
    where n.account_id = ${accountId} and n.chat_id = any (${chatIds}::uuid[]) and not exists (
      select from delivery d where d.account_id = n.account_id and d.chat_id = n.chat_id and d.state = 'waiting')`.execute(
    tx,
  )
  await remove(
    tx,
    'notification',
    sql`account_id = ${accountId} and chat_id = any (${chatIds}::uuid[])
    and message_id = any (${ids}::uuid[])`,
  )
  await sql`update chat_state s set last_message_id = (
      select m.id from message m where m.account_id = s.account_id and m.chat_id = s.chat_id
      order by m.sent_at desc, m.id desc limit 1)
    where s.account_id = ${accountId} and s.chat_id = any (${chatIds}::uuid[])
      and s.last_message_id = any (${ids}::uuid[])`.execute(tx)
  await appendEvents(
    tx,
    accountId,
    chatIds.map((chatId) => ({ type: 'chat.updated' as const, chatId })),
  )
}

async function cleanMessages({ tx, accountId }: Erasing, touched: readonly Row[], who: Who): Promise<void> {
  for (const { id, chat_id: chatId } of touched) {
    // Read again, for somebody may have edited or reacted just now.
    const { rows } = await sql<Pick<Row, 'content' | 'reactions'>>`select content, reactions from message
      where account_id = ${accountId} and id = ${id} for update`.execute(tx)
    const [row] = rows
    if (!row) continue
    const reactions = row.reactions?.filter((one) => !who.participants.has(one.authorId)) ?? null
    const content = withoutQuotes(row.content, who)
    await sql`update message set content = ${content && JSON.stringify(content)}::jsonb,
        reactions = ${reactions && reactions.length > 0 ? JSON.stringify(reactions) : null}::jsonb
      where account_id = ${accountId} and id = ${id}`.execute(tx)
    if (isOf(row.content?.replyTo, who)) await cleanHooks({ tx, accountId }, chatId, id)
  }
  await appendEvents(
    tx,
    accountId,
    touched.map(({ id, chat_id: chatId }) => ({ type: 'message.updated' as const, messageId: id, chatId })),
  )
}

/** What such a message told of the one it answers is told no more. */
async function cleanHooks(
  { tx, accountId }: Pick<Erasing, 'tx' | 'accountId'>,
  chatId: ChatId,
  messageId: MessageId,
): Promise<void> {
  const { rows } = await sql<{ id: string; body: string }>`select id, body from delivery
    where account_id = ${accountId} and chat_id = ${chatId} and message_id = ${messageId} for update`.execute(tx)
  for (const { id, body } of rows)
    await sql`update delivery set body = ${JSON.stringify(withoutReply(JSON.parse(body)))}
      where account_id = ${accountId} and id = ${id}`.execute(tx)
}

function withoutReply(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutReply)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) => (name === 'reply_to' ? [] : [[name, withoutReply(one)]])),
  )
}

interface EditRow {
  message_id: MessageId
  version: number
  content: MessageContent | null
}

/** The same of what messages said before they were edited. */
export async function eraseEditsElsewhere(erasing: Erasing): Promise<Progress> {
  const { tx, accountId, scope } = erasing
  const [after, version] = (scope.cursor ?? `${BEFORE_ALL} 0`).split(' ')
  const { rows } = await sql<EditRow>`
    select message_id, version, content from message_edit
    where account_id = ${accountId} and (message_id, version) > (${after}::uuid, ${Number(version)})
    order by message_id, version limit ${PAGE}`.execute(tx)
  const who = whoOf(erasing)
  for (const row of rows)
    if (isOf(row.content?.replyTo, who) || isOf(row.content?.forwarded, who))
      await sql`update message_edit set content = ${JSON.stringify(withoutQuotes(row.content, who))}::jsonb
        where account_id = ${accountId} and message_id = ${row.message_id} and version = ${row.version}`.execute(tx)
  markUsed(
    erasing,
    rows.map((row) => withoutQuotes(row.content, who)),
  )
  const last = rows.at(-1)
  if (last) scope.cursor = `${last.message_id} ${last.version}`
  return rows.length < PAGE ? 'done' : 'more'
}

function markUsed({ scope }: Erasing, contents: readonly unknown[]): void {
  const theirs = new Set(scope.fileIds)
  const used = contents.flatMap(fileIdsIn).filter((id) => theirs.has(id))
  if (used.length > 0) scope.usedFileIds = addTo(scope.usedFileIds, used)
}
