import type { AccountId, ChatId, ContactId, LeadId, ParticipantId } from '@parley/protocol/model'
import { columns, type Runner, run, statementsOf } from '../../db/statement.ts'
import { digitsOf, toAscii, wordsOf } from './words.ts'

const statement = statementsOf('search')

const selectParticipants = statement(
  'participants',
  `select distinct p.id, p.contact_id from chat c
   join participant p on p.account_id = c.account_id and p.id = c.participant_id
   where c.account_id = $1 and c.id = any ($2::uuid[])`,
)

/** A person's conversations that are kept with his name; further ones are found by their messages. */
const MOST_CHATS = 20

const chatsOf = (participants: string) => `
  array(select c.id from chat c where c.account_id = $1 and c.participant_id in (${participants})
    order by c.id desc limit ${MOST_CHATS})`

const selectClients = statement(
  'clients',
  `select p.id, p.name, p.phone, p.email, p.created_at, ${chatsOf('p.id')} as chat_ids
   from participant p where p.account_id = $1 and p.id = any ($2::uuid[]) and p.contact_id is null`,
)

/** Further ones of the contact `ct`. */
const pointsOf = (kind: 'email' | 'phone') => `
  array(select cp.value from contact_point cp
    where cp.account_id = $1 and cp.contact_id = ct.id and cp.kind = '${kind}' order by cp.position limit ${MOST_CHATS})`

/** What stands in fields of the account's own, as far as it is written in letters; phones are found by their digits. */
const ownValues = (entity: 'contact' | 'lead', table: string, types: string) => `
  array(select left(v.text_value, ${LONGEST_VALUE}) from field_value v
    join custom_field f on f.account_id = v.account_id and f.id = v.field_id and f.hidden_at is null and f.type in (${types})
    where v.account_id = $1 and v.entity = '${entity}' and v.entity_id = ${table}.id and v.text_value is not null
    order by v.field_id limit ${MOST_CHATS})`
const LONGEST_VALUE = 200
const ownTexts = (entity: 'contact' | 'lead', table: string) =>
  ownValues(entity, table, "'text', 'textarea', 'url', 'email'")
const ownPhones = (entity: 'contact' | 'lead', table: string) => ownValues(entity, table, "'phone'")

const selectContacts = statement(
  'contacts',
  `select ct.id, ct.name, ct.phone, ct.email, ct.created_at,
     array(select concat_ws(' ', p.name, p.email) from participant p
       where p.account_id = $1 and p.contact_id = ct.id order by p.id limit ${MOST_CHATS}) as known_as,
     array(select p.phone from participant p
       where p.account_id = $1 and p.contact_id = ct.id and p.phone is not null order by p.id limit ${MOST_CHATS}) as phones,
     ${chatsOf('select p.id from participant p where p.account_id = $1 and p.contact_id = ct.id')} as chat_ids,
     ${pointsOf('email')} as emails, ${pointsOf('phone')} as more_phones, ct.company,
     ${ownTexts('contact', 'ct')} as own_texts, ${ownPhones('contact', 'ct')} as own_phones
   from contact ct where ct.account_id = $1 and ct.id = any ($2::bigint[]) and ct.deleted_at is null`,
)

/** Also of leads that are gone: a contact may go with its only lead. */
const selectContactsOf = statement(
  'contacts_of',
  'select distinct contact_id from lead where account_id = $1 and id = any ($2::bigint[])',
)

const selectLeadsOf = statement(
  'leads_of',
  'select id from lead where account_id = $1 and contact_id = any ($2::bigint[]) and deleted_at is null',
)

const selectLeads = statement(
  'leads',
  `select l.id, l.title, l.created_at, ct.name as contact_name, ct.phone, ct.email, ct.company,
     ${pointsOf('email')} as emails, ${pointsOf('phone')} as more_phones,
     ${ownTexts('lead', 'l')} as own_texts, ${ownPhones('lead', 'l')} as own_phones
   from lead l left join contact ct on ct.account_id = l.account_id and ct.id = l.contact_id and ct.deleted_at is null
   where l.account_id = $1 and l.id = any ($2::bigint[]) and l.deleted_at is null`,
)

/** Answers those that were not known, or not so. */
const writeNames = statement(
  'write_names',
  `insert into search_name as n (account_id, kind, id, words, digits, chat_ids, made_at)
   select $1, w.kind, w.id, w.words, w.digits, string_to_array(w.chat_ids, ',')::uuid[], w.made_at
   from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
     as w (kind, id, words, digits, chat_ids, made_at)
   on conflict (account_id, kind, id) do update
   set words = excluded.words, digits = excluded.digits, chat_ids = excluded.chat_ids
   where (n.words, n.digits, n.chat_ids) is distinct from (excluded.words, excluded.digits, excluded.chat_ids)
   returning n.kind, n.id`,
)

const removeNames = statement(
  'remove_names',
  `delete from search_name where account_id = $1
   and (kind, id) in (select * from unnest($2::text[], $3::text[]))`,
)

export type NameKind = 'contact' | 'client' | 'lead'

interface Named {
  kind: NameKind
  id: string
  /** Names, e-mails, … */
  texts: readonly (string | null)[]
  phones: readonly (string | null)[]
  chatIds: readonly ChatId[]
  madeAt: Date
}

/** Takes people and leads into the index as they are now; those that are gone are taken out. Safe to repeat. */
export async function indexNames(client: Runner, accountId: AccountId, touched: Touched): Promise<void> {
  const { participants, contactIds } = await findPeople(client, accountId, touched)
  const people = await Promise.all([
    readClients(client, accountId, participants),
    readContacts(client, accountId, contactIds),
  ])
  const asked = [...keys('client', participants), ...keys('contact', contactIds)]
  const changed = await replace(client, accountId, asked, people.flat())
  const renamed = changed.filter(({ kind }) => kind === 'contact').map(({ id }) => Number(id))
  const leadsOf = renamed.length === 0 ? [] : await run<{ id: LeadId }>(client, selectLeadsOf, [accountId, renamed])
  const leadIds = distinct([...touched.leadIds, ...leadsOf.map(({ id }) => id)])
  await replace(client, accountId, keys('lead', leadIds), await readLeads(client, accountId, leadIds))
}

interface Touched {
  chatIds: readonly ChatId[]
  contactIds: readonly ContactId[]
  leadIds: readonly LeadId[]
}

/** Everybody whom a touched chat or lead belongs to. */
async function findPeople(client: Runner, accountId: AccountId, { chatIds, contactIds, leadIds }: Touched) {
  const [participants, ofLeads] = await Promise.all([
    chatIds.length === 0
      ? []
      : run<{ id: ParticipantId; contact_id: ContactId | null }>(client, selectParticipants, [accountId, chatIds]),
    leadIds.length === 0 ? [] : run<{ contact_id: ContactId }>(client, selectContactsOf, [accountId, leadIds]),
  ])
  const contacts = [...participants, ...ofLeads].flatMap(({ contact_id }) => contact_id ?? [])
  return { participants: participants.map(({ id }) => id), contactIds: distinct([...contactIds, ...contacts]) }
}

interface Key {
  kind: NameKind
  id: string
}

const keys = (kind: NameKind, ids: readonly (string | number)[]): Key[] => ids.map((id) => ({ kind, id: String(id) }))

/** Writes what there is of what was asked for, and removes the rest. */
async function replace(
  client: Runner,
  accountId: AccountId,
  asked: readonly Key[],
  found: readonly Named[],
): Promise<Key[]> {
  const there = new Set(found.map(({ kind, id }) => `${kind} ${id}`))
  const gone = asked.filter(({ kind, id }) => !there.has(`${kind} ${id}`))
  if (gone.length > 0) {
    const values = columns(
      gone,
      (key) => key.kind,
      (key) => key.id,
    )
    await run(client, removeNames, [accountId, ...values])
  }
  if (found.length === 0) return []
  const values = columns(
    found,
    (one) => one.kind,
    (one) => one.id,
    (one) => toWords(one.texts),
    (one) => toDigits(one.phones),
    (one) => one.chatIds.join(','),
    (one) => one.madeAt,
  )
  return run<Key>(client, writeNames, [accountId, ...values])
}

/** In plain letters, each once, a space before each: so a word can be looked for by how it begins. */
const toWords = (texts: readonly (string | null)[]): string =>
  distinct(
    wordsOf(texts.filter((text) => text !== null).join(' '), MOST_WORDS).map(({ plain }) => ` ${toAscii(plain)}`),
  ).join('')
const MOST_WORDS = 100

const toDigits = (phones: readonly (string | null)[]): string =>
  distinct(phones.map((phone) => digitsOf(phone ?? '')).filter((digits) => digits !== ''))
    .map((digits) => ` ${digits}`)
    .join('')

interface PersonRow {
  id: ParticipantId | ContactId
  name: string
  phone: string | null
  email: string | null
  created_at: Date
  chat_ids: ChatId[]
}

/** What people wrote down of a contact, and in fields of their own. */
interface Kept {
  company: string | null
  emails: string[]
  more_phones: string[]
  own_texts: string[]
  own_phones: string[]
}

async function readClients(client: Runner, accountId: AccountId, ids: readonly ParticipantId[]): Promise<Named[]> {
  if (ids.length === 0) return []
  const rows = await run<PersonRow>(client, selectClients, [accountId, ids])
  return rows.map((row) => ({
    kind: 'client',
    id: String(row.id),
    texts: [row.name, row.email],
    phones: [row.phone],
    chatIds: row.chat_ids,
    madeAt: row.created_at,
  }))
}

async function readContacts(client: Runner, accountId: AccountId, ids: readonly ContactId[]): Promise<Named[]> {
  if (ids.length === 0) return []
  type Row = PersonRow & Kept & { known_as: string[]; phones: string[] }
  const rows = await run<Row>(client, selectContacts, [accountId, ids])
  return rows.map((row) => ({
    kind: 'contact',
    id: String(row.id),
    texts: [row.name, row.company, row.email, ...row.emails, ...row.known_as, ...row.own_texts],
    phones: [row.phone, ...row.more_phones, ...row.phones, ...row.own_phones],
    chatIds: row.chat_ids,
    madeAt: row.created_at,
  }))
}

async function readLeads(client: Runner, accountId: AccountId, ids: readonly LeadId[]): Promise<Named[]> {
  if (ids.length === 0) return []
  type Row = Kept & { id: LeadId; title: string; created_at: Date; contact_name: string | null } & Pick<
      PersonRow,
      'phone' | 'email'
    >
  const rows = await run<Row>(client, selectLeads, [accountId, ids])
  return rows.map((row) => ({
    kind: 'lead',
    id: String(row.id),
    texts: [row.title, row.contact_name, row.company, row.email, ...row.emails, ...row.own_texts],
    phones: [String(row.id), row.phone, ...row.more_phones, ...row.own_phones],
    chatIds: [],
    madeAt: row.created_at,
  }))
}

function distinct<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)]
}
