import type {
  AccountId,
  Chat,
  ContactId,
  LeadHit,
  LeadId,
  Message,
  MessageHit,
  MessageId,
  Note,
  NoteId,
  PersonHit,
} from '@parley/protocol/model'
import { type Runner, run, statementsOf } from '../../db/statement.ts'
import { findChats } from '../chats/chat-queries.ts'
import { findLeads } from '../leads/lead-queries.ts'
import { findMessages } from '../messages/message-queries.ts'
import { findNotes } from '../notes/note-queries.ts'
import { cutSnippet, findMarks, findNameMarks, markDigits, type Snippet, type Stems } from './marks.ts'
import type { Term } from './parse-query.ts'
import type { NameHit } from './search-names.ts'
import type { TextHit } from './search-texts.ts'
import { findStems } from './stems.ts'
import { wordsOf } from './words.ts'

/** What was looked for. */
export interface Asked {
  terms: readonly Term[]
  stems: Stems
}

interface HitDeps {
  hotPool: Runner
  searchPool: Runner
}

interface ContactRow {
  id: ContactId
  name: string
  phone: string | null
  email: string | null
  company: string | null
  more_phones: string[]
  more_emails: string[]
}

/** More than an index keeps of one contact are looked at for nothing. */
const MOST_POINTS = 20

function pointsOf(kind: 'phone' | 'email'): string {
  return `array(select p.value from contact_point p where p.account_id = c.account_id and p.contact_id = c.id
    and p.kind = '${kind}' order by p.position limit ${MOST_POINTS})`
}

const selectContacts = statementsOf('search')(
  'hit_contacts',
  `select c.id, c.name, c.phone, c.email, c.company, ${pointsOf('phone')} as more_phones, ${pointsOf('email')} as more_emails
   from contact c where c.account_id = $1 and c.id = any ($2::bigint[]) and c.deleted_at is null`,
)

/** In the order given, without those that have just gone. */
export async function presentPeople(
  { hotPool }: HitDeps,
  accountId: AccountId,
  hits: readonly NameHit[],
  { terms }: Asked,
): Promise<PersonHit[]> {
  const ids = hits.filter(({ kind }) => kind === 'contact').map(({ id }) => Number(id) as ContactId)
  const [contacts, chats] = await Promise.all([
    ids.length === 0 ? [] : run<ContactRow>(hotPool, selectContacts, [accountId, ids]),
    findChats(
      hotPool,
      accountId,
      hits.flatMap(({ chatIds }) => chatIds[0] ?? []),
    ),
  ])
  const contactOf = byId(contacts)
  const chatOf = byId(chats)
  return hits.flatMap((hit) => {
    const client = chatOf.get(hit.chatIds[0] as Chat['id'])?.client
    const contact = hit.kind === 'contact' ? contactOf.get(Number(hit.id) as ContactId) : undefined
    const person = hit.kind === 'contact' ? contact : client
    if (!person) return []
    const company = contact?.company ?? null
    // Of several the one that was looked for.
    const phones = [person.phone ?? client?.phone ?? [], contact?.more_phones ?? []].flat()
    const phone = phones.find((one) => markDigits(one, terms).length > 0) ?? phones[0] ?? null
    const emails = [person.email ?? client?.email ?? [], contact?.more_emails ?? []].flat()
    const email = emails.find((one) => findNameMarks(one, terms).length > 0) ?? emails[0] ?? null
    return {
      contactId: contact?.id ?? null,
      chatId: hit.chatIds[0] ?? null,
      name: person.name,
      nameMarks: findNameMarks(person.name, terms),
      company,
      companyMarks: company === null ? [] : findNameMarks(company, terms),
      phone,
      phoneMarks: phone === null ? [] : markDigits(phone, terms),
      email,
      emailMarks: email === null ? [] : findNameMarks(email, terms),
      avatarUrl: client?.avatarUrl ?? null,
    }
  })
}

export async function presentLeads(
  { hotPool }: HitDeps,
  accountId: AccountId,
  hits: readonly NameHit[],
  { terms }: Asked,
): Promise<LeadHit[]> {
  const leads = byId(
    await findLeads(
      hotPool,
      accountId,
      hits.map(({ id }) => Number(id) as LeadId),
    ),
  )
  return hits.flatMap(({ id }) => {
    const lead = leads.get(Number(id) as LeadId)
    if (!lead) return []
    return {
      lead,
      titleMarks: findNameMarks(lead.title, terms),
      contactMarks: findNameMarks(lead.contact?.name ?? '', terms),
    }
  })
}

export async function presentTexts(
  deps: HitDeps,
  accountId: AccountId,
  hits: readonly TextHit[],
  { terms, stems }: Asked,
): Promise<MessageHit[]> {
  const { hotPool, searchPool } = deps
  const idsOf = (kind: TextHit['kind']) => hits.filter((hit) => hit.kind === kind).map(({ id }) => id)
  const chatIds = [...new Set(hits.flatMap(({ chatId }) => chatId ?? []))]
  const [messages, notes, chats] = await Promise.all([
    findMessages(hotPool, accountId, idsOf('message') as MessageId[]),
    findNotes(hotPool, accountId, idsOf('note') as NoteId[]),
    findChats(hotPool, accountId, chatIds),
  ])
  const [messageOf, noteOf, chatOf] = [byId(messages), byId(notes), byId(chats)]
  const found = hits.flatMap((hit) => {
    const said = hit.kind === 'message' ? messageOf.get(hit.id as MessageId) : noteOf.get(hit.id as NoteId)
    const chat = hit.chatId === null ? undefined : chatOf.get(hit.chatId)
    const isGone = !said || ('isDeleted' in said && said.isDeleted) || (hit.chatId !== null && !chat)
    return isGone ? [] : { hit, said, chat }
  })
  const words = found.flatMap(({ said }) => textsOf(said).flatMap((text) => wordsOf(text, MOST_STEMMED)))
  const known = terms.length === 0 ? stems : new Map([...(await findStems(searchPool, words)), ...stems])
  return found.flatMap(({ hit, said, chat }) => {
    const snippet = snippetOf(textsOf(said), terms, known)
    return isOld(snippet, said, terms) ? [] : toHit(hit, said, chat, snippet)
  })
}

/** It was edited just now, and does not say it any more; the index is a moment behind. */
const isOld = ({ marks }: Snippet, said: Message | Note, terms: readonly Term[]): boolean =>
  marks.length === 0 && terms.some(({ isNot }) => !isNot) && textsOf(said).join(' ').length < SURELY_MARKED

/** Of texts up to this long every word is looked at to be marked. */
const SURELY_MARKED = 800

function toHit(hit: TextHit, said: Message | Note, chat: Chat | undefined, snippet: Snippet): MessageHit {
  return {
    kind: hit.kind,
    id: said.id,
    chatId: hit.chatId,
    leadId: hit.leadId ?? chat?.lead?.id ?? null,
    contactId: hit.contactId,
    author: { kind: 'kind' in said ? said.author.kind : 'user', name: said.author.name },
    client: chat ? { name: chat.client.name, avatarUrl: chat.client.avatarUrl } : null,
    channel: chat ? { id: chat.channel.id, code: chat.channel.code, title: chat.channel.title } : null,
    messageKind: 'kind' in said ? said.kind : 'text',
    ...snippet,
    at: hit.at,
  }
}

/** Words of one text that are compared by their stems. */
const MOST_STEMMED = 400

/** What a message or a note says: its text, its file's name, a contact sent in it. */
function textsOf(said: Message | Note): string[] {
  const texts =
    'media' in said || 'contact' in said ? [said.media?.fileName, said.contact?.name, said.contact?.phone] : []
  return [said.text, ...texts].flatMap((text) => text || [])
}

/** Of the first that holds what was looked for; else the beginning. */
function snippetOf(texts: readonly string[], terms: readonly Term[], stems: Stems): Snippet {
  for (const text of texts) {
    const marks = findMarks(text, terms, stems)
    if (marks.length > 0) return cutSnippet(text, marks)
  }
  return cutSnippet(texts[0] ?? '', [])
}

function byId<Item extends { id: unknown }>(items: readonly Item[]): Map<Item['id'], Item> {
  return new Map(items.map((item) => [item.id, item]))
}
