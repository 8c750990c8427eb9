import type {
  AccountId,
  AmojoId,
  AuthorKind,
  ChannelId,
  ChatId,
  ContactId,
  LeadId,
  MessageId,
  MessageKind,
  NoteId,
} from '@parley/protocol/model'
import { columns, type Runner, run, statementsOf } from '../../db/statement.ts'
import type { MessageContent } from '../messages/message-content.ts'
import {
  authorFact,
  blockFacts,
  channelFact,
  chatFact,
  dayOf,
  EARLIEST_MS,
  kindFact,
  linkFact,
  noteFact,
  personFact,
} from './facts.ts'
import { toVector, type VectorParts } from './to-vector.ts'

const statement = statementsOf('search')

const selectMessages = statement(
  'messages',
  `select m.id, m.chat_id, c.channel_id, m.author_kind, m.author_id, m.kind, m.body, m.content, m.sent_at, m.received_at
   from message m join chat c on c.account_id = m.account_id and c.id = m.chat_id
   where m.account_id = $1 and m.id = any ($2::uuid[])`,
)

const selectNotes = statement(
  'notes',
  `select n.id, n.chat_id, n.lead_id, n.contact_id, n.body, n.created_at, u.amojo_id, c.channel_id
   from note n
   join account_user u on u.account_id = n.account_id and u.id = n.author_user_id
   left join chat c on c.account_id = n.account_id and c.id = n.chat_id
   where n.account_id = $1 and n.id = any ($2::uuid[]) and n.deleted_at is null`,
)

const writeTexts = statement(
  'write_texts',
  `insert into search_text as t (account_id, id, kind, chat_id, lead_id, contact_id, at, vector)
   select $1, w.id, w.kind, w.chat_id, w.lead_id, w.contact_id, w.at,
     w.plain::tsvector || strip(to_tsvector('russian', w.russian) || to_tsvector('english', w.english)
       || to_tsvector('spanish', w.spanish) || to_tsvector('portuguese', w.portuguese))
   from unnest($2::uuid[], $3::text[], $4::uuid[], $5::bigint[], $6::bigint[], $7::timestamptz[],
     $8::text[], $9::text[], $10::text[], $11::text[], $12::text[])
     as w (id, kind, chat_id, lead_id, contact_id, at, plain, russian, english, spanish, portuguese)
   on conflict (account_id, id) do update
   set chat_id = excluded.chat_id, lead_id = excluded.lead_id, contact_id = excluded.contact_id, at = excluded.at,
     vector = excluded.vector
   where t.vector is distinct from excluded.vector or t.at <> excluded.at
     or (t.chat_id, t.lead_id, t.contact_id) is distinct from (excluded.chat_id, excluded.lead_id, excluded.contact_id)`,
)

const removeTexts = statement('remove_texts', 'delete from search_text where account_id = $1 and id = any ($2::uuid[])')

/** A message or a note as it goes into the index. */
interface IndexedText {
  id: string
  kind: 'message' | 'note'
  chatId: ChatId | null
  leadId: LeadId | null
  contactId: ContactId | null
  at: Date
  vector: VectorParts
}

/** Takes messages and notes into the index as they are now; those that are gone are taken out. Safe to repeat. */
export async function indexTexts(
  client: Runner,
  accountId: AccountId,
  { messageIds, noteIds }: { messageIds: readonly MessageId[]; noteIds: readonly NoteId[] },
): Promise<void> {
  const asked = [...messageIds, ...noteIds]
  if (asked.length === 0) return
  const [messages, notes] = await Promise.all([
    messageIds.length === 0 ? [] : run<MessageRow>(client, selectMessages, [accountId, messageIds]),
    noteIds.length === 0 ? [] : run<NoteRow>(client, selectNotes, [accountId, noteIds]),
  ])
  const texts = [...messages.map(toIndexedMessage), ...notes.map(toIndexedNote)]
  const there = new Set(texts.map(({ id }) => id))
  const gone = asked.filter((id) => !there.has(id))
  if (gone.length > 0) await run(client, removeTexts, [accountId, gone])
  if (texts.length > 0) await run(client, writeTexts, [accountId, ...columnsOf(texts)])
}

const columnsOf = (texts: readonly IndexedText[]) =>
  columns(
    texts,
    (text) => text.id,
    (text) => text.kind,
    (text) => text.chatId,
    (text) => text.leadId,
    (text) => text.contactId,
    (text) => text.at,
    (text) => text.vector.plain,
    (text) => text.vector.russian,
    (text) => text.vector.english,
    (text) => text.vector.spanish,
    (text) => text.vector.portuguese,
  )

interface MessageRow {
  id: MessageId
  chat_id: ChatId
  channel_id: ChannelId
  author_kind: AuthorKind
  author_id: string
  kind: MessageKind
  body: string
  content: MessageContent | null
  sent_at: Date
  received_at: Date
}

interface NoteRow {
  id: NoteId
  chat_id: ChatId | null
  lead_id: LeadId | null
  contact_id: ContactId | null
  body: string
  created_at: Date
  amojo_id: AmojoId
  channel_id: ChannelId | null
}

const LINK = /\bhttps?:\/\/|\bwww\./i

function toIndexedMessage(row: MessageRow): IndexedText {
  // A sender's clock may be far ahead: no hit may stand before the present for ever.
  const at = Math.max(EARLIEST_MS, Math.min(row.sent_at.getTime(), row.received_at.getTime()))
  const facts = [
    chatFact(row.chat_id),
    channelFact(row.channel_id),
    authorFact(row.author_kind),
    kindFact(row.kind),
    ...(row.author_kind === 'client' ? [] : [personFact(row.author_id)]),
    ...(LINK.test(row.body) ? [linkFact] : []),
    ...blockFacts(dayOf(at)),
  ]
  return {
    id: row.id,
    kind: 'message',
    chatId: row.chat_id,
    leadId: null,
    contactId: null,
    at: new Date(at),
    vector: toVector([row.body, ...textsOf(row.content)], facts),
  }
}

/** What else of a message people remember it by. */
const textsOf = (content: MessageContent | null): string[] =>
  [content?.media?.fileName, content?.contact?.name, content?.contact?.phone].flatMap((text) => text || [])

function toIndexedNote(row: NoteRow): IndexedText {
  const facts = [
    noteFact,
    authorFact('user'),
    personFact(row.amojo_id),
    ...(row.chat_id === null ? [] : [chatFact(row.chat_id)]),
    ...(row.channel_id === null ? [] : [channelFact(row.channel_id)]),
    ...(LINK.test(row.body) ? [linkFact] : []),
    ...blockFacts(dayOf(row.created_at.getTime())),
  ]
  return {
    id: row.id,
    kind: 'note',
    chatId: row.chat_id,
    leadId: row.lead_id,
    contactId: row.contact_id,
    at: row.created_at,
    vector: toVector([row.body], facts),
  }
}
