import { randomUUID } from 'node:crypto'
import type { DemoAccount } from './demo-page.ts'

/** What the notification centre shows beside messages: a colleague who asks for help, and a lead that is handed over. */
export async function makeDemoNotices({ chats, clients, users }: DemoAccount): Promise<void> {
  const [first, second] = [...chats.entries()].filter(
    ([name, { lead }]) => name !== 'Nora Lind' && lead !== null && !lead.isIncoming,
  )
  const { admin } = users
  await clients.manager.post(`/chats/${first![1].chatId}/notes`, {
    id: randomUUID(),
    text: `@${admin.name} can we give 5 % on forty pieces?`,
    mentions: [admin.id],
  })
  await clients.tom.patch(`/leads/${second![1].lead!.id}`, { responsibleUserId: admin.id })
  await clients.admin.patch('/notification-settings', {
    quiet: { isOn: true, from: 20 * 60, to: 8 * 60, days: [1, 2, 3, 4, 5] },
    timeZone: 'Europe/Lisbon',
  })
}
