import { randomUUID } from 'node:crypto'
import {
  type ChannelId,
  type ChannelRequestPage,
  type Chat,
  type ChatId,
  type Lead,
  MANAGER_RIGHTS,
  type NewInvitation,
  type NotificationPage,
  type Rights,
  type SessionInfo,
  type TeamGroup,
  type TeamRole,
  type TokenInfo,
} from '@parley/protocol/model'
import { setOperator, sql } from '@parley/server/internals'
import { type AppClient, aNewMessage, aSender, TestIntegration, type TestWorld, waitUntil } from '@parley/testkit'

const NOTHING = { view: 'none', edit: 'none', delete: 'none', export: 'none' } as const

/** Sees nothing but what everybody in the account sees. */
const SHUT: Rights = {
  ...MANAGER_RIGHTS,
  leads: NOTHING,
  contacts: NOTHING,
  tasks: NOTHING,
  incoming: false,
  figures: 'none',
}

/** Stands in every text that somebody who may not see the thing must not be told. */
export const SECRET = 'Xylophone'

/** An account with one of everything, all of it the admin's. */
export interface Things {
  admin: AppClient
  /** A colleague whose role shows him nothing of it. */
  shut: AppClient
  /** An admin of another account, which has a channel of its own. */
  stranger: AppClient
  /** An admin of an account that the channel is connected to: a customer of its owner. */
  customer: AppClient
  accountId: number
  /** Values of the parameters in paths, by name: `chatId`, `leadId`, …. */
  ids: Record<string, string>
}

export async function makeThings(world: TestWorld): Promise<Things> {
  const [account, buyer] = [await world.anAccount(), await world.anAccount()]
  const settings = { write_first: true }
  const channel = await world.aChannel({ accounts: [account, buyer], isOwned: true, settings })
  await draw(world, channel.id)
  await setOperator(world.deps, { email: account.admin.email, isOperator: true })
  const [admin, user] = [await account.asAdmin(), await account.aUser()]
  const { account: other } = await world.aChannel({ isOwned: true })
  const sender = aSender({ name: `${SECRET} Client`, phone: '+351912345678' })
  const stored = await channel.send(aNewMessage({ text: `${SECRET} message`, sender }))
  const chatId = stored.conversation_id as ChatId
  const { lead } = await admin.getChat(chatId)
  const taken = await admin.acceptLead(lead!.id)
  const role = await admin.post<TeamRole>('/roles', { name: 'Shut', rights: SHUT })
  await admin.patch(`/users/${user.id}`, { roleId: role.id })
  const shut = await user.logIn()
  const ids = {
    ...(await makePeople(admin, account.admin.password)),
    ...(await makeWork(admin, taken, chatId)),
    ...(await makeIntegration(world, admin)),
    chatId,
    messageId: stored.msgid,
    channelId: channel.id,
    requestId: await findRequest(admin, channel.id),
    deliveryId: await makeDelivery(world, { channelId: channel.id, chatId, accountId: account.id }),
    clientId: (await admin.post<{ id: string }>(`/channels/${channel.id}/simulator/clients`, { name: SECRET })).id,
    userId: String(account.manager.id),
    roleId: String(role.id),
    kind: 'reply',
    token: `${account.id}.${'A'.repeat(43)}`,
  }
  const [stranger, customer] = [await other.asAdmin(), await buyer.asAdmin()]
  return { admin, shut, stranger, customer, accountId: account.id, ids }
}

/** A hook that has arrived: nothing happens to it any more. */
async function makeDelivery(world: TestWorld, of: { channelId: string; chatId: ChatId; accountId: number }) {
  const id = randomUUID()
  await sql`insert into delivery_lane (account_id, chat_id, channel_id, last_turn, settled_turn)
    values (${of.accountId}, ${of.chatId}, ${of.channelId}, 1, 1)`.execute(world.deps.db)
  await sql`insert into delivery (account_id, id, chat_id, channel_id, hook_version, turn, body, state)
    values (${of.accountId}, ${id}, ${of.chatId}, ${of.channelId}, 'v2', 1, ${`{"text":"${SECRET} hook"}`}, 'delivered')`.execute(
    world.deps.db,
  )
  return id
}

/** Gives the channel an icon. */
async function draw(world: TestWorld, id: string): Promise<void> {
  const icon = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 14 14"/>'
  await world.deps.db
    .updateTable('channel')
    .set({ icon })
    .where('id', '=', id as ChannelId)
    .execute()
}

/** The newest of three that it has made: two connections, and the message. */
async function findRequest(admin: AppClient, channelId: string): Promise<string> {
  const list = () => admin.get<ChannelRequestPage>(`/channels/${channelId}/requests`)
  await waitUntil('all requests are written down', async () => (await list()).items.length === 3)
  return (await list()).items[0]!.id
}

/** Private, installed, and with a token that was made by hand. */
async function makeIntegration(world: TestWorld, admin: AppClient) {
  const third = await TestIntegration.register(world, admin)
  await third.install(admin)
  await admin.post(`/integrations/${third.id}/tokens`, { name: SECRET, lifetimeDays: 1 })
  const { items } = await admin.get<{ items: { id: string }[] }>(`/integrations/${third.id}/tokens`)
  return { integrationId: third.id, familyId: items[0]!.id }
}

async function makePeople(admin: AppClient, password: string) {
  const group = await admin.post<TeamGroup>('/groups', { name: 'North' })
  const { invitation } = await admin.post<NewInvitation>('/invitations', { name: `${SECRET} guest` })
  await admin.post('/me/tokens', { name: SECRET, password })
  const tokens = await admin.get<{ items: TokenInfo[] }>('/me/tokens')
  const sessions = await admin.get<{ items: SessionInfo[] }>('/me/sessions')
  return {
    groupId: String(group.id),
    invitationId: String(invitation.id),
    tokenId: tokens.items[0]!.id,
    sessionId: sessions.items[0]!.id,
    passkeyId: 'AAAAAAAAAAAAAAAAAAAAAA',
  }
}

/** What belongs to the lead and the chat, and what the account is set up with. */
async function makeWork(admin: AppClient, lead: Lead, chatId: ChatId) {
  const { items: pipelines } = await admin.listPipelines()
  const note = await admin.post<{ note: { id: string } }>(`/chats/${chatId}/notes`, {
    id: randomUUID(),
    text: `${SECRET} note`,
  })
  const template = await admin.post<{ id: number }>('/templates', { name: SECRET, text: `${SECRET} template` })
  await admin.put(`/chats/${chatId}/drafts/reply`, { version: 0, text: `${SECRET} draft` })
  const reason = await admin.post<{ id: number }>('/loss-reasons', { name: 'Too dear' })
  const { chat } = await admin.getChat(chatId)
  const source = await admin.post<{ id: number }>(`/channels/${(chat as Chat).channel.id}/sources`, {
    externalId: 'line-1',
    name: 'Line 1',
  })
  const view = await admin.post<{ id: number }>('/views', { name: SECRET, filters: { unread: true } })
  const action = { type: 'unread' }
  const bulk = await admin.post<{ job: { id: string } }>('/chats/bulk', { action, ids: [chatId] })
  const task = await admin.post<{ id: number }>('/tasks', {
    text: `${SECRET} task`,
    dueOn: '2099-01-01',
    leadId: lead.id,
  })
  const tag = await admin.post<{ id: number }>('/tags', { name: 'Tag' })
  const field = await admin.post<{ id: number }>('/fields', { entity: 'lead', type: 'text', name: 'Field' })
  await admin.patch(`/contacts/${lead.contact!.id}`, { responsibleUserId: admin.me.user.id })
  const merge = await mergeOne(admin, lead.contact!.id)
  const other = await admin.post<{ id: number }>('/contacts', { name: `${SECRET} twin` })
  const notifications = await admin.get<NotificationPage>('/notifications')
  return {
    leadId: String(lead.id),
    pipelineId: String(lead.pipeline.id),
    stageId: String(pipelines[0]!.stages.find(({ kind }) => kind === 'open')!.id),
    noteId: note.note.id,
    templateId: String(template.id),
    reasonId: String(reason.id),
    sourceId: String(source.id),
    notificationId: String(notifications.items[0]?.id ?? 0),
    viewId: String(view.id),
    jobId: bulk.job.id,
    taskId: String(task.id),
    tagId: String(tag.id),
    fieldId: String(field.id),
    contactId: String(lead.contact!.id),
    mergeId: String(merge.mergeId),
    otherContactId: String(other.id),
    browserId: '1',
  }
}

async function mergeOne(admin: AppClient, id: number): Promise<{ mergeId: number }> {
  const gone = await admin.post<{ id: number }>('/contacts', { name: `${SECRET} gone` })
  return admin.post(`/contacts/${id}/merge`, { otherId: gone.id })
}
