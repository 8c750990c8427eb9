import type { NewTaskRequest, Task } from '@parley/protocol/model'
import type { DemoAccount } from './demo-page.ts'

const HOUR_MS = 60 * 60_000
const DAY_MS = 24 * HOUR_MS

/** The admin's own plate, over a few days and about real leads, and what a colleague is to do. */
export async function makeDemoTasks({ clients, users, chats }: DemoAccount): Promise<void> {
  const leadOf = (name: string) => {
    const lead = chats.get(name)?.lead
    return lead ? { leadId: lead.id, contactId: lead.contact!.id } : {}
  }
  const now = Math.floor(Date.now() / HOUR_MS) * HOUR_MS
  const day = (days: number) => new Date(now + days * DAY_MS).toISOString().slice(0, 10)
  const tasks: NewTaskRequest[] = [
    { kind: 'call', text: 'Ask whether the frame fits her brother', dueAt: now - 20 * HOUR_MS, ...leadOf('Nora Lind') },
    { kind: 'other', text: 'Send the invoice again, with the VAT number', dueAt: now - 3 * HOUR_MS },
    { kind: 'meeting', text: 'Test ride with Omar and his daughter', dueOn: day(0), ...leadOf('Omar Haddad') },
    { kind: 'other', text: 'Order brake pads', dueOn: day(1) },
    { kind: 'call', text: 'Confirm the delivery with the carrier', dueAt: now + 26 * HOUR_MS },
    { kind: 'other', text: 'Count the helmets', dueOn: day(3) },
    { kind: 'meeting', text: 'Supplier from Porto', dueAt: now + 5 * DAY_MS },
    { kind: 'other', text: 'Renew the insurance', dueOn: day(2), responsibleUserId: users.tom.id },
  ]
  for (const task of tasks) await clients.admin.post<Task>('/tasks', task)
  const done = await clients.admin.post<Task>('/tasks', { kind: 'call', text: 'Ring the workshop', dueAt: now })
  await clients.admin.post(`/tasks/${done.id}/done`, { result: 'The wheel is ready on Friday.' })
}
