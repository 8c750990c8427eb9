import type {
  AccountId,
  ChatId,
  ContactId,
  LeadId,
  ParticipantId,
  PipelineId,
  StageId,
  TalkId,
} from '@parley/protocol/model'
import type pg from 'pg'
import { columns, run } from '../../db/statement.ts'
import * as sql from './statements.ts'

/** A chat, or a post commented on in it, that somebody writes about and that has no open talk (or no lead). */
export interface TopicWithoutTalk {
  accountId: AccountId
  chatId: ChatId
  postId: string | null
}

export interface OpenedTalk extends TopicWithoutTalk {
  leadId: LeadId
  /** False when the client already had an open lead and the chat joined it. */
  isNewLead: boolean
}

interface OwnerRow {
  account_id: AccountId
  chat_id: ChatId
  participant_id: ParticipantId
  contact_id: ContactId | null
  name: string
  phone: string | null
  email: string | null
  lead_id: LeadId | null
  /** Of the source it came through; null for the main one. */
  pipeline_id: PipelineId | null
}

interface NewContact {
  accountId: AccountId
  id: ContactId
  owner: OwnerRow
}

interface NewLead {
  accountId: AccountId
  id: LeadId
  title: string
  contactId: ContactId
  chatId: ChatId
  pipelineId: PipelineId | null
}

interface NewTalk {
  id: TalkId
  contactId: ContactId
  talk: OpenedTalk
}

/**
 * Gives every topic a talk: on the client's open lead when there is one, else on a new incoming lead in the pipeline of its
 * source, with a contact made from the client's profile when there is none (spec 01 §3.4.6, §4 and §6).
 * Locks the participants until the commit.
 */
export async function openTalks(client: pg.ClientBase, topics: readonly TopicWithoutTalk[]): Promise<OpenedTalk[]> {
  if (topics.length === 0) return []
  const owners = await run<OwnerRow>(
    client,
    sql.findLeadOwners,
    columns(
      topics,
      (topic) => topic.accountId,
      (topic) => topic.chatId,
    ),
  )
  const [ids] = await run<{ contacts: string[]; leads: string[]; talks: string[] }>(client, sql.takeIds, [
    owners.filter((owner) => owner.contact_id === null).length,
    owners.filter((owner) => owner.lead_id === null).length,
    topics.length,
  ])
  if (!ids) throw new Error('No ids were given out.')
  const plan = planTalks(topics, owners, ids)
  await writePlan(client, plan)
  return plan.talks.map(({ talk }) => talk)
}

interface Plan {
  contacts: NewContact[]
  leads: NewLead[]
  talks: NewTalk[]
}

/** Two new chats of one person in the same batch share the contact and the lead. */
function planTalks(
  topics: readonly TopicWithoutTalk[],
  owners: readonly OwnerRow[],
  ids: { contacts: string[]; leads: string[]; talks: string[] },
): Plan {
  const plan: Plan = { contacts: [], leads: [], talks: [] }
  const ownerOf = new Map(owners.map((owner) => [owner.chat_id, owner]))
  const contactOf = new Map<ParticipantId, ContactId>()
  const leadOf = new Map<ContactId, LeadId>()
  for (const topic of topics) {
    const owner = ownerOf.get(topic.chatId)
    if (!owner) throw new Error(`Chat ${topic.chatId} has no participant.`)
    const { accountId, chatId } = topic
    let contactId = owner.contact_id ?? contactOf.get(owner.participant_id)
    if (contactId === undefined) {
      contactId = Number(ids.contacts[plan.contacts.length]) as ContactId
      contactOf.set(owner.participant_id, contactId)
      plan.contacts.push({ accountId, id: contactId, owner })
    }
    const openLead = owner.lead_id ?? leadOf.get(contactId)
    const leadId = openLead ?? (Number(ids.leads[plan.leads.length]) as LeadId)
    if (openLead === undefined) {
      leadOf.set(contactId, leadId)
      plan.leads.push({ accountId, id: leadId, title: owner.name, contactId, chatId, pipelineId: owner.pipeline_id })
    }
    const talkId = Number(ids.talks[plan.talks.length]) as TalkId
    plan.talks.push({ id: talkId, contactId, talk: { ...topic, leadId, isNewLead: openLead === undefined } })
  }
  return plan
}

interface IncomingStage {
  account_id: AccountId
  pipeline_id: PipelineId
  stage_id: StageId
  is_main: boolean
}

async function writePlan(client: pg.ClientBase, { contacts, leads, talks }: Plan): Promise<void> {
  const accountIds = [...new Set(leads.map((lead) => lead.accountId))]
  const stages = leads.length === 0 ? [] : await run<IncomingStage>(client, sql.findIncomingStages, [accountIds])
  const posts = talks.filter(({ talk }) => talk.postId !== null)
  const values = columns(
    talks,
    ({ talk }) => talk.accountId,
    (row) => row.id,
    ({ talk }) => talk.chatId,
    ({ talk }) => talk.leadId,
    (row) => row.contactId,
    ({ talk }) => talk.postId,
  )
  await Promise.all([
    ...(contacts.length === 0 ? [] : [writeContacts(client, contacts)]),
    ...(leads.length === 0 ? [] : [writeLeads(client, leads, stages)]),
    run(client, sql.insertTalks, values),
    linkChats(client, talks),
    ...(posts.length === 0 ? [] : [linkPosts(client, posts)]),
  ])
}

/** One row per chat: of a chat's own talk and a post's in one batch, the chat's own. */
async function linkChats(client: pg.ClientBase, talks: readonly NewTalk[]): Promise<void> {
  const byChat = new Map<ChatId, NewTalk>()
  for (const row of talks)
    if (row.talk.postId === null || !byChat.has(row.talk.chatId)) byChat.set(row.talk.chatId, row)
  const values = columns(
    [...byChat.values()],
    ({ talk }) => talk.accountId,
    ({ talk }) => talk.chatId,
    (row) => row.contactId,
    ({ talk }) => talk.leadId,
    (row) => (row.talk.postId === null ? row.id : null),
  )
  await run(client, sql.linkTalks, values)
}

async function linkPosts(client: pg.ClientBase, posts: readonly NewTalk[]): Promise<void> {
  const values = columns(
    posts,
    ({ talk }) => talk.accountId,
    ({ talk }) => talk.chatId,
    ({ talk }) => talk.postId,
    (row) => row.id,
  )
  await run(client, sql.linkPosts, values)
}

async function writeContacts(client: pg.ClientBase, contacts: readonly NewContact[]): Promise<void> {
  const [accounts, ids, names, phones, emails, participants] = columns(
    contacts,
    (contact) => contact.accountId,
    (contact) => contact.id,
    ({ owner }) => owner.name,
    ({ owner }) => owner.phone,
    ({ owner }) => owner.email,
    ({ owner }) => owner.participant_id,
  )
  await Promise.all([
    run(client, sql.insertContacts, [accounts, ids, names, phones, emails]),
    run(client, sql.linkContacts, [accounts, participants, ids]),
  ])
}

async function writeLeads(
  client: pg.ClientBase,
  leads: readonly NewLead[],
  stages: readonly IncomingStage[],
): Promise<void> {
  const stage = (lead: NewLead) => {
    const ofAccount = stages.filter((each) => each.account_id === lead.accountId)
    // A source may name a pipeline that has no place for incoming leads any more.
    const found =
      ofAccount.find((each) => each.pipeline_id === lead.pipelineId) ?? ofAccount.find((each) => each.is_main)
    if (!found) throw new Error(`Account ${lead.accountId} has no main pipeline with an incoming stage.`)
    return found
  }
  const values = columns(
    leads,
    (lead) => lead.accountId,
    (lead) => lead.id,
    (lead) => lead.title,
    (lead) => stage(lead).pipeline_id,
    (lead) => stage(lead).stage_id,
    (lead) => lead.contactId,
    (lead) => lead.chatId,
  )
  await run(client, sql.insertLeads, values)
}
