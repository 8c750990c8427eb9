import { type ChatId, type LeadId, MANAGER_RIGHTS, type Rights } from '@parley/protocol/model'
import { sql } from '@parley/server/internals'
import { aNewMessage, startTestWorld, type TestAccount, type TestUser, type TestWorld } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let world: TestWorld

beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())

const ownOnly: Rights = {
  ...MANAGER_RIGHTS,
  incoming: false,
  leads: { view: 'own', edit: 'own', delete: 'none', export: 'none' },
}

async function giveRole(account: TestAccount, user: TestUser, rights: Rights, groupId?: number): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    insert into role (account_id, name, rights) values (${account.id}, 'Test', ${JSON.stringify(rights)}) returning id
  `.execute(world.deps.db)
  await sql`update account_user set role_id = ${rows[0]!.id}, group_id = ${groupId ?? null}
    where account_id = ${account.id} and id = ${user.id}`.execute(world.deps.db)
}

/** A lead of the admin's, and somebody whose role shows him only his own. */
async function aForeignLead(rights = ownOnly) {
  const channel = await world.aChannel()
  const ids = await channel.send(aNewMessage())
  const chatId = ids.conversation_id as ChatId
  const admin = await channel.account.asAdmin()
  const { lead } = await admin.getChat(chatId)
  await admin.acceptLead(lead!.id)
  const user = await channel.account.aUser()
  await giveRole(channel.account, user, rights)
  return { channel, admin, chatId, messageId: ids.msgid, leadId: lead!.id as LeadId, user, client: await user.logIn() }
}

describe("somebody whose role shows him only what is his, with another's chat", () => {
  test.each([
    ['GET', ''],
    ['GET', '/messages'],
    ['POST', '/messages'],
    ['POST', '/read'],
    ['POST', '/typing'],
  ] as const)('%s /chats/{id}%s is not found', async (method, path) => {
    const { client, chatId } = await aForeignLead()
    const body = path === '/messages' ? { id: crypto.randomUUID(), text: 'Hi' } : {}
    const answer = await client.request(method, `/chats/${chatId}${path}`, method === 'GET' ? undefined : body)
    expect(answer.status).toBe(404)
  })

  test('the lead is not found, nor can it be accepted or declined', async () => {
    const { client, leadId } = await aForeignLead()
    expect((await client.request('GET', `/leads/${leadId}`)).status).toBe(404)
    expect((await client.request('POST', `/leads/${leadId}/accept`, {})).status).toBe(404)
    expect((await client.request('POST', `/leads/${leadId}/decline`, {})).status).toBe(404)
  })

  test('the stream tells only that something he may not see happened', async () => {
    const { client, channel, chatId } = await aForeignLead()
    const stream = await client.openStream()
    await channel.send(aNewMessage({ text: 'A secret' }))
    const event = await stream.waitForEvent((one) => one.type === 'hidden')
    expect(event.hiddenChatId).toBeDefined()
    expect(JSON.stringify(stream.events)).not.toContain('A secret')
    stream.close()
    expect(chatId).toBeDefined()
  })

  test('one of his own opens as ever', async () => {
    const { client, channel, leadId, chatId, user } = await aForeignLead()
    await sql`update lead set responsible_user_id = ${user.id}
      where account_id = ${channel.account.id} and id = ${leadId}`.execute(world.deps.db)
    expect((await client.getChat(chatId)).lead?.id).toBe(leadId)
  })
})

test('a group sees what is one of its members’', async () => {
  const rights: Rights = { ...ownOnly, leads: { ...ownOnly.leads, view: 'group' } }
  const { channel, client, user, leadId, chatId } = await aForeignLead(rights)
  const colleague = await channel.account.aUser()
  await sql`insert into user_group (account_id, id, name) values (${channel.account.id}, 9001, 'North')`.execute(
    world.deps.db,
  )
  await sql`update account_user set group_id = 9001 where account_id = ${channel.account.id}
    and id in (${user.id}, ${colleague.id})`.execute(world.deps.db)
  expect((await client.request('GET', `/chats/${chatId}`)).status).toBe(404)
  await sql`update lead set responsible_user_id = ${colleague.id}
    where account_id = ${channel.account.id} and id = ${leadId}`.execute(world.deps.db)
  expect((await client.getChat(chatId)).chat.id).toBe(chatId)
})
