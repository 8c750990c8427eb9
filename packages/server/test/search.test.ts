import { randomUUID } from 'node:crypto'
import {
  type ChatId,
  type ContactRow,
  type CustomField,
  type Lead,
  type LeadId,
  MANAGER_RIGHTS,
  type MessageHit,
  type Rights,
  type SearchAnswer,
  type SearchHits,
  type SearchSuggestion,
} from '@parley/protocol/model'
import { getFollowedSeq, sql } from '@parley/server/internals'
import {
  type AppClient,
  aNewMessage,
  startTestWorld,
  type TestAccount,
  type TestChannel,
  type TestWorld,
  waitUntil,
} from '@parley/testkit'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let world: TestWorld

beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())

/** The index gives way to whatever else a busy machine does. */
const INDEXED_WITHIN_MS = 25_000

/** Everything that has happened so far can be found. */
async function indexed({ id }: TestAccount): Promise<void> {
  const { rows } = await sql<{ last_seq: number }>`
    select last_seq from account_seq where account_id = ${id}`.execute(world.deps.db)
  const last = rows[0]?.last_seq ?? 0
  const isIndexed = async () => (await getFollowedSeq(world.deps.hotPool, id, 'search')) >= last
  await waitUntil('the index', isIndexed, INDEXED_WITHIN_MS)
}

const ask = (client: AppClient, q: string, more = '') =>
  client.get<SearchAnswer>(`/search?q=${encodeURIComponent(q)}${more}`)

const textsOf = ({ messages }: SearchAnswer) => messages?.items.map(({ text }) => text)
const namesOf = ({ people }: SearchAnswer) => people?.items.map(({ name }) => name)
const titlesOf = ({ leads }: SearchAnswer) => leads?.items.map(({ lead }) => lead.title)

/** The parts of a hit's text that are marked. */
const markedIn = ({ text, marks }: MessageHit) => marks.map(({ offset, length }) => text.slice(offset, offset + length))

async function say(channel: TestChannel, ...texts: string[]): Promise<ChatId> {
  const chat = randomUUID()
  let id = ''
  for (const text of texts)
    id = (await channel.send(aNewMessage({ text, conversation_id: chat, at: world.now() }))).conversation_id
  return id as ChatId
}

describe('messages', () => {
  let channel: TestChannel
  let admin: AppClient

  beforeAll(async () => {
    channel = await world.aChannel()
    admin = await channel.account.asAdmin()
    await say(channel, 'Когда будет доставка заказа?', 'Нет ещё никаких документов', 'Мой ёжик')
    await say(channel, 'Are the bicycles delivered on Saturday?', 'How much, how soon?')
    await say(channel, '¿Cuánto cuestan las bicicletas azules? Necesito información.')
    await say(channel, 'Você tem mais informações sobre a entrega? Não recebi a notificação.')
    await say(channel, 'Позвоните мне: 8 (912) 345-67-89, спасибо', 'mi teléfono es +34 612 345 678')
    await indexed(channel.account)
  })

  test.each([
    // Russian
    ['доставки', 'Когда будет доставка заказа?', ['доставка']],
    ['заказ', 'Когда будет доставка заказа?', ['заказа']],
    ['ДОКУМЕНТ', 'Нет ещё никаких документов', ['документов']],
    ['еще документы', 'Нет ещё никаких документов', ['ещё', 'документов']],
    ['ежик', 'Мой ёжик', ['ёжик']],
    // English
    ['bicycle delivering', 'Are the bicycles delivered on Saturday?', ['bicycles', 'delivered']],
    ['deliver', 'Are the bicycles delivered on Saturday?', ['delivered']],
    // Spanish
    ['bicicleta azul', '¿Cuánto cuestan las bicicletas azules? Necesito información.', ['bicicletas', 'azules']],
    ['informacion cuanto', '¿Cuánto cuestan las bicicletas azules? Necesito información.', ['Cuánto', 'información']],
    // Portuguese
    [
      'mais informação',
      'Você tem mais informações sobre a entrega? Não recebi a notificação.',
      ['mais', 'informações'],
    ],
    ['entregas', 'Você tem mais informações sobre a entrega? Não recebi a notificação.', ['entrega']],
    ['nao notificacao', 'Você tem mais informações sobre a entrega? Não recebi a notificação.', ['Não', 'notificação']],
    // The beginning of the last word
    ['mais notific', 'Você tem mais informações sobre a entrega? Não recebi a notificação.', ['mais', 'notificação']],
    // Word by word
    ['"how much"', 'How much, how soon?', ['How much']],
    // Numbers in any spelling
    ['+7 912 345 67 89', 'Позвоните мне: 8 (912) 345-67-89, спасибо', ['8 (912) 345-67-89']],
    ['89123456789', 'Позвоните мне: 8 (912) 345-67-89, спасибо', ['8 (912) 345-67-89']],
    ['0034612345678', 'mi teléfono es +34 612 345 678', ['+34 612 345 678']],
    ['612 34 56 78', 'mi teléfono es +34 612 345 678', ['+34 612 345 678']],
  ])('%s is found in "%s"', async (q, text, marks) => {
    const { messages } = await ask(admin, q)
    expect(messages?.items.map((hit) => hit.text)).toEqual([text])
    expect(markedIn(messages!.items[0]!)).toEqual(marks)
    expect(messages?.total).toEqual({ count: 1, isMore: false })
  })

  test.each([
    '"soon how"',
    'bicycle -saturday',
    'бицикл',
    'delivered entrega',
    '+34 612 345 679',
    '',
    '-saturday',
    '"',
  ])('nothing is found for %j', async (q) => {
    expect((await ask(admin, q)).messages?.items).toEqual([])
  })

  test('a hit says whose conversation it is in, and when', async () => {
    const { messages } = await ask(admin, 'ёжик')
    const chat = await admin.getChat(messages!.items[0]!.chatId!)
    expect(messages!.items[0]).toMatchObject({
      kind: 'message',
      client: { name: chat.chat.client.name },
      channel: { title: chat.chat.channel.title },
      leadId: chat.lead!.id,
      author: { kind: 'client' },
      at: chat.chat.lastMessage!.sentAt,
    })
  })

  test('an edit replaces what is found', async () => {
    const account = await world.anAccount()
    const own = await world.aChannel({ account })
    const first = aNewMessage({ text: 'a crimson boat' })
    const ids = await own.send(first)
    await indexed(account)
    const client = await account.asAdmin()
    expect(textsOf(await ask(client, 'crimson'))).toEqual(['a crimson boat'])
    await editText(own, ids.msgid, 'a purple boat')
    await indexed(account)
    expect(textsOf(await ask(client, 'crimson'))).toEqual([])
    expect(textsOf(await ask(client, 'purple'))).toEqual(['a purple boat'])
  })

  test('another account finds nothing of it', async () => {
    const stranger = await (await world.anAccount()).asAdmin()
    const answer = await ask(stranger, 'доставка')
    expect([answer.people?.items, answer.leads?.items, answer.messages?.items]).toEqual([[], [], []])
  })
})

describe('operators', () => {
  let channel: TestChannel
  let other: TestChannel
  let admin: AppClient
  let mine: ChatId
  let theirs: ChatId

  beforeAll(async () => {
    const account = await world.anAccount()
    channel = await world.aChannel({ account, title: 'Harbor Chat' })
    other = await world.aChannel({ account, title: 'Pier Talk' })
    admin = await account.asAdmin()
    mine = await say(channel, 'first word www.example.com')
    await world.clock.jump(3 * DAY_MS)
    theirs = await say(other, 'second word')
    await admin.sendText(mine, 'third word')
    await world.clock.advance(1000)
    await admin.post(`/chats/${mine}/notes`, { id: randomUUID(), text: 'fourth word' })
    const { lead } = await admin.getChat(theirs)
    await admin.acceptLead(lead!.id)
    await tag(account, lead!.id, 'Big deal')
    await admin.readChat(theirs)
    const picture = { type: 'picture', media: 'https://example.com/x.png', file_name: 'word.png', file_size: 10 }
    await other.send(aNewMessage({ conversation_id: 'pictures', at: world.now(), message: picture }))
    await indexed(account)
  })

  const day = (back: number) => new Date(world.now().getTime() - back * DAY_MS).toISOString().slice(0, 10)

  test.each([
    ['word', ['word.png', 'fourth word', 'third word', 'second word', 'first word www.example.com']],
    ['word from:me', ['fourth word', 'third word']],
    ['word from:client', ['word.png', 'second word', 'first word www.example.com']],
    ['word from:"Nora Lind" channel:harbor', ['first word www.example.com']],
    ['word channel:"Pier Talk"', ['word.png', 'second word']],
    ['word -channel:pier', ['fourth word', 'third word', 'first word www.example.com']],
    ['word in:note', ['fourth word']],
    ['word in:message from:me', ['third word']],
    ['word has:picture', ['word.png']],
    ['has:image', ['word.png']],
    ['word has:link', ['first word www.example.com']],
    ['word -has:picture -in:note from:client', ['second word', 'first word www.example.com']],
    ['word tag:"big deal"', ['second word']],
    ['word is:unread from:client', ['word.png', 'first word www.example.com']],
    ['word is:mine', ['second word']],
    ['word is:incoming from:client channel:harbor', ['first word www.example.com']],
    ['word -is:incoming', ['second word']],
    ['word before:DAY2', ['first word www.example.com']],
    ['word after:DAY1 channel:harbor', ['fourth word', 'third word']],
    ['word after:today in:note', ['fourth word']],
  ])('%s', async (q, texts) => {
    const dated = q.replace(/DAY(\d)/, (_, back) => day(Number(back)))
    const answer = await ask(admin, dated, '&in=messages')
    expect(answer.problems).toEqual([])
    expect(textsOf(answer)?.sort()).toEqual(texts.sort())
  })

  test('a stage is found by its name, and only leads and messages have one', async () => {
    const [pipeline] = (await admin.listPipelines()).items
    const stage = pipeline!.stages.find(({ kind }) => kind === 'open')!
    const answer = await ask(admin, `word stage:"${stage.name}"`)
    expect(textsOf(answer)).toEqual(['second word'])
    expect(answer.people?.items).toEqual([])
    expect(titlesOf(await ask(admin, `nora stage:"${stage.name}"`))).toHaveLength(1)
  })

  test('what there is none of is said, and finds nothing', async () => {
    const answer = await ask(admin, 'word channel:nowhere stage:nothing before:soon')
    expect(answer.problems.map(({ operator, value }) => [operator, value])).toEqual([
      ['channel', 'nowhere'],
      ['stage', 'nothing'],
      ['before', 'soon'],
    ])
    expect(answer.messages?.items).toEqual([])
  })

  test.each([
    ['word fr', ['from:']],
    ['word -', ['from:', 'channel:', 'stage:', 'tag:', 'in:', 'has:', 'is:', 'before:', 'after:']],
    ['channel:pi', ['Pier Talk']],
    ['is:un', ['unread', 'unassigned']],
    ['tag:"big', ['Big deal']],
    ['wor', []],
  ])('%j can go on', async (q, labels) => {
    const { items } = await admin.get<{ items: SearchSuggestion[] }>(`/search/suggest?q=${encodeURIComponent(q)}`)
    expect(items.map(({ label }) => label)).toEqual(labels)
    for (const { query, kind } of items) if (kind === 'value') expect((await ask(admin, query)).problems).toEqual([])
  })

  test('within one conversation nothing of another is found', async () => {
    const hits = await admin.get<SearchHits<MessageHit>>(`/chats/${mine}/search?q=word`)
    expect(hits.items.map(({ text }) => text)).toEqual(['fourth word', 'third word', 'first word www.example.com'])
    const first = await admin.get<SearchHits<MessageHit>>(`/chats/${mine}/search?q=word&limit=2`)
    const second = await admin.get<SearchHits<MessageHit>>(`/chats/${mine}/search?q=word&limit=2&after=${first.next}`)
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(hits.items.map(({ id }) => id))
    expect(second.next).toBeNull()
  })
})

const DAY_MS = 86_400_000

async function tag({ id }: TestAccount, leadId: LeadId, name: string): Promise<void> {
  await sql`with made as (insert into tag (account_id, name) values (${id}, ${name}) returning id)
    insert into lead_tag (account_id, lead_id, tag_id) select ${id}, ${leadId}, id from made`.execute(world.deps.db)
}

describe('people and leads', () => {
  let account: TestAccount
  let admin: AppClient
  const people = [
    ['Анна Каренина', '+7 912 345-67-89', 'anna@station.example'],
    ['José Álvarez', '+34 612 345 678', 'jose@harbor.example'],
    ['Joseph Conrad', '+44 7911 123456', 'conrad@sea.example'],
    ['Ann Joseph', null, null],
  ] as const

  beforeAll(async () => {
    account = await world.anAccount()
    const channel = await world.aChannel({ account })
    admin = await account.asAdmin()
    for (const [name, phone, email] of people) {
      await world.clock.advance(1000)
      await channel.send(
        aNewMessage({ text: 'hi', sender: { id: randomUUID(), name, profile: { phone, email } }, at: world.now() }),
      )
    }
    await indexed(account)
  })

  test.each([
    ['анна', ['Анна Каренина']],
    ['каренина анна', ['Анна Каренина']],
    // However it is spelled.
    ['Karenina', ['Анна Каренина']],
    ['конрад', ['Joseph Conrad']],
    ['jose alvarez', ['José Álvarez']],
    // Who is called so first, then who also is.
    ['jose', ['Joseph Conrad', 'José Álvarez', 'Ann Joseph']],
    ['conrad@sea', ['Joseph Conrad']],
    ['8 (912) 345 67 89', ['Анна Каренина']],
    ['612345', ['José Álvarez']],
    ['07911 123456', ['Joseph Conrad']],
    // Nobody is called so; nearly.
    ['Karrenina', ['Анна Каренина']],
    ['Каренена', ['Анна Каренина']],
    ['Alvares', ['José Álvarez']],
    ['nobody', []],
    ['-anna', []],
  ])('%s', async (q, names) => {
    const answer = await ask(admin, q)
    expect(namesOf(answer)).toEqual(names)
    expect(titlesOf(answer)).toHaveLength(names.length)
  })

  test('what was found is marked', async () => {
    const { people: found } = await ask(admin, '345678')
    expect(found?.items[0]).toMatchObject({ name: 'José Álvarez', phoneMarks: [{ offset: 8, length: 7 }] })
    const { leads } = await ask(admin, 'alvarez')
    expect(leads?.items[0]?.contactMarks).toEqual([{ offset: 5, length: 7 }])
  })

  test('a lead is found by its number and by its title, and follows both', async () => {
    const { leads } = await ask(admin, 'каренина')
    const lead = leads!.items[0]!.lead
    expect((await ask(admin, String(lead.id))).leads?.items.map((hit) => hit.lead.id)).toContain(lead.id)
    await admin.request('PATCH', `/leads/${lead.id}`, { title: 'Сто велосипедов' })
    await indexed(account)
    expect(titlesOf(await ask(admin, 'велосипедов'))).toEqual(['Сто велосипедов'])
  })

  test('pages follow each other', async () => {
    const all = await ask(admin, 'jose')
    const seen: string[] = []
    for (let after: string | null = ''; after !== null; ) {
      const more = `&in=people&limit=1${after && `&after=${after}`}`
      const { people: page } = await ask(admin, 'jose', more)
      seen.push(...page!.items.map(({ name }) => name))
      after = page!.next
    }
    expect(seen).toEqual(namesOf(all))
    expect((await admin.request('GET', '/search?q=jose&after=x')).status).toBe(400)
    expect((await admin.request('GET', '/search?q=jose&in=people&after=x')).status).toBe(400)
  })
})

describe('what somebody may not see', () => {
  const ownOnly: Rights = {
    ...MANAGER_RIGHTS,
    incoming: false,
    leads: { view: 'own', edit: 'own', delete: 'none', export: 'none' },
    contacts: { view: 'own', edit: 'own', delete: 'none', export: 'none' },
  }

  test('is neither found nor counted; what is his own is', async () => {
    const channel = await world.aChannel()
    const { account } = channel
    const admin = await account.asAdmin()
    const chats = [await say(channel, 'a secret word'), await say(channel, 'another secret word')]
    const leads = await Promise.all(chats.map(async (id) => (await admin.getChat(id)).lead!.id))
    for (const id of leads) await admin.acceptLead(id)
    await admin.post(`/chats/${chats[0]}/notes`, { id: randomUUID(), text: 'secret note' })
    const user = await account.aUser()
    const { rows } = await sql<{ id: number }>`
      insert into role (account_id, name, rights) values (${account.id}, 'Own', ${JSON.stringify(ownOnly)}) returning id
    `.execute(world.deps.db)
    await sql`update account_user set role_id = ${rows[0]!.id} where account_id = ${account.id} and id = ${user.id}`.execute(
      world.deps.db,
    )
    await sql`update lead set responsible_user_id = ${user.id}
      where account_id = ${account.id} and id = ${leads[1]!}`.execute(world.deps.db)
    // Somebody else's contact; those that are nobody's may be seen by who sees any.
    await sql`update contact set responsible_user_id = ${account.admin.id}
      where account_id = ${account.id} and id in
        (select contact_id from lead where account_id = ${account.id} and id = ${leads[0]!})`.execute(world.deps.db)
    await indexed(account)
    const client = await user.logIn()
    const secret = await ask(client, 'secret')
    expect(textsOf(secret)).toEqual(['another secret word'])
    expect(secret.messages?.total).toEqual({ count: 1, isMore: false })
    const nora = await ask(client, 'nora')
    expect(nora.leads?.items.map(({ lead }) => lead.id)).toEqual([leads[1]])
    expect(nora.people?.items.map(({ chatId }) => chatId)).toEqual([chats[1]])
    expect((await ask(admin, 'secret')).messages?.total.count).toBe(3)
    expect((await client.request('GET', `/chats/${chats[0]}/search?q=secret`)).status).toBe(404)
  })
})

describe('what is gone', () => {
  test('a declined lead and its contact are found no more; the conversation still is, and its client', async () => {
    const channel = await world.aChannel()
    const admin = await channel.account.asAdmin()
    const chatId = await say(channel, 'a lost cause')
    const { lead } = await admin.getChat(chatId)
    await indexed(channel.account)
    expect(titlesOf(await ask(admin, 'nora'))).toHaveLength(1)
    await admin.declineLead(lead!.id)
    // At once, before the index has followed; and after.
    for (const wait of [async () => undefined, () => indexed(channel.account)]) {
      await wait()
      const answer = await ask(admin, 'nora')
      expect(titlesOf(answer)).toEqual([])
      expect(answer.people?.items.filter(({ contactId }) => contactId !== null)).toEqual([])
    }
    const after = await ask(admin, 'nora')
    expect(after.people?.items).toMatchObject([{ contactId: null, chatId, name: 'Nora Lind' }])
    expect(textsOf(await ask(admin, 'lost'))).toEqual(['a lost cause'])
  })

  test('a deleted note is found no more', async () => {
    const channel = await world.aChannel()
    const admin = await channel.account.asAdmin()
    const chatId = await say(channel, 'hello')
    const id = randomUUID()
    await admin.post(`/chats/${chatId}/notes`, { id, text: 'call the lighthouse' })
    await indexed(channel.account)
    expect(textsOf(await ask(admin, 'lighthouse in:note'))).toEqual(['call the lighthouse'])
    await admin.delete(`/notes/${id}`)
    await indexed(channel.account)
    expect(textsOf(await ask(admin, 'lighthouse'))).toEqual([])
    const { rows } = await sql`select id from search_text where id = ${id}`.execute(world.deps.db)
    expect(rows).toEqual([])
  })

  test('imported history is found, and who is known from it only', async () => {
    const channel = await world.aChannel()
    const admin = await channel.account.asAdmin()
    const at = new Date('2019-05-01T10:00:00Z')
    await channel.send(aNewMessage({ text: 'an old letter', silent: true, at }))
    await indexed(channel.account)
    const { messages } = await ask(admin, 'letter')
    expect(messages?.items).toMatchObject([{ text: 'an old letter', at: at.getTime(), leadId: null }])
    expect((await ask(admin, 'nora')).people?.items).toMatchObject([{ contactId: null }])
    expect(textsOf(await ask(admin, 'letter before:2019-05-01'))).toEqual([])
    expect(textsOf(await ask(admin, 'letter before:2020'))).toEqual(['an old letter'])
  })
})

describe('a word that is everywhere in the past', () => {
  const COUNT = 3200
  let admin: AppClient
  let chatId: ChatId

  beforeAll(async () => {
    const channel = await world.aChannel()
    admin = await channel.account.asAdmin()
    chatId = await say(channel, 'hello')
    const { id } = channel.account
    const newest = new Date(world.now().getTime() - 60 * DAY_MS)
    // Every five hours or so, for two years; some of them at the very same moment.
    await sql`with made as (
        insert into message (account_id, id, chat_id, direction, author_kind, author_id, kind, body, sent_at, received_at, status)
        select account_id, gen_random_uuid(), id, 'in', 'client', participant_id, 'text',
          'common ' || case when n % 400 = 0 then 'seldom ' else '' end || n, at, at, 'received'
        from chat, generate_series(1, ${COUNT}::int) n, lateral (select ${newest}::timestamptz - (n / 2) * interval '10 hours' as at) t
        where id = ${chatId} returning account_id, id, chat_id),
      counted as (update account_seq set last_seq = last_seq + ${COUNT} where account_id = ${id} returning last_seq)
      insert into event (account_id, seq, type, chat_id, message_id)
      select made.account_id, counted.last_seq - ${COUNT} + row_number() over (), 'message.received', made.chat_id, made.id
      from made, counted`.execute(world.deps.db)
    world.deps.nudge(id)
    await indexed(channel.account)
  })

  test('is found page by page, the newest first, each once', async () => {
    const seen: MessageHit[] = []
    for (let after: string | null = ''; after !== null && seen.length < 200; ) {
      const { messages }: SearchAnswer = await ask(
        admin,
        'common',
        `&in=messages&limit=50${after && `&after=${after}`}`,
      )
      expect(messages?.searchedTo).toBeNull()
      seen.push(...messages!.items)
      after = messages!.next
    }
    const numbers = seen.map(({ text }) => Number(text.split(' ').at(-1)))
    expect(new Set(numbers).size).toBe(200)
    expect(Math.max(...numbers)).toBeLessThanOrEqual(201)
    expect(seen.every((hit, index) => index === 0 || hit.at <= seen[index - 1]!.at)).toBe(true)
  })

  test('and a rarer one beside it is found wherever it is', async () => {
    const { messages } = await ask(admin, 'common seldom')
    expect(messages?.items.map(({ text }) => text)).toEqual(
      Array.from({ length: COUNT / 400 }, (_, index) => `common seldom ${(index + 1) * 400}`),
    )
    expect(messages?.next).toBeNull()
    const inChat = await admin.get<SearchHits<MessageHit>>(`/chats/${chatId}/search?q=common&limit=50`)
    expect(inChat.items).toHaveLength(50)
    expect((await ask(admin, 'common -is:unread')).messages?.items).toEqual([])
  })
})

test('whatever is asked is answered', async () => {
  const admin = await (await world.anAccount()).asAdmin()
  const pieces = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom(
      'from:',
      'channel:"',
      'tag:x',
      'stage:a',
      '-has:',
      'is:__proto__',
      'before:',
      '"',
      '-',
      ' ',
      '12345678',
      ':*',
      "'",
    ),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(pieces, { maxLength: 8 }), async (parts) => {
      const q = parts
        .join('')
        .slice(0, 300)
        .replace(/\p{Surrogate}/gu, '')
      for (const path of ['/search', '/search/suggest']) {
        const { status } = await admin.request('GET', `${path}?q=${encodeURIComponent(q)}`)
        expect(status).toBe(200)
      }
    }),
    { numRuns: 25 },
  )
})

async function editText(channel: TestChannel, id: string, text: string): Promise<void> {
  const answer = await channel.post({
    event_type: 'edit_message',
    payload: { id, message: { type: 'text', text } },
  })
  expect(answer.status).toBe(200)
}

test('people and their leads are found by company, further phones and e-mails, and what fields of one’s own say', async () => {
  const account = await world.anAccount()
  const admin = await account.asAdmin()
  const add = (entity: 'lead' | 'contact', type: string, name: string) =>
    admin.post<CustomField>('/fields', { entity, type, name })
  const [frame, berth, second] = [
    await add('lead', 'text', 'Frame'),
    await add('contact', 'text', 'Berth'),
    await add('contact', 'phone', 'Ship'),
  ]
  const contact = await admin.post<ContactRow>('/contacts', {
    name: 'Nora Lind',
    company: 'Bläckfisk Shipping',
    points: [
      { kind: 'phone', value: '+46 70 000 00 55', label: null },
      { kind: 'phone', value: '+351 912 345 678', label: null },
      { kind: 'email', value: 'nora@example.net', label: null },
      { kind: 'email', value: 'captain@harbour.example', label: null },
    ],
  })
  await admin.patch(`/contacts/${contact.id}`, {
    fields: { [berth.id]: 'Pier Eleven', [second.id]: '+34 612 345 678' },
  })
  const [pipeline] = (await admin.listPipelines()).items
  const lead = await admin.post<Lead>('/leads', {
    ...{ title: 'A barge', pipelineId: pipeline!.id, stageId: pipeline!.stages[1]!.id, contactId: contact.id },
  })
  await admin.patch(`/leads/${lead.id}/fields`, { values: { [frame.id]: 'ZX81-lilac' } })
  await indexed(account)
  for (const q of ['blackfisk', '912 345 678', 'captain@harbour', 'eleven', '0034 612345678', 'nora'])
    expect([q, namesOf(await ask(admin, q))]).toEqual([q, ['Nora Lind']])
  for (const q of ['blackfisk', 'captain@harbour', 'zx81'])
    expect([q, titlesOf(await ask(admin, q))]).toEqual([q, ['A barge']])
  // What is shown is what was looked for.
  const [byPhone] = (await ask(admin, '912 345 678')).people!.items
  expect(byPhone).toMatchObject({ phone: '+351 912 345 678', company: 'Bläckfisk Shipping' })
  expect((await ask(admin, 'blackfisk')).people!.items[0]!.companyMarks).toEqual([{ offset: 0, length: 9 }])
  await admin.patch(`/contacts/${contact.id}`, { company: null })
  await indexed(account)
  expect(namesOf(await ask(admin, 'blackfisk'))).toEqual([])
  expect(titlesOf(await ask(admin, 'blackfisk'))).toEqual([])
})
