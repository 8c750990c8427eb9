import { randomUUID } from 'node:crypto'
import type { ChatId, Lead, Pipeline } from '@parley/protocol/model'
import { sql } from '@parley/server/internals'
import { aNewMessage, aSender, type TestAccount, type TestChannel, type TestWorld } from '@parley/testkit'
import { CHANNELS, CLIENTS, type DemoClient, TAGS } from './demo-clients.ts'
import { makeDemoFigures } from './demo-figures.ts'
import { makeDemoNotices } from './demo-notices.ts'
import type { DemoAccount } from './demo-page.ts'
import { makeDemoTasks } from './demo-tasks.ts'
import { makeDemoWork } from './demo-work.ts'

const MINUTE_MS = 60_000

/** A company as the pictures show it: four channels, a dozen clients, leads in every stage. Everything by the API. */
export async function makeDemoAccount(world: TestWorld): Promise<DemoAccount> {
  const hook = await world.aHookReceiver()
  const account = await world.anAccount({ name: 'Harbor Bikes' })
  const tom = await account.aUser({ name: 'Tom Okafor' })
  const users = { admin: account.admin, manager: account.manager, tom }
  const clients = { admin: await account.asAdmin(), manager: await account.asManager(), tom: await tom.logIn() }
  const channels: TestChannel[] = []
  for (const name of CHANNELS) channels.push(await world.aChannel({ account, hook, name, title: name }))
  const demo: DemoAccount = { account, hook, users, clients, channels, chats: new Map() }
  const tagIds = await makeTags(world, account)
  const { items } = await clients.admin.get<{ items: Pipeline[] }>('/pipelines')
  for (const client of CLIENTS) await converse(demo, withPicture(world, client), items[0]!, tagIds)
  await writeForColleagues(demo)
  await makeDemoWork(demo)
  await makeDemoTasks(demo)
  await makeDemoFigures(world, demo)
  await makeDemoNotices(demo)
  return demo
}

/** A note that names somebody, a reply that was begun, and templates. */
async function writeForColleagues({ clients, chats }: DemoAccount): Promise<void> {
  const nora = chats.get('Nora Lind')!.chatId
  const text = '@Max Berg the L is reserved for her brother. Please do not sell it.'
  await clients.admin.post(`/chats/${nora}/notes`, { id: randomUUID(), text })
  await clients.admin.put(`/chats/${nora}/drafts/reply`, { version: 0, text: 'We hold it until Saturday at noon' })
  for (const template of TEMPLATES) await clients.admin.post('/templates', { ...template, isShared: true })
}

const TEMPLATES = [
  { name: 'Greeting', text: 'Hello {{contact.first_name|there}}, this is {{user.first_name}} from {{account.name}}.' },
  {
    name: 'Offer',
    text: '{{contact.first_name}}, “{{lead.title}}” is {{lead.price}}. Shall we ship it?',
    buttons: [[{ text: 'Ship it' }, { text: 'I will come by' }]],
  },
  { name: 'Opening hours', text: 'We are open from 9 to 18, Monday to Saturday.' },
] as const

async function makeTags(world: TestWorld, { id }: TestAccount): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: number; name: string }>`
    insert into tag (account_id, name, hue)
    select ${id}::int, name, n - 1 from unnest(${TAGS as unknown as string[]}::text[]) with ordinality as t (name, n)
    returning id, name`.execute(world.deps.db)
  return new Map(rows.map((row) => [row.name, row.id]))
}

const withPicture = ({ url }: TestWorld, client: DemoClient) => ({
  ...client,
  ...(client.picture && { avatar: `${url}/samples/${client.picture}.png` }),
})

async function converse(
  { channels, clients, users, chats }: DemoAccount,
  client: DemoClient & { avatar?: string },
  pipeline: Pipeline,
  tagIds: ReadonlyMap<string, number>,
): Promise<void> {
  const channel = channels[client.channel]!
  const slug = client.name.toLowerCase().replaceAll(' ', '-')
  const { name, phone, email, avatar } = client
  const sender = aSender({ id: slug, name, ...(avatar && { avatar }), profile: { phone, email } })
  const firstAnswer = client.lines.findIndex((line) => line.startsWith('> '))
  let chatId: ChatId | undefined
  for (const [index, line] of client.lines.entries()) {
    const agoMin = client.endedMin + (client.lines.length - 1 - index) * 2
    // We answer now; what was said to that was not said before.
    const isBefore = firstAnswer === -1 || index < firstAnswer
    const at = new Date(Date.now() - (isBefore ? agoMin : 0) * MINUTE_MS)
    if (line.startsWith('> ')) {
      await clients[client.lead?.owner ?? 'manager'].sendText(chatId!, line.slice(2))
    } else {
      const ids = await channel.send(aNewMessage({ text: line, sender, conversation_id: `chat-${slug}`, at }))
      chatId = ids.conversation_id as ChatId
    }
  }
  let { lead } = await clients.admin.getChat(chatId!)
  if (client.lead && lead) {
    const { title, price, stage, owner, tags = [] } = client.lead
    await clients[owner].acceptLead(lead.id)
    lead = await clients.admin.patch<Lead>(`/leads/${lead.id}`, {
      title,
      price,
      stageId: pipeline.stages[stage]!.id,
      responsibleUserId: users[owner].id,
      addTagIds: tags.map((tag) => tagIds.get(tag)),
    })
  }
  chats.set(client.name, { chatId: chatId!, lead })
}
