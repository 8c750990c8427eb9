import { type Database, sql } from '@parley/server/internals'
import type { Sample } from './sample.ts'

/** Words that people use every day, and how syllables of their language go: from these the rest of a vocabulary is made. */
const LANGUAGES = [
  {
    common:
      'и в не на я что с как это у вы мне доставка заказ цена когда будет спасибо здравствуйте можно адрес телефон оплата размер сегодня завтра нет да хорошо сколько велосипед магазин',
    syllables: 'ка ро ми тел ва но сти пре до ли гор ба зу шк ный ного ами',
  },
  {
    common:
      'the to a and is it i you for on of this that we delivery order price when thanks hello how much address phone payment size today tomorrow yes no good bicycle shop invoice',
    syllables: 'ka ro mi tel va no sti pre do li gor ba zu ing ed er able',
  },
  {
    common:
      'de la el que en y a los me por con no una envío pedido precio cuándo gracias hola cuánto dirección teléfono pago talla hoy mañana sí bueno bicicleta tienda factura información',
    syllables: 'ca ro mí tel va ño sti pre do lli gor ba zu ción ando idad',
  },
  {
    common:
      'de a o que e em um para com não uma entrega pedido preço quando obrigado olá quanto endereço telefone pagamento tamanho hoje amanhã sim bom bicicleta loja fatura informações você',
    syllables: 'ca rão mi tel va nho sti pre do lhe gor ba zu ção ando idade',
  },
] as const
const RARE_WORDS = 20_000

const FIRST_NAMES =
  'Анна Мария Иван Ольга Дмитрий Елена Сергей Наталья Alexander Emma Olivia James Sofia Lucas Mateo Valentina José Carmen Ana João Beatriz Rafael Inês Pedro Nora Erik Ingrid Lars Chloé Hugo'.split(
    ' ',
  )

/** The same numbers every time. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32
    return state / 2 ** 32
  }
}

export interface Vocabulary {
  common: string[]
  rare: string[]
}

export function makeVocabularies(): Vocabulary[] {
  const random = randomFrom(7)
  return LANGUAGES.map(({ common, syllables }) => {
    const parts = syllables.split(' ')
    const word = () =>
      Array.from({ length: 2 + Math.floor(random() * 3) }, () => parts[Math.floor(random() * parts.length)]).join('')
    return { common: common.split(' '), rare: Array.from({ length: RARE_WORDS }, word) }
  })
}

export interface SearchGround {
  accountId: number
  messages: number
  people: number
  vocabularies: Vocabulary[]
  /** Last names, each of a handful of people. */
  lastNames: string[]
  chatIds: string[]
}

const PORTION = 5_000
const MESSAGES_PER_CHAT = 50
/** Every so-manyth conversation has something unread. */
const UNREAD_ONE_OF = 20
/** Of what the messages are spread over, back from today. */
const DAYS = 730

/**
 * An account as years of use in four languages leave it: people, leads and messages, with their events. The followers of other
 * things find theirs taken, so that only the index of search is left to be made.
 */
export async function seedSearch({ db }: Database, sample: Sample, messages: number): Promise<SearchGround> {
  const accountId = sample.accounts[0]?.id ?? 0
  const vocabularies = makeVocabularies()
  const lastNames = vocabularies.flatMap(({ rare }) => rare.slice(0, 500))
  const people = messages / MESSAGES_PER_CHAT
  const { rows } = await sql<{ id: string }>`
    with person as (
      insert into contact (account_id, name, phone)
      select ${accountId}::int, (${sql.val(FIRST_NAMES)}::text[])[1 + n % ${sql.lit(FIRST_NAMES.length)}] || ' ' ||
        initcap((${sql.val(lastNames)}::text[])[1 + n % ${sql.lit(lastNames.length)}]), '+346' || lpad((n::bigint * 7919 % 100000000)::text, 8, '0')
      from generate_series(1, ${people}::int) n
      returning account_id, id, name, phone),
    client as (
      insert into participant (account_id, id, channel_id, client_id, name, phone, contact_id)
      select account_id, uuidv7(), ${sample.channel.id}::uuid, 'found-' || id, name, phone, id from person
      returning account_id, id, channel_id, client_id, contact_id, name),
    room as (
      insert into chat (account_id, id, channel_id, client_id, participant_id)
      select account_id, uuidv7(), channel_id, client_id, id from client
      returning account_id, id, participant_id),
    deal as (
      insert into lead (account_id, title, pipeline_id, stage_id, is_incoming, contact_id, chat_id)
      select r.account_id, c.name, s.pipeline_id, s.id, false, c.contact_id, r.id
      from room r join client c on c.id = r.participant_id,
        lateral (select pipeline_id, id from stage where account_id = ${accountId} and kind = 'open' limit 1) s
      returning account_id, id, contact_id, chat_id),
    state as (
      insert into chat_state (account_id, chat_id, contact_id, lead_id, activity_at, activity_minute, unread)
      select account_id, chat_id, contact_id, id, now(), floor(extract(epoch from now()) / 60),
        case when contact_id % ${sql.lit(UNREAD_ONE_OF)} = 0 then 1 else 0 end
      from deal)
    select id from room`.execute(db)
  const chatIds = rows.map(({ id }) => id)
  const random = randomFrom(11)
  const say = () => sayIn(vocabularies[Math.floor(random() * vocabularies.length)] as Vocabulary, random)
  for (let from = 0; from < messages; from += PORTION) {
    const texts = Array.from({ length: Math.min(PORTION, messages - from) }, say)
    await seedMessages(db, { accountId, chatIds, from, texts, messages })
  }
  await sql`vacuum analyze message, contact, lead, chat, chat_state, participant`.execute(db)
  return { accountId, messages, people, vocabularies, lastNames, chatIds }
}

interface Portion {
  accountId: number
  chatIds: readonly string[]
  /** Numbers of the messages, from 0. */
  from: number
  texts: readonly string[]
  messages: number
}

async function seedMessages(db: Database['db'], { accountId, chatIds, from, texts, messages }: Portion): Promise<void> {
  const chatOf = texts.map((_, index) => chatIds[((from + index) * 7919) % chatIds.length])
  const stepSeconds = (DAYS * 86_400) / messages
  await sql`with made as (
      insert into message (account_id, id, chat_id, direction, author_kind, author_id, kind, body, sent_at, received_at, status)
      select ${accountId}::int, uuidv7(), c.id, 'in', 'client', c.participant_id, 'text', said.body, at, at, 'received'
      from unnest(${sql.val(chatOf)}::uuid[], ${sql.val(texts)}::text[]) with ordinality as said (chat_id, body, nth)
      join chat c on c.account_id = ${accountId} and c.id = said.chat_id,
      lateral (select now() - make_interval(secs => (${messages - from}::int - said.nth) * ${stepSeconds}::float8) as at) t
      order by said.nth
      returning account_id, id, chat_id),
    numbered as (
      update account_seq set last_seq = last_seq + ${texts.length} where account_id = ${accountId} returning last_seq),
    taken as (
      update event_cursor set seq = numbered.last_seq from numbered
      where account_id = ${accountId} and follower <> 'search')
    insert into event (account_id, seq, type, chat_id, message_id)
    select made.account_id, numbered.last_seq - ${texts.length} + row_number() over (), 'message.received', made.chat_id, made.id
    from made, numbered`.execute(db)
}

/** Two to forty words, mostly few; half of them everyday ones, the others the rarer the further down they stand. */
function sayIn({ common, rare }: Vocabulary, random: () => number): string {
  const words = Array.from({ length: 2 + Math.floor(random() ** 2 * 38) }, () => {
    const luck = random()
    if (luck < 0.55) return common[Math.floor(random() ** 1.5 * common.length)]
    if (luck < 0.97) return rare[Math.floor(random() ** 2.5 * rare.length)]
    return String(100_000 + Math.floor(random() * 900_000))
  })
  return words.join(' ')
}
