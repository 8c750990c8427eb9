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
import { applyEvents } from '../apply-events.ts'
import { changeLead } from '../board/endpoints.ts'
import { changeContact } from '../contacts/queries.ts'
import type { HeldDetails } from './apply-to-details.ts'
import * as endpoints from './endpoints.ts'
import { detailsKey } from './lead-details.ts'

type Was = NonNullable<ChangeLeadRequest['was']>

function show(client: QueryClient, lead: Lead): Lead {
  applyEvents(client, [{ seq: 0, type: 'lead.updated', lead }])
  return lead
}

/** Changes one field, unless it is something else by now than what was seen: then it is refused with whose it is. */
export const changeField = async <Field extends keyof Was & keyof ChangeLeadRequest>(
  client: QueryClient,
  id: LeadId,
  field: Field,
  value: ChangeLeadRequest[Field],
  was: Was[Field],
) => show(client, await changeLead(id, { [field]: value, was: { [field]: was } }))

export const changeOwnField = async (
  client: QueryClient,
  id: LeadId,
  fieldId: FieldId,
  value: FieldValue | null,
  was: FieldValue | null,
) => show(client, await endpoints.changeLeadFields(id, { values: { [fieldId]: value }, was: { [fieldId]: was } }))

export const changeTags = async (
  client: QueryClient,
  id: LeadId,
  tags: Pick<ChangeLeadRequest, 'addTagIds' | 'removeTagIds'>,
) => show(client, await changeLead(id, tags))

function showDetails(client: QueryClient, details: LeadDetails): void {
  client.setQueryData<HeldDetails | null>(detailsKey(details.id), (held) => (held ? { ...held, ...details } : held))
  const { contacts: _, chats: __, openTasks: ___, ...lead } = details
  show(client, lead)
}

export const addPerson = async (client: QueryClient, id: LeadId, person: endpoints.LeadPerson) =>
  showDetails(client, await endpoints.addLeadContact(id, person))

export const removePerson = async (client: QueryClient, id: LeadId, contactId: ContactId) =>
  showDetails(client, await endpoints.removeLeadContact(id, contactId))

/** Changes somebody on a lead's card. */
export async function changePerson(
  client: QueryClient,
  id: ContactId,
  change: ChangeContactInput,
): Promise<ContactRow> {
  const contact = await changeContact(client, id, change)
  applyEvents(client, [{ seq: 0, type: 'contact.updated', contact }])
  return contact
}
