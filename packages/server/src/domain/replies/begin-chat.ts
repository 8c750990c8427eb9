import {
  type AccountId,
  type ChannelId,
  type ChatId,
  type ContactId,
  type LeadId,
  type ParticipantId,
  STAGE_LOST,
  STAGE_WON,
  type StartChatRequest,
} from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'
import { effectiveSource } from '../sources/effective-source.ts'
import type { Phone } from './read-phone.ts'

/** A channel in an account, and the source that was chosen. */
export interface Line {
  accountId: AccountId
  channelId: ChannelId
  /** Null: whatever is the default. */
  sourceExternalId: string | null
}

interface LineRow {
  title: string
  is_connected: boolean
  write_first: boolean
  has_v2: boolean
}

/**
 * Locks the connection, so that two people who begin the same chat at once begin one.
 * @throws {AppError} `not_found`: never connected here; `conflict`: nobody can begin a chat on it; `invalid_request`: no
 *   such source
 */
export async function lockLine(
  tx: Tx,
  accountId: AccountId,
  { channelId: id, sourceExternalId }: Pick<StartChatRequest, 'channelId' | 'sourceExternalId'>,
): Promise<Line> {
  const channelId = id.toLowerCase() as ChannelId
  const { rows } = await sql<LineRow>`
    select cn.title, cn.disconnected_at is null and ch.disabled_at is null as is_connected, ch.write_first,
      coalesce(ch.webhook_url_v2, '') <> '' as has_v2
    from connection cn
    join channel ch on ch.id = cn.channel_id
    where cn.account_id = ${accountId} and cn.channel_id = ${channelId}::uuid
    for update of cn`.execute(tx)
  mustBeginChats(rows[0])
  if (sourceExternalId !== undefined) await mustHaveSource(tx, { accountId, channelId, sourceExternalId })
  return { accountId, channelId, sourceExternalId: sourceExternalId ?? null }
}

function mustBeginChats(line: LineRow | undefined): void {
  if (!line) throw new AppError('not_found', 'There is no such channel in this account.')
  const { title, is_connected, write_first, has_v2 } = line
  if (!is_connected) throw new AppError('conflict', `${title} is disconnected from this account.`)
  if (!write_first) throw new AppError('conflict', `On ${title} only clients can begin a conversation.`)
  if (!has_v2)
    throw new AppError('conflict', `${title} has no address for hooks of version 2, which beginning a chat needs.`)
}

async function mustHaveSource(tx: Tx, { accountId, channelId, sourceExternalId }: Line): Promise<void> {
  const source = await tx
    .selectFrom('source')
    .select('id')
    .where('account_id', '=', accountId)
    .where('channel_id', '=', channelId)
    .where('external_id', '=', sourceExternalId ?? '')
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (source) return
  throw new AppError('invalid_request', 'sourceExternalId: this channel has no such source here.', {
    details: { field: 'sourceExternalId' },
  })
}

/** The chat that was begun with this number through the same source, whatever became of it since. */
export async function findBegun(tx: Tx, line: Line, { digits }: Phone): Promise<ChatId | undefined> {
  const fallback = await effectiveSource(tx, line, null)
  const { rows } = await sql<{ id: ChatId }>`
    select c.id from chat c
    where c.account_id = ${line.accountId} and c.channel_id = ${line.channelId}::uuid and c.begun_phone = ${digits}
      and coalesce(c.source_external_id, ${fallback}::text) is not distinct from ${line.sourceExternalId ?? fallback}::text
    order by c.id limit 1`.execute(tx)
  return rows[0]?.id
}

/** A contact that the user may see. */
export interface ChosenContact {
  id: ContactId
  mayChange: boolean
}

interface Beginning {
  phone: Phone
  name?: string | undefined
  /** Absent: whoever has this number, or somebody new. */
  contact?: ChosenContact | undefined
  /** UUIDs v7. */
  id: () => string
  now: Date
}

/**
 * Makes the chat and its client, whom the integration does not know yet, and links them to a contact and its open lead.
 * Beginning a chat makes no lead (spec 01 §6).
 * @throws {AppError} `invalid_request`: no such contact
 */
export async function beginChat(tx: Tx, line: Line, beginning: Beginning): Promise<ChatId> {
  const { phone, name, id, now } = beginning
  const { accountId, channelId } = line
  const contact = await chooseContact(tx, accountId, beginning)
  const [participantId, chatId] = [id() as ParticipantId, id() as ChatId]
  await tx
    .insertInto('participant')
    .values({
      account_id: accountId,
      id: participantId,
      channel_id: channelId,
      name: name ?? contact.name,
      phone: phone.number,
      contact_id: contact.id,
      created_at: now,
    })
    .execute()
  await tx
    .insertInto('chat')
    .values({
      account_id: accountId,
      id: chatId,
      channel_id: channelId,
      participant_id: participantId,
      source_external_id: line.sourceExternalId,
      begun_phone: phone.digits,
      created_at: now,
    })
    .execute()
  await linkChat(tx, { accountId, chatId, contactId: contact.id, now })
  return chatId
}

interface Chosen {
  id: ContactId
  name: string
}

async function chooseContact(tx: Tx, accountId: AccountId, beginning: Beginning): Promise<Chosen> {
  const { phone, name, contact, now } = beginning
  if (contact) return getContact(tx, accountId, contact, phone)
  const { rows } = await sql<Chosen>`
    select c.id, c.name from contact c
    where c.account_id = ${accountId} and c.deleted_at is null and c.phone is not null
      and right(regexp_replace(c.phone, '[^0-9]', '', 'g'), 8) = right(${phone.digits}, 8)
      and regexp_replace(c.phone, '[^0-9]', '', 'g') = ${phone.digits}
    order by c.id limit 1 for key share`.execute(tx)
  if (rows[0]) return rows[0]
  return tx
    .insertInto('contact')
    .values({ account_id: accountId, name: name ?? phone.number, phone: phone.number, created_at: now })
    .returning(['id', 'name'])
    .executeTakeFirstOrThrow()
}

/** A contact that had no number has one now, if whoever writes may change it. */
async function getContact(
  tx: Tx,
  accountId: AccountId,
  { id, mayChange }: ChosenContact,
  phone: Phone,
): Promise<Chosen> {
  const contact = await tx
    .updateTable('contact')
    .set((eb) => ({ phone: mayChange ? eb.fn.coalesce('phone', eb.val(phone.number)) : eb.ref('phone') }))
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .returning(['id', 'name'])
    .executeTakeFirst()
  if (!contact) throw noSuchContact()
  return contact
}

export const noSuchContact = () =>
  new AppError('invalid_request', 'contactId: there is no such contact in this account.', {
    details: { field: 'contactId' },
  })

/** The chat's counters, and a talk when the contact has something open to talk about. */
async function linkChat(
  tx: Tx,
  { accountId, chatId, contactId, now }: { accountId: AccountId; chatId: ChatId; contactId: ContactId; now: Date },
): Promise<void> {
  const leadId = await findOpenLead(tx, accountId, contactId)
  const talk =
    leadId &&
    (await tx
      .insertInto('talk')
      .values({ account_id: accountId, chat_id: chatId, lead_id: leadId, contact_id: contactId, opened_at: now })
      .returning('id')
      .executeTakeFirstOrThrow())
  await tx
    .insertInto('chat_state')
    .values({
      account_id: accountId,
      chat_id: chatId,
      contact_id: contactId,
      lead_id: leadId ?? null,
      talk_id: talk?.id ?? null,
    })
    .execute()
}

/** The one that was touched last (spec 01 §3.4.6). */
async function findOpenLead(tx: Tx, accountId: AccountId, contactId: ContactId): Promise<LeadId | undefined> {
  const lead = await tx
    .selectFrom('lead')
    .select('id')
    .where('account_id', '=', accountId)
    .where('contact_id', '=', contactId)
    .where('deleted_at', 'is', null)
    .where('stage_id', 'not in', [STAGE_WON, STAGE_LOST])
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return lead?.id
}
