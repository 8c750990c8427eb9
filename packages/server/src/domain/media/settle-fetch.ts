import type { AccountId, ChatId, MessageId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import { ERASURE_STEPS } from '../../db/schema.ts'
import { appendEvents, type NewEvent } from '../../events/append-events.ts'
import type { MessageContent } from '../messages/message-content.ts'
import type { ClaimedFetch, FetchDeps } from './claim-fetches.ts'
import { smallPictureOf } from './keep-file.ts'
import { type Copy, putCopy, putFailure } from './put-copy.ts'

/**
 * Puts a copy where it belongs, and its row away. When the link was replaced meanwhile, nothing happens.
 * Locks: the message or participant, the row of media_fetch, account_seq.
 */
export function settleCopied(deps: FetchDeps, fetch: ClaimedFetch, copy: Copy): Promise<void> {
  return settle(deps, fetch, async (tx) => {
    if (fetch.ownerKind === 'participant') return putAvatar(tx, fetch, copy)
    const message = await lockMessage(tx, fetch.accountId, fetch.ownerId)
    if (!(await removeRow(tx, fetch))) return false
    if (!message) return leaveToErasure(tx, fetch.accountId, copy)
    return writeContent(tx, fetch, message, putCopy(message.content, fetch.slot, copy))
  })
}

/** It is tried again at `dueAt`. Whoever looks at the message still sees that it is being copied. */
export async function settleForLater(
  { db }: FetchDeps,
  fetch: ClaimedFetch,
  { failure, dueAt }: { failure: string; dueAt: Date },
): Promise<void> {
  await ours(db.updateTable('media_fetch').set({ failure, due_at: dueAt, leased_until: null }), fetch).execute()
}

/** It is given up, and the message says why. The row stays for "try again". Locks as `settleCopied`. */
export function settleGivenUp(deps: FetchDeps, fetch: ClaimedFetch, failure: string): Promise<void> {
  return settle(deps, fetch, async (tx) => {
    // A person without a picture is no news.
    if (fetch.ownerKind === 'participant') return (await park(tx, fetch, failure)) && false
    const message = await lockMessage(tx, fetch.accountId, fetch.ownerId)
    if (!(await park(tx, fetch, failure)) || !message) return false
    return writeContent(tx, fetch, message, putFailure(message.content, fetch.slot, failure))
  })
}

async function park(tx: Tx, fetch: ClaimedFetch, failure: string): Promise<boolean> {
  const parked = { failure, due_at: null, leased_until: null }
  const { numUpdatedRows } = await ours(tx.updateTable('media_fetch').set(parked), fetch).executeTakeFirst()
  return numUpdatedRows > 0n
}

/** As if it had never been claimed: this server stops. */
export async function giveFetchBack({ db }: FetchDeps, fetch: ClaimedFetch): Promise<void> {
  const unclaimed = { attempts: fetch.attempts - 1, leased_until: null }
  await ours(db.updateTable('media_fetch').set(unclaimed), fetch).execute()
}

/** Answers in `work` whether there is an event to tell of. */
async function settle(deps: FetchDeps, fetch: ClaimedFetch, work: (tx: Tx) => Promise<boolean>): Promise<void> {
  const hasChanged = await deps.db.transaction().execute(work)
  if (hasChanged) deps.nudge(fetch.accountId)
}

interface Conditions<Query> {
  where(column: 'account_id', operator: '=', value: AccountId): Query
  where(column: 'id' | 'url', operator: '=', value: string): Query
  where(column: 'attempts', operator: '=', value: number): Query
}

/** Still claimed by us, and for the same link. */
const ours = <Query extends Conditions<Query>>(query: Query, { accountId, id, url, attempts }: ClaimedFetch): Query =>
  query.where('account_id', '=', accountId).where('id', '=', id).where('url', '=', url).where('attempts', '=', attempts)

async function removeRow(tx: Tx, fetch: ClaimedFetch): Promise<boolean> {
  const { numDeletedRows } = await ours(tx.deleteFrom('media_fetch'), fetch).executeTakeFirst()
  return numDeletedRows > 0n
}

export interface LockedMessage {
  chatId: ChatId
  content: MessageContent
}

/** Undefined: there is no such message. */
export async function lockMessage(tx: Tx, accountId: AccountId, id: MessageId): Promise<LockedMessage | undefined> {
  const row = await tx
    .selectFrom('message')
    .select(['chat_id', 'content'])
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row && { chatId: row.chat_id, content: (row.content ?? {}) as MessageContent }
}

/** Writes what has changed, with its event; answers whether anything had. */
export async function writeContent(
  tx: Tx,
  { accountId, ownerId: messageId }: { accountId: AccountId; ownerId: MessageId },
  { chatId }: LockedMessage,
  content: MessageContent | undefined,
): Promise<boolean> {
  if (!content) return false
  await tx
    .updateTable('message')
    .set({ content: JSON.stringify(content) })
    .where('account_id', '=', accountId)
    .where('id', '=', messageId)
    .execute()
  await appendEvents(tx, accountId, [{ type: 'message.updated', chatId, messageId }])
  return true
}

async function putAvatar(
  tx: Tx,
  fetch: Extract<ClaimedFetch, { ownerKind: 'participant' }>,
  { file }: Pick<Copy, 'file'>,
): Promise<boolean> {
  const { accountId, ownerId } = fetch
  const participant = await tx
    .selectFrom('participant')
    .select(['avatar_url', 'contact_id'])
    .where('account_id', '=', accountId)
    .where('id', '=', ownerId)
    .forUpdate()
    .executeTakeFirst()
  const picture = smallPictureOf(file)
  if (!(await removeRow(tx, fetch))) return false
  if (!participant) return leaveToErasure(tx, accountId, { file })
  if (!participant.avatar_url || !picture) return false
  await tx
    .updateTable('participant')
    .set({ avatar_file_id: picture.id })
    .where('account_id', '=', accountId)
    .where('id', '=', ownerId)
    .execute()
  const chats = await tx
    .selectFrom('chat')
    .select('id')
    .where('account_id', '=', accountId)
    .where('participant_id', '=', ownerId)
    .orderBy('id')
    .execute()
  const { contact_id: contactId } = participant
  const events: NewEvent[] = chats.map(({ id }) => ({ type: 'chat.updated', chatId: id }))
  if (contactId !== null) events.push({ type: 'contact.updated', contactId, actorId: null })
  await appendEvents(tx, accountId, events)
  return events.length > 0
}

/** It looks for other uses of a file: what comes behind is done again. */
const AFTER_ELSEWHERE = ERASURE_STEPS.slice(ERASURE_STEPS.indexOf('elsewhere') + 1)

/** Whoever it was of was erased while it came: then it is erased, too, unless somebody else uses the same. */
async function leaveToErasure(tx: Tx, accountId: AccountId, { file }: Pick<Copy, 'file'>): Promise<false> {
  const ids = [file.id, ...(file.thumbnail ? [file.thumbnail.id] : [])]
  await sql`
    update erasure set scope = jsonb_set(scope, '{fileIds}', scope -> 'fileIds' || ${JSON.stringify(ids)}::jsonb) - 'cursor',
      step = case when step = any (${AFTER_ELSEWHERE}::text[]) then 'elsewhere' else step end
    where account_id = ${accountId} and finished_at is null`.execute(tx)
  return false
}
