import type {
  ChangeContactInput,
  ChangeLeadRequest,
  ContactId,
  ContactRow,
  FieldId,
  FieldValue,
  Lead,
  LeadDetails,
  LeadId,
} from '@parley/protocol/model'
import type { QueryClient } from '@tanstack/react-query'
import { changeLead } from '../board/endpoints.ts'
import { changeContact } from '../contacts/queries.ts'
import { dated, hasTold } from '../fresh.ts'
import { showAnswer } from '../show-answer.ts'
import type { HeldDetails } from './apply-to-details.ts'
import * as endpoints from './endpoints.ts'
import { detailsKey } from './lead-details.ts'

type Was = NonNullable<ChangeLeadRequest['was']>

/** Changes a lead, and shows what came of it. */
async function show(client: QueryClient, change: () => Promise<Lead>): Promise<Lead> {
  const { answer: lead, since } = await dated(change)
  showAnswer(client, since, { type: 'lead.updated', lead })
  return lead
}

/** Changes one field, unless it is something else by now than what was seen: then it is refused with whose it is. */
export const changeField = <Field extends keyof Was & keyof ChangeLeadRequest>(
  client: QueryClient,
  id: LeadId,
  field: Field,
  value: ChangeLeadRequest[Field],
  was: Was[Field],
) => show(client, () => changeLead(id, { [field]: value, was: { [field]: was } }))

export const changeOwnField = (
  client: QueryClient,
  id: LeadId,
  fieldId: FieldId,
  value: FieldValue | null,
  was: FieldValue | null,
) => show(client, () => endpoints.changeLeadFields(id, { values: { [fieldId]: value }, was: { [fieldId]: was } }))

export const changeTags = (
  client: QueryClient,
  id: LeadId,
  tags: Pick<ChangeLeadRequest, 'addTagIds' | 'removeTagIds'>,
) => show(client, () => changeLead(id, tags))

/** The same for a change that is answered with the whole card. */
async function showDetails(client: QueryClient, change: () => Promise<LeadDetails>): Promise<void> {
  const { answer: details, since } = await dated(change)
  const { contacts: _, chats: __, openTasks: ___, ...lead } = details
  if (hasTold(since, { lead })) return
  client.setQueryData<HeldDetails | null>(detailsKey(lead.id), (held) => (held ? { ...held, ...details } : held))
  showAnswer(client, since, { type: 'lead.updated', lead })
}

export const addPerson = (client: QueryClient, id: LeadId, person: endpoints.LeadPerson) =>
  showDetails(client, () => endpoints.addLeadContact(id, person))

export const removePerson = (client: QueryClient, id: LeadId, contactId: ContactId) =>
  showDetails(client, () => endpoints.removeLeadContact(id, contactId))

/** Changes somebody on a lead's card. */
export async function changePerson(
  client: QueryClient,
  id: ContactId,
  change: ChangeContactInput,
): Promise<ContactRow> {
  const { answer: contact, since } = await dated(() => changeContact(client, id, change))
  showAnswer(client, since, { type: 'contact.updated', contact })
  return contact
}
