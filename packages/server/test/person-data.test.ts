import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type {
  AuditPage,
  ChatId,
  ContactId,
  ContactRow,
  CustomField,
  Lead,
  LeadId,
  MessageId,
  PersonExport,
  SearchAnswer,
  Task,
} from '@parley/protocol/model'
import { countErasures, sql, stepErasure } from '@parley/server/internals'
import {
  type AppClient,
  aNewMessage,
  aSender,
  FileServer,
  startTestWorld,
  type TestChannel,
  type TestWorld,
  waitUntil,
} from '@parley/testkit'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { PDF } from './media/media-world.ts'

/** Stands in everything that is the person's, in whatever letters. */
const MARK = 'zyxwquark'
const PHONE = '46799123456'
/** In everything that is somebody else's. */
const OTHER = 'brontosaur'

let world: TestWorld
let files: FileServer
beforeAll(async () => {
  files = await FileServer.start()
})
afterAll(() => files.stop())
beforeEach(async () => {
  world = await startTestWorld()
})
afterEach(() => world.stop())

interface Place {
  channel: TestChannel
  admin: AppClient
}

/** A client who wrote, with a lead that was taken and words of his in everything that is kept of people. */
async function aPerson({ channel, admin }: Place, word: string) {
  const link = `https://example.net/${word}`
  const sender = aSender({ id: `id-${word}`, name: `${word} Lind`, profile_link: link, profile: profileOf(word) })
  const of = { sender, conversation_id: `conv-${word}` }
  const first = await channel.send(aNewMessage({ ...of, text: `I am ${word}` }))
  const chatId = first.conversation_id as ChatId
  const found = await admin.getChat(chatId)
  const lead = await admin.acceptLead(found.lead!.id)
  const contactId = lead.contact!.id as ContactId
  await writeMessages({ channel, admin }, { word, of, chatId, msgid: first.msgid as MessageId })
  await writeCards(admin, { word, chatId, leadId: lead.id as LeadId, contactId })
  return { sender, of, chatId, leadId: lead.id as LeadId, contactId, firstId: first.msgid as MessageId, word }
}
type Person = Awaited<ReturnType<typeof aPerson>>

const profileOf = (word: string) => ({
  phone: word === MARK ? `+${PHONE}` : '+46700000077',
  email: `${word}@example.net`,
})

interface Chat {
  word: string
  of: { sender: object; conversation_id: string }
  chatId: ChatId
  msgid: MessageId
}

async function writeMessages({ channel, admin }: Place, { word, of, chatId, msgid }: Chat) {
  const url = files.serve(`/${word}.pdf`, { body: Buffer.concat([PDF, Buffer.from(word)]) })
  const media = { type: 'file', media: url, file_name: `${word}.pdf`, file_size: 100 }
  await channel.send(aNewMessage({ ...of, message: media }))
  await waitUntil('the file is copied', async () => {
    await world.clock.advance(1000)
    const { items } = await admin.listMessages(chatId)
    return items.some((message) => message.media?.state === 'ready')
  })
  await channel.send(aNewMessage({ ...of, msgid: `edit-${word}`, text: `Before, ${word}` }))
  await channel.post({
    event_type: 'edit_message',
    payload: {
      ...of,
      timestamp: 1772532930,
      msec_timestamp: 1772532930125,
      msgid: `edit-${word}`,
      message: { type: 'text', text: `After, ${word}` },
    },
  })
  await admin.sendMessage(chatId, { text: `Dear ${word}`, replyToId: msgid })
}

interface Card {
  word: string
  chatId: ChatId
  leadId: LeadId
  contactId: ContactId
}

async function writeCards(admin: AppClient, { word, chatId, leadId, contactId }: Card) {
  for (const path of [`/chats/${chatId}`, `/leads/${leadId}`])
    await admin.post(`${path}/notes`, { id: randomUUID(), text: `A note on ${word}` })
  await sql`insert into note (account_id, id, contact_id, author_user_id, body, mentions, mention_names, created_at)
    values (${admin.me.account.id}, ${randomUUID()}, ${contactId}, ${admin.me.user.id}, ${`A note on ${word}`}, '{}', '{}',
      now())`.execute(world.deps.db)
  const dueAt = world.now().getTime() + 3_600_000
  for (const about of [{ leadId }, { contactId }, { chatId }])
    await admin.post<Task>('/tasks', { text: `Ring ${word}`, dueAt, ...about })
  await admin.patch(`/leads/${leadId}`, { title: `Bike for ${word}` })
  for (const [entity, id] of [
    ['lead', leadId],
    ['contact', contactId],
  ] as const) {
    const field = await admin.post<CustomField>('/fields', { entity, type: 'text', name: `Likes ${randomUUID()}` })
    if (entity === 'lead') await admin.patch(`/leads/${id}/fields`, { values: { [field.id]: `About ${word}` } })
    else await admin.patch(`/contacts/${id}`, { fields: { [field.id]: `About ${word}` }, company: `${word} Ltd` })
  }
}

/** What no request of a test leads to in a moment. */
async function writeTraces({ channel, admin }: Place, person: Person, other: Person) {
  const { db } = world.deps
  const accountId = channel.account.id
  const { word, contactId, chatId } = person
  const { rows } = await sql<{ id: number }>`
    insert into contact (account_id, name, deleted_at, merged_into) values (${accountId}, ${`Old ${word}`}, now(), ${contactId})
    returning id`.execute(db)
  await sql`insert into contact_merge (account_id, contact_id, other_id, kept, merged_at)
    values (${accountId}, ${contactId}, ${rows[0]!.id}, ${JSON.stringify({ name: word })}::jsonb, now())`.execute(db)
  const merged = { other: { id: rows[0]!.id, name: `Old ${word}` } }
  const undone = { other: { id: contactId, name: `${word} Lind` } }
  await sql`insert into audit (account_id, at, action, target_kind, target_id, target_name, details) values
    (${accountId}, now(), 'contact.merged', 'contact', ${String(contactId)}, ${`${word} Lind`}, ${JSON.stringify(merged)}::jsonb),
    (${accountId}, now(), 'contact.unmerged', 'contact', ${String(other.contactId)}, ${`${OTHER} Lind`},
      ${JSON.stringify(undone)}::jsonb)`.execute(db)
  await sql`insert into draft (account_id, user_id, chat_id, kind, version, is_empty, body, updated_at)
    values (${accountId}, ${channel.account.manager.id}, ${chatId}, 'reply', 1, false, ${`To ${word}`}, now())
    on conflict do nothing`.execute(db)
  await sql`insert into delivery_attempt (account_id, delivery_id, attempt, url, started_at, duration_ms, status, reply)
    select account_id, id, 900, 'http://127.0.0.1:9', now(), 5, 500, ${word} from delivery where account_id = ${accountId}
      and chat_id = ${chatId} limit 1`.execute(db)
  await sql`update participant set avatar_url = ${`https://example.net/${word}.png`}
    where account_id = ${accountId} and contact_id = ${contactId}`.execute(db)
  // In the other person's conversation: passed on, answered, liked, and written by himself.
  await admin.sendMessage(other.chatId, { forwardOfId: person.firstId })
  const author = { id: (await participantOf(person)).id, clientId: null, name: `${word} Lind` }
  const quote = { messageId: person.firstId, chatId, msgid: null, author, receiver: null, kind: 'text', text: word }
  const reaction = { emoji: '👍', authorId: author.id, authorKind: 'client', name: `${word} Lind` }
  await sql`update message set content = ${JSON.stringify({ replyTo: quote })}::jsonb,
      reactions = ${JSON.stringify([reaction])}::jsonb
    where account_id = ${accountId} and id = ${other.firstId}`.execute(db)
  await sql`update message_edit set content = ${JSON.stringify({ replyTo: quote })}::jsonb
    where account_id = ${accountId} and message_id in (
      select id from message where account_id = ${accountId} and chat_id = ${other.chatId})`.execute(db)
  await channel.send(
    aNewMessage({ ...person.of, conversation_id: other.of.conversation_id, text: `${word} in a group` }),
  )
  await admin.get(`/contacts/${contactId}/export`)
}

async function participantOf({ contactId }: Person): Promise<{ id: string }> {
  const { rows } = await sql<{ id: string }>`select id from participant where contact_id = ${contactId}`.execute(
    world.deps.db,
  )
  return rows[0]!
}

/** Every row of every table in which a word stands, as text, by table. */
async function rowsWith(...words: string[]): Promise<Map<string, string[]>> {
  const { db } = world.deps
  const tables = await sql<{ name: string }>`select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`.execute(db)
  const all = words.flatMap((word) => [word, Buffer.from(word).toString('hex')]).map((word) => `%${word}%`)
  const found = new Map<string, string[]>()
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(name)} t
      where t::text ilike any (${all}::text[]) order by 1`.execute(db)
    if (rows.length > 0)
      found.set(
        name,
        rows.map((one) => one.row),
      )
  }
  return found
}

async function filesWith(word: string): Promise<number> {
  const entries = await readdir(world.dataDir, { recursive: true, withFileTypes: true })
  const contents = await Promise.all(
    entries.filter((entry) => entry.isFile()).map((entry) => readFile(join(entry.parentPath, entry.name))),
  )
  return contents.filter((content) => content.includes(word)).length
}

/** Every follower has taken everything there is. */
const settled = () =>
  waitUntil('the followers', async () => {
    await world.clock.advance(1000)
    const { rows } = await sql<{ n: number }>`select count(*) as n from event_cursor c
      join account_seq s using (account_id) where c.seq < s.last_seq`.execute(world.deps.db)
    return rows[0]!.n === 0
  })

const finished = () =>
  waitUntil('nobody is being erased', async () => {
    await world.clock.jump(5000)
    await stepErasure(world.deps)
    return (await countErasures(world.deps)) === 0
  })

async function aPlace(): Promise<Place> {
  const channel = await world.aChannel({ isOwned: true, settings: { supports_reply: true } })
  return { channel, admin: await channel.account.asAdmin() }
}

/** Two people of one account, one of another. */
async function twoPeople() {
  const place = await aPlace()
  const person = await aPerson(place, MARK)
  const other = await aPerson(place, OTHER)
  await writeTraces(place, person, other)
  await settled()
  return { ...place, person, other }
}

const erase = (admin: AppClient, { contactId, word }: Person) =>
  admin.request('POST', `/contacts/${contactId}/erase`, { name: `${word} Lind` })

describe('the data of a person who is erased', { timeout: 60_000 }, () => {
  test('are nowhere any more, and everybody else’s are where they were', async () => {
    const { channel, admin, person, other } = await twoPeople()
    const stranger = await aPlace()
    await aPerson(stranger, `${OTHER}s`)
    await settled()
    const before = await rowsWith(MARK, PHONE)
    expect([...before.keys()]).toEqual(
      expect.arrayContaining([
        ...[
          'audit',
          'channel_request',
          'contact',
          'contact_key',
          'contact_merge',
          'contact_point',
          'delivery',
          'delivery_attempt',
        ],
        ...['draft', 'field_value', 'lead', 'lead_change', 'message', 'message_edit', 'note', 'participant'],
        ...['search_name', 'search_text', 'task'],
      ]),
    )
    expect(await filesWith(MARK)).toBe(1)
    const others = await rowsWith(OTHER)

    expect((await erase(admin, person)).status).toBe(202)
    await finished()
    await settled()
    expect(await rowsWith(MARK, PHONE)).toEqual(new Map())
    expect(await filesWith(MARK)).toBe(0)
    const left = await rowsWith(OTHER)
    // Row by row as they were, apart from what told of both, and what moves on by itself.
    for (const [table, rows] of others) {
      const own = rows.filter((row) => !row.toLowerCase().includes(MARK))
      // What is being delivered moves on: messages and their deliveries are only counted.
      const isMoving = table === 'delivery' || table === 'message'
      expect(left.get(table)?.length ?? 0).toBeGreaterThanOrEqual(own.length)
      if (!isMoving) expect([table, left.get(table)]).toEqual([table, expect.arrayContaining(own)])
    }
    expect(await filesWith(OTHER)).toBe(2)

    const { items } = await admin.listMessages(other.chatId)
    expect(items.map((message) => message.text).join()).toContain(`I am ${OTHER}`)
    expect(items.every((message) => message.replyTo === undefined || message.replyTo.text.includes(OTHER))).toBe(true)
    const lead = await admin.get<Lead>(`/leads/${person.leadId}`)
    expect(lead).toMatchObject({ title: `#${person.leadId}`, contact: null })
    const { items: log } = await admin.get<AuditPage>('/audit?actions=data.erased,data.exported')
    const target = { kind: 'contact', id: String(person.contactId), name: null }
    expect(log).toMatchObject([
      { action: 'data.erased', target, actor: { id: channel.account.admin.id } },
      { action: 'data.exported', target },
    ])
  })

  test('leave search, lists and what waits to be delivered at once', async () => {
    const { admin, person, other } = await twoPeople()
    const stream = await admin.openStream({ after: (await admin.listChats()).seq })
    await erase(admin, person)
    const found = await admin.get<SearchAnswer>(`/search?q=${MARK}&in=contacts,leads,messages,notes`).catch(() => null)
    expect(JSON.stringify(found).toLowerCase()).not.toContain(`${MARK} lind`)
    expect((await admin.listChats()).items.map(({ id }) => id)).not.toContain(person.chatId)
    for (const path of [`/chats/${person.chatId}`, `/chats/${person.chatId}/messages`, `/contacts/${person.contactId}`])
      expect((await admin.request('GET', path)).status).toBe(404)
    const { rows } = await sql<{ n: number }>`select count(*) as n from delivery_lane
      where chat_id = ${person.chatId}`.execute(world.deps.db)
    expect(rows[0]!.n).toBe(0)
    await stream.waitForEvent((event) => event.removedChatId === person.chatId)
    await stream.waitForEvent((event) => event.removedContactId === person.contactId)
    expect((await admin.request('POST', `/contacts/${person.contactId}/restore`)).status).toBe(409)
    expect((await admin.request('GET', `/chats/${other.chatId}`)).status).toBe(200)
    stream.close()
  })

  test('are erased to the end when the server dies in the middle', async () => {
    const { admin, person } = await twoPeople()
    await erase(admin, person)
    for (let steps = 0; steps < 3; steps += 1) await stepErasure(world.deps)
    expect((await rowsWith(MARK)).size).toBeGreaterThan(0)
    await world.restart()
    await waitUntil('the job goes on by itself', async () => {
      await world.clock.advance(1000)
      return (await countErasures(world.deps)) === 0
    })
    await settled()
    expect(await rowsWith(MARK, PHONE)).toEqual(new Map())
    expect(await filesWith(MARK)).toBe(0)
  })

  test('do not come back: who writes again is somebody unknown', async () => {
    const { channel, admin, person } = await twoPeople()
    await erase(admin, person)
    const again = await channel.send(aNewMessage({ ...person.of, text: 'Hello again' }))
    const anew = await channel.send(aNewMessage({ ...person.of, conversation_id: 'another', text: 'And here' }))
    await finished()
    expect(again.conversation_id).not.toBe(person.chatId)
    const { items } = await admin.listMessages(again.conversation_id as ChatId)
    expect(items.map((message) => message.text)).toEqual(['Hello again'])
    const { lead } = await admin.getChat(anew.conversation_id as ChatId)
    expect(lead).toMatchObject({ stage: { kind: 'incoming' } })
    expect(lead!.contact!.id).not.toBe(person.contactId)
  })

  test('are erased by admins alone, who type the name', async () => {
    const { channel, admin, person } = await twoPeople()
    const manager = await channel.account.asManager()
    expect((await erase(manager, person)).status).toBe(403)
    const slip = await admin.request('POST', `/contacts/${person.contactId}/erase`, { name: 'Somebody' })
    expect(slip.status).toBe(400)
    const stranger = await (await world.anAccount()).asAdmin()
    expect((await erase(stranger, person)).status).toBe(404)
    expect((await admin.get<ContactRow>(`/contacts/${person.contactId}`)).name).toBe(`${MARK} Lind`)
    expect(await countErasures(world.deps)).toBe(0)
  })

  test('one whose files cannot be removed just now does not hold up the others', async () => {
    const place = await aPlace()
    const [person, other] = [await aPerson(place, MARK), await aPerson(place, OTHER)]
    await settled()
    await erase(place.admin, person)
    const remove = () => Promise.reject(new Error('The storage is away.'))
    const broken = { ...world.deps, storage: { ...world.deps.storage, remove } }
    const failing = async () => {
      for (;;) await stepErasure(broken)
    }
    await expect(failing()).rejects.toThrow('The storage is away.')
    await erase(place.admin, other)
    expect(await stepErasure(world.deps)).toBe(1)
    const { rows } = await sql<{ step: string }>`select step from erasure order by asked_at, id`.execute(world.deps.db)
    expect(rows.map(({ step }) => step)).toEqual(['files', 'messages'])
    await world.clock.advance(60_000)
    await finished()
    expect(await filesWith(MARK)).toBe(0)
  })

  test('a file that somebody else was sent, too, stays', async () => {
    const place = await aPlace()
    const person = await aPerson(place, MARK)
    const other = await aPerson(place, OTHER)
    const file = await place.admin.uploadFile(Buffer.concat([PDF, Buffer.from('price list')]), { name: 'prices.pdf' })
    for (const { chatId } of [person, other])
      await place.admin.sendMessage(chatId, { file: { id: file.id, name: 'prices.pdf' } })
    await erase(place.admin, person)
    await finished()
    expect(await filesWith('price list')).toBe(1)
    await erase(place.admin, other)
    await finished()
    expect(await filesWith('price list')).toBe(0)
  })
})

describe('the data of a person as a file', { timeout: 60_000 }, () => {
  test('are all there, with what was said before it was edited', async () => {
    const { admin, person, other } = await twoPeople()
    const answer = await admin.request('GET', `/contacts/${person.contactId}/export`)
    expect(answer.headers.get('content-disposition')).toContain(`${MARK} Lind.json`)
    const file = JSON.parse(await answer.text()) as PersonExport
    expect(file).toMatchObject({
      format: 'parley-person',
      version: 1,
      contact: { name: `${MARK} Lind`, company: `${MARK} Ltd`, fields: [{ value: `About ${MARK}` }] },
      mergedContacts: [{ name: `Old ${MARK}` }],
      identities: [{ name: `${MARK} Lind`, profileLink: `https://example.net/${MARK}` }],
      leads: [{ id: person.leadId, title: `Bike for ${MARK}`, fields: [{ value: `About ${MARK}` }] }],
      files: [{ name: `${MARK}.pdf` }],
    })
    expect(file.leads[0]!.changes.map(({ field }) => field)).toContain('title')
    expect(file.tasks.map(({ text }) => text)).toEqual(Array(3).fill(`Ring ${MARK}`))
    expect(file.notes.map(({ text }) => text)).toEqual(Array(3).fill(`A note on ${MARK}`))
    const [chat] = file.chats
    expect(chat!.messages[0]!.text).toBe(`I am ${MARK}`)
    const edited = chat!.messages.find(({ text }) => text === `After, ${MARK}`)
    expect(edited!.earlierTexts.map(({ text }) => text)).toEqual([`Before, ${MARK}`])
    expect(JSON.stringify(file)).not.toContain(OTHER)
    expect(file.chats).toHaveLength(1)
    expect(other.chatId).not.toBe(chat!.id)
  })

  test('of a long history come page by page, in order and nothing twice', async () => {
    const { channel, admin, person } = await twoPeople()
    await sql`insert into message (account_id, id, chat_id, direction, author_kind, author_id, kind, body, sent_at,
        received_at, status)
      select ${channel.account.id}, gen_random_uuid(), ${person.chatId}, 'in', 'client', ${(await participantOf(person)).id},
        'text', 'no ' || n, date_trunc('milliseconds', now()) + make_interval(secs => n / 3), now(), 'received'
      from generate_series(1, 650) n`.execute(world.deps.db)
    const answer = await admin.request('GET', `/contacts/${person.contactId}/export`)
    const { chats } = JSON.parse(await answer.text()) as PersonExport
    const messages = chats[0]!.messages
    expect(messages.length).toBeGreaterThan(650)
    expect(new Set(messages.map(({ id }) => id)).size).toBe(messages.length)
    const times = messages.map(({ sentAt }) => sentAt)
    expect(times).toEqual([...times].sort((a, b) => a - b))
  })

  test('are taken out by whom a role lets, whole or not at all', async () => {
    const { channel, admin, person } = await twoPeople()
    const manager = await channel.account.asManager()
    expect((await manager.request('GET', `/contacts/${person.contactId}/export`)).status).toBe(403)
    const { rows } = await sql<{ id: number }>`insert into role (account_id, name, rights)
      select ${channel.account.id}, 'Exporter', ${JSON.stringify({
        ...(await admin.get<{ rights: object }>('/me')).rights,
        leads: { view: 'own', edit: 'own', delete: 'none', export: 'none' },
      })}::jsonb returning id`.execute(world.deps.db)
    await admin.patch(`/users/${channel.account.manager.id}`, { roleId: rows[0]!.id })
    const again = await channel.account.manager.logIn()
    await admin.patch(`/leads/${person.leadId}`, { responsibleUserId: channel.account.admin.id })
    const refused = await again.request('GET', `/contacts/${person.contactId}/export`)
    expect(refused.status).toBe(403)
    expect(await refused.text()).toContain('not yours to see')
  })
})
