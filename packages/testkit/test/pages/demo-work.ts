import type { CustomField } from '@parley/protocol/model'
import type { DemoAccount } from './demo-page.ts'

/** Fields of leads and contacts with something in them, the lines of a channel, and somebody who is known twice. */
export async function makeDemoWork({ clients: { admin }, chats, channels }: DemoAccount): Promise<void> {
  const made: CustomField[] = []
  for (const field of FIELDS) made.push(await admin.post<CustomField>('/fields', field))
  const size = made.find(({ name }) => name === 'Size')!
  const lead = chats.get('Nora Lind')!.lead!
  await admin.patch(`/leads/${lead.id}/fields`, { values: { [size.id]: size.options[1]!.id } })
  await admin.post('/contacts', {
    name: 'N. Lind',
    company: 'Lind Cycles',
    points: [{ kind: 'phone', value: '+46 70 000 00 55', label: null }],
  })
  const path = `/channels/${channels[0]!.id}/sources`
  await admin.post(path, { externalId: 'shop-1', name: 'Shop at the harbour', isDefault: true })
  await admin.post(path, { externalId: '+46 70 000 00 55', name: 'Service line' })
}

const FIELDS = [
  { entity: 'lead', type: 'select', name: 'Size', options: [{ name: 'S' }, { name: 'M' }, { name: 'L' }] },
  { entity: 'lead', type: 'text', name: 'Frame number' },
  { entity: 'lead', type: 'date', name: 'Pick-up day', isRequired: true },
  { entity: 'contact', type: 'date', name: 'Birthday' },
]
