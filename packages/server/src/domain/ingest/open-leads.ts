import type {
  AccountId,
  ChatId,
  ContactId,
  LeadId,
  MessageId,
  ParticipantId,
  PipelineId,
  StageId,
  TalkId,
} from '@parley/protocol/model'
import type pg from 'pg'
import { columns, run } from '../../db/statement.ts'
import * as sql from './statements.ts'

/** A chat with a message to answer and no talk (or no lead) open. */
export interface ChatWithoutTalk {
  accountId: AccountId
  chatId: ChatId
  /** The message that opens it. */
  messageId: MessageId
}

export interface OpenedTalk extends ChatWithoutTalk {
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
}

interface NewTalk {
  id: TalkId
  contactId: ContactId
  talk: OpenedTalk
}

/**
 * Gives every chat a talk: on the client's open lead when there is one, else on a new incoming lead of the main
 * pipeline, with a contact made from the client's profile when there is none (spec 01 §3.4.6 and §6).
 * Locks the participants until the commit.
 */
export async function openTalks(client: pg.ClientBase, chats: readonly ChatWithoutTalk[]): Promise<OpenedTalk[]> {
  if (chats.length === 0) return []
  const owners = await run<OwnerRow>(
    client,
    sql.findLeadOwners,
    columns(
      chats,
      (chat) => chat.accountId,
      (chat) => chat.chatId,
    ),
  )
  const [ids] = await run<{ contacts: string[]; leads: string[]; talks: string[] }>(client, sql.takeIds, [
    owners.filter((owner) => owner.contact_id === null).length,
    owners.filter((owner) => owner.lead_id === null).length,
    owners.length,
  ])
  if (!ids) throw new Error('No ids were given out.')
  const plan = planTalks(chats, owners, ids)
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
  chats: readonly ChatWithoutTalk[],
  owners: readonly OwnerRow[],
  ids: { contacts: string[]; leads: string[]; talks: string[] },
): Plan {
  const plan: Plan = { contacts: [], leads: [], talks: [] }
  const ownerOf = new Map(owners.map((owner) => [owner.chat_id, owner]))
  const contactOf = new Map<ParticipantId, ContactId>()
  const leadOf = new Map<ContactId, LeadId>()
  for (const chat of chats) {
    const owner = ownerOf.get(chat.chatId)
    if (!owner) throw new Error(`Chat ${chat.chatId} has no participant.`)
    let contactId = owner.contact_id ?? contactOf.get(owner.participant_id)
    if (contactId === undefined) {
      contactId = Number(ids.contacts[plan.contacts.length]) as ContactId
      contactOf.set(owner.participant_id, contactId)
      plan.contacts.push({ accountId: chat.accountId, id: contactId, owner })
    }
    const openLead = owner.lead_id ?? leadOf.get(contactId)
    const leadId = openLead ?? (Number(ids.leads[plan.leads.length]) as LeadId)
    if (openLead === undefined) {
      leadOf.set(contactId, leadId)
      plan.leads.push({ accountId: chat.accountId, id: leadId, title: owner.name, contactId, chatId: chat.chatId })
    }
    const talkId = Number(ids.talks[plan.talks.length]) as TalkId
    plan.talks.push({ id: talkId, contactId, talk: { ...chat, leadId, isNewLead: openLead === undefined } })
  }
  return plan
}

interface IncomingStage {
  account_id: AccountId
  pipeline_id: PipelineId
  stage_id: StageId
}

async function writePlan(client: pg.ClientBase, { contacts, leads, talks }: Plan): Promise<void> {
  const accountIds = [...new Set(leads.map((lead) => lead.accountId))]
  const stages = leads.length === 0 ? [] : await run<IncomingStage>(client, sql.findIncomingStages, [accountIds])
  const stageOf = new Map(stages.map((stage) => [stage.account_id, stage]))
  const links = columns(
    talks,
    ({ talk }) => talk.accountId,
    ({ talk }) => talk.chatId,
    (row) => row.contactId,
    ({ talk }) => talk.leadId,
    (row) => row.id,
  )
  const [accounts, chatIds, contactIds, leadIds, talkIds] = links
  await Promise.all([
    ...(contacts.length === 0 ? [] : [writeContacts(client, contacts)]),
    ...(leads.length === 0 ? [] : [writeLeads(client, leads, stageOf)]),
    run(client, sql.insertTalks, [accounts, talkIds, chatIds, leadIds, contactIds]),
    run(client, sql.linkTalks, links),
  ])
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
  stageOf: ReadonlyMap<AccountId, IncomingStage>,
): Promise<void> {
  const stage = (lead: NewLead) => {
    const found = stageOf.get(lead.accountId)
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
