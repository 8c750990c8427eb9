import { writes } from '@parley/protocol/client-acts'
import type {
  ChannelDeliveryPage,
  ChannelId,
  ChannelRequestPage,
  ChannelWithSecret,
  ChatId,
  ChatPage,
} from '@parley/protocol/model'
import { setOperator } from '@parley/server/internals'
import {
  type AppClient,
  aNewMessage,
  aSender,
  base64Digest,
  type HookReceiver,
  type TestAccount,
  type TestChannel,
  TestIntegration,
  type TestWorld,
  waitUntil,
} from '@parley/testkit'
import type { DemoDeveloper } from './demo-page.ts'

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 14 14"><circle cx="7" cy="7" r="7" fill="#0b7"/><path d="M4 7h6" stroke="#fff" stroke-width="2"/></svg>'

/** A company that builds channels, and runs the server: what its console, its channels and its queue show. */
export async function makeDemoDeveloper(world: TestWorld): Promise<DemoDeveloper> {
  const account = await world.anAccount({ name: 'Quay Works' })
  const hook = await world.aHookReceiver()
  const admin = await account.asAdmin()
  await setOperator(world.deps, { email: account.admin.email, accountId: account.id, isOperator: true })
  const channel = await world.aChannel({ account, hook, isOwned: true, name: 'Quay Chat', title: 'Quay Chat' })
  await admin.patch(`/channels/${channel.id}`, { icon: ICON, about: 'Messages of boats that lie at the quay.' })
  await makeOthers(world, account)
  await makeTraffic(channel, admin, hook)
  const program = await TestIntegration.register(world, admin, { name: 'Tide Tables' })
  await program.install(admin)
  const waiting = await TestIntegration.register(world, admin, { name: 'Berth Counter' })
  return {
    user: account.admin,
    channelId: channel.id as ChannelId,
    simulatedId: await makeSimulated(world, account, admin),
    clientId: waiting.id,
    refusedId: await findRefused(admin, channel),
    givenUpId: await findGivenUp(admin, channel),
  }
}

/** Channels for the list, and two that wait for the operator. */
async function makeOthers(world: TestWorld, account: TestAccount): Promise<void> {
  const other = await world.anAccount({ name: 'Lighthouse Ltd' })
  const given = { account: other, accounts: [account], connected: false, isOwned: true }
  await world.aChannel({ ...given, name: 'Lighthouse', isPublic: true })
  await world.aChannel({ ...given, name: 'Fog Horn' })
  const client = await other.asAdmin()
  const webhookUrl = 'https://hooks.example.net/in/:scope_id'
  await client.post('/channels', { name: 'Buoy Line', webhookUrl, icon: ICON, about: 'For clients at sea.' })
  await client.post('/channels', { name: 'Signal Flags', webhookUrl, isPublic: true, errorEmail: 'it@example.net' })
}

async function makeTraffic(channel: TestChannel, admin: AppClient, hook: HookReceiver): Promise<void> {
  await admin.post(`/channels/${channel.id}/test-run`, {})
  const chats: ChatId[] = []
  for (const [name, text] of [
    ['Nora Lind', 'Is the berth by the crane free?'],
    ['Omar Haddad', 'We arrive at nine.'],
    ['Ines Prado', 'Where do we pay?'],
  ] as const) {
    const message = aNewMessage({ text, sender: aSender({ name }) })
    chats.push((await channel.send(message)).conversation_id as ChatId)
    if (name === 'Nora Lind') await channel.send(message)
  }
  await channel.post(aNewMessage({ text: 'Ahoy' }), { alter: base64Digest })
  await channel.post({ ...aNewMessage(), event_type: 'new_massage' })
  const [nora, omar, ines] = chats as [ChatId, ChatId, ChatId]
  const sent = await admin.sendText(nora, 'It is, until Sunday.')
  await hook.next()
  await channel.post({ msgid: sent.id, delivery_status: 2 }, { path: `/${sent.id}/delivery_status` })
  hook.answerWith({ status: 400, body: '{"error":"unknown conversation"}' })
  await admin.sendText(omar, 'Pier two, please.')
  await hook.next()
  hook.answerWith({ status: 503, body: 'Back in a minute' })
  await admin.sendText(ines, 'At the office, or by card.')
  await hook.next()
  await waitUntil('a hook is given up', async () => (await deliveriesOf(admin, channel, 'given_up')).length > 0)
  await admin.post(`/channels/${channel.id}/test-run/probes`, { kind: 'signature' })
}

/** A channel without a program yet: the simulator is its client and its endpoint. */
async function makeSimulated(world: TestWorld, account: TestAccount, admin: AppClient): Promise<ChannelId> {
  const { channel } = await admin.post<ChannelWithSecret>('/channels', {
    name: 'Gull Post',
    webhookUrl: 'https://hooks.example.net/gull/:scope_id',
  })
  // The operator is quick.
  await admin.post(`/installation/registrations/${channel.id}/decision`, { decision: 'approved' })
  await admin.post(`/channels/${channel.id}/connect`, {})
  await admin.put(`/channels/${channel.id}/simulator`, { isOn: true })
  const liam = await admin.post<{ id: string; name: string; avatarUrl: string | null }>(
    `/channels/${channel.id}/simulator/clients`,
    { name: 'Liam Doyle', phone: '+46700000077', avatar: 'liam' },
  )
  const path = `/v2/origin/custom/${channel.id}_${account.amojoId}`
  const write = (content: { type: string } & Record<string, unknown>, msgid: string) =>
    admin.post(`/channels/${channel.id}/signed-requests`, {
      method: 'POST',
      path,
      body: JSON.stringify(writes(liam, { msgid, atMs: Date.now(), content })),
    })
  await write({ type: 'text', text: 'Do you post parcels to the islands?' }, 'gull-1')
  await write({ type: 'picture', media: `${world.url}/samples/boat.jpg`, file_name: 'boat.jpg' }, 'gull-2')
  const chat = await waitUntil('the client is in the inbox', async () =>
    (await admin.get<ChatPage>('/chats')).items.find((one) => one.client.name === liam.name),
  )
  const buttons = [[{ text: 'Today' }, { text: 'Tomorrow' }]]
  await admin.sendMessage(chat.id, { text: 'We do. When shall we fetch it?', buttons })
  return channel.id
}

async function deliveriesOf(admin: AppClient, { id }: TestChannel, state: string) {
  return (await admin.get<ChannelDeliveryPage>(`/channels/${id}/deliveries?state=${state}`)).items
}

async function findGivenUp(admin: AppClient, channel: TestChannel): Promise<string> {
  return (await deliveriesOf(admin, channel, 'given_up'))[0]!.id
}

/** It is written down off the request's path. */
async function findRefused(admin: AppClient, { id }: TestChannel): Promise<string> {
  const found = await waitUntil('the refused request is written down', async () =>
    (await admin.get<ChannelRequestPage>(`/channels/${id}/requests?only=errors`)).items.find(
      ({ status }) => status === 403,
    ),
  )
  return found.id
}
