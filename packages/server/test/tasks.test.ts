import type { NotificationPage, NotificationSettingsChange, Page, Task, User } from '@parley/protocol/model'
import { ringTasks, sql } from '@parley/server/internals'
import { type AppClient, PushReceiver, startTestWorld, type TestWorld, waitUntil } from '@parley/testkit'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** A Monday. */
const MORNING = new Date('2027-03-01T06:30:00Z')

let world: TestWorld
beforeEach(async () => {
  world = await startTestWorld({ clock: MORNING })
})
afterEach(() => world.stop())

async function aTeam() {
  const account = await world.anAccount()
  const [admin, manager] = [await account.asAdmin(), await account.asManager()]
  const forMax = (text: string, dueAt = world.now().getTime() + HOUR_MS) =>
    admin.post<Task>('/tasks', { text, dueAt, responsibleUserId: account.manager.id })
  return { account, admin, manager, forMax }
}

const noticesOf = async (client: AppClient) => (await client.get<NotificationPage>('/notifications')).items
/** Every event so far was looked at by the follower of facts. */
const settled = () =>
  waitUntil('the follower', async () => {
    await world.clock.advance(1000)
    const { rows } = await sql<{ behind: number }>`
      select count(*) as behind from account_seq s
      left join event_cursor c on c.account_id = s.account_id and c.follower = 'notifications'
      where s.last_seq > coalesce(c.seq, 0)`.execute(world.deps.db)
    return rows[0]!.behind === 0
  })
const seenBy = async (client: AppClient) => {
  await settled()
  return (await noticesOf(client)).map(({ kind, title }) => `${kind}: ${title}`)
}
/** Whatever is due by then has rung. */
async function passTime(ms: number) {
  await world.clock.jump(ms)
  await waitUntil('what is due', async () => {
    await ringTasks(world.deps)
    // What the server itself is ringing is passed over until it has done so.
    const { rows } = await sql`select 1 from task
      where ring_at <= ${world.now()} and done_at is null and deleted_at is null`.execute(world.deps.db)
    return rows.length === 0
  })
}

describe('a task that is given', () => {
  test('is told to its user: by whom, and what', async () => {
    const { account, manager, admin, forMax } = await aTeam()
    const { id } = await forMax('Call Nora back')
    expect(await seenBy(manager)).toEqual(['task_assigned: Call Nora back'])
    const [notice] = await noticesOf(manager)
    expect(notice).toMatchObject({ taskId: id, isForMe: true, actor: { name: account.admin.name } })
    expect(await seenBy(admin)).toEqual([])
  })

  test('is told again when it comes back, and not when anything else of it is changed', async () => {
    const { account, manager, admin, forMax } = await aTeam()
    const { id } = await forMax('Ring')
    await settled()
    await admin.patch(`/tasks/${id}`, { text: 'Ring twice' })
    expect(await seenBy(manager)).toHaveLength(1)
    await admin.patch(`/tasks/${id}`, { responsibleUserId: account.admin.id })
    await settled()
    await admin.patch(`/tasks/${id}`, { responsibleUserId: account.manager.id })
    expect(await seenBy(manager)).toEqual(['task_assigned: Ring twice', 'task_assigned: Ring twice'])
  })

  test('is not told to who made it for himself, nor to whom it was taken from at once', async () => {
    const { account, manager, admin } = await aTeam()
    const { id } = await manager.post<Task>('/tasks', { text: 'Own', dueAt: world.now().getTime() + HOUR_MS })
    expect(await seenBy(manager)).toEqual([])
    await manager.patch(`/tasks/${id}`, { responsibleUserId: account.admin.id })
    expect(await seenBy(admin)).toEqual(['task_assigned: Own'])
    expect(await seenBy(manager)).toEqual([])
  })

  test('says nothing any more once it was deleted', async () => {
    const { manager, admin, forMax } = await aTeam()
    const { id } = await forMax('A mistake')
    expect(await seenBy(manager)).toHaveLength(1)
    await admin.delete(`/tasks/${id}`)
    expect(await seenBy(manager)).toEqual([])
  })
})

describe('a task that is due', () => {
  const dueOf = async (client: AppClient) => (await seenBy(client)).filter((line) => line.startsWith('task_due'))
  const mine = (client: AppClient, given: object) => client.post<Task>('/tasks', { text: 'Call', ...given })

  test('rings at its time and not before, for its user alone', async () => {
    const { admin, manager } = await aTeam()
    await mine(manager, { dueAt: MORNING.getTime() + HOUR_MS })
    await passTime(59 * MINUTE_MS)
    expect(await dueOf(manager)).toEqual([])
    await passTime(MINUTE_MS)
    expect(await dueOf(manager)).toEqual(['task_due: Call'])
    expect(await dueOf(admin)).toEqual([])
  })

  test('rings once, however many processes look and however often they start', async () => {
    const { manager } = await aTeam()
    for (const text of ['One', 'Two', 'Three']) await mine(manager, { text, dueAt: MORNING.getTime() + HOUR_MS })
    await world.clock.jump(2 * HOUR_MS)
    await Promise.all(Array.from({ length: 4 }, () => ringTasks(world.deps)))
    await world.restart()
    await passTime(HOUR_MS)
    expect((await dueOf(manager)).sort()).toEqual(['task_due: One', 'task_due: Three', 'task_due: Two'])
  })

  test('rings after a start when its time came while nobody ran', async () => {
    const { manager } = await aTeam()
    await mine(manager, { dueAt: MORNING.getTime() + HOUR_MS })
    const restarting = world.restart()
    await world.clock.jump(5 * HOUR_MS)
    await restarting
    await waitUntil('the reminder', async () => {
      await world.clock.advance(5000)
      return (await dueOf(manager)).length === 1
    })
  })

  test('does not ring when it is done, deleted or moved by then', async () => {
    const { manager } = await aTeam()
    const dueAt = MORNING.getTime() + HOUR_MS
    const [done, deleted, moved] = [
      await mine(manager, { dueAt }),
      await mine(manager, { dueAt }),
      await mine(manager, { dueAt }),
    ]
    await manager.post(`/tasks/${done.id}/done`, {})
    await manager.delete(`/tasks/${deleted.id}`)
    await manager.patch(`/tasks/${moved.id}`, { text: 'Moved', dueAt: dueAt + HOUR_MS })
    await passTime(HOUR_MS)
    expect(await dueOf(manager)).toEqual([])
    // Taken up again, what is late is not news.
    await manager.post(`/tasks/${done.id}/reopen`)
    await manager.post(`/tasks/${deleted.id}/restore`)
    await passTime(HOUR_MS)
    expect(await dueOf(manager)).toEqual(['task_due: Moved'])
  })

  test('rings again when it is put off after it rang, and never when it was late from the start', async () => {
    const { manager } = await aTeam()
    const { id } = await mine(manager, { dueAt: MORNING.getTime() + HOUR_MS })
    await mine(manager, { text: 'Late', dueAt: MORNING.getTime() - HOUR_MS })
    await passTime(HOUR_MS)
    await manager.patch(`/tasks/${id}`, { dueAt: world.now().getTime() + HOUR_MS })
    await passTime(HOUR_MS)
    expect(await dueOf(manager)).toEqual(['task_due: Call', 'task_due: Call'])
  })

  test('of a whole day rings when work begins, where the account is', async () => {
    const { admin, manager } = await aTeam()
    await admin.patch('/account', { timeZone: 'America/Sao_Paulo' })
    await mine(manager, { text: 'Usual', dueOn: '2027-03-02' })
    const week = [[], [[7 * 60, 12 * 60]], [], [], [], [], []]
    await admin.request('PUT', '/account/working-hours', { workingHours: { week, holidays: [] } })
    await mine(manager, { text: 'Early', dueOn: '2027-03-02' })
    // São Paulo is three hours behind: 10:00 and 12:00.
    await passTime(Date.parse('2027-03-02T09:59:00Z') - MORNING.getTime())
    expect(await dueOf(manager)).toEqual([])
    await passTime(MINUTE_MS)
    expect(await dueOf(manager)).toEqual(['task_due: Early'])
    await passTime(2 * HOUR_MS)
    expect(await dueOf(manager)).toEqual(['task_due: Usual', 'task_due: Early'])
  })

  test('is pushed, unless it is switched off or his hours are quiet', async () => {
    const pushes = await PushReceiver.start()
    const { manager } = await aTeam()
    await manager.post('/push/browsers', pushes.aBrowser())
    const set = (settings: NotificationSettingsChange) => manager.patch('/notification-settings', settings)
    await mine(manager, { text: 'Aloud', dueAt: MORNING.getTime() + HOUR_MS })
    await passTime(HOUR_MS)
    const { payload } = await world.clock.advanceUntil(pushes.next(10_000))
    expect(payload).toMatchObject({ title: 'Task due: Aloud', url: expect.stringMatching(/^\/tasks\?task=\d+$/) })

    await set({ quiet: { isOn: true, from: 0, to: 12 * 60, days: [1, 2, 3, 4, 5, 6, 7] }, timeZone: 'UTC' })
    await mine(manager, { text: 'Quiet', dueAt: world.now().getTime() + HOUR_MS })
    await passTime(HOUR_MS)
    expect(await dueOf(manager)).toEqual(['task_due: Quiet', 'task_due: Aloud'])
    await set({ quiet: { isOn: false, from: 0, to: 0, days: [] }, kinds: { task_due: { inApp: false } } })
    await mine(manager, { text: 'Unwanted', dueAt: world.now().getTime() + HOUR_MS })
    await passTime(HOUR_MS)
    expect(await dueOf(manager)).toEqual([])
    await settled()
    const { rows } = await sql<{ n: number }>`select count(*) as n from push_delivery`.execute(world.deps.db)
    expect(rows[0]!.n).toBe(0)
    await pushes.stop()
  })
})

describe('the list of tasks', () => {
  test('is told apart by days and kinds, and one is read by its id', async () => {
    const { manager } = await aTeam()
    const day = (text: string, at: string, kind = 'other') =>
      manager.post<Task>('/tasks', { text, dueAt: Date.parse(at), kind })
    await day('Late', '2027-03-01T05:00:00Z', 'call')
    await day('Today', '2027-03-01T20:00:00Z')
    await day('Tomorrow', '2027-03-02T20:00:00Z', 'call')
    const later = await day('Later', '2027-03-03T00:00:00Z')
    const textsOf = async (query: string) =>
      (await manager.get<Page<Task>>(`/tasks?${query}`)).items.map(({ text }) => text)
    for (const [when, text] of [
      ['late', 'Late'],
      ['today', 'Today'],
      ['tomorrow', 'Tomorrow'],
      ['later', 'Later'],
    ])
      expect(await textsOf(`when=${when}`)).toEqual([text])
    expect(await textsOf('kind=call')).toEqual(['Late', 'Tomorrow'])
    expect(await manager.get<Task>(`/tasks/${later.id}`)).toEqual(later)
    await manager.delete(`/tasks/${later.id}`)
    expect((await manager.request('GET', `/tasks/${later.id}`)).status).toBe(404)
  })
})

describe('who is switched off', () => {
  test.each([
    ['an heir', (users: { manager: User }) => users.manager.id],
    ['nobody: then to who did it', () => null],
  ])('hands his open tasks to %s', async (_, heirOf) => {
    const { account, admin, manager } = await aTeam()
    const leaving = await account.aUser({ name: 'Lea Roth' })
    const client = await leaving.logIn()
    const dueAt = MORNING.getTime() + HOUR_MS
    const open = await client.post<Task>('/tasks', { text: 'Open', dueAt })
    const done = await client.post<Task>('/tasks', { text: 'Done', dueAt })
    await client.post(`/tasks/${done.id}/done`, {})
    const handOverTo = heirOf({ manager: manager.me.user })
    await admin.post(`/users/${leaving.id}/disable`, { handOverTo })
    const heir = handOverTo ?? account.admin.id
    expect((await admin.get<Task>(`/tasks/${open.id}`)).responsible.id).toBe(heir)
    expect((await admin.get<Task>(`/tasks/${done.id}`)).responsible.id).toBe(leaving.id)
    await passTime(HOUR_MS)
    const told = handOverTo === null ? ['task_due: Open'] : ['task_due: Open', 'task_assigned: Open']
    expect((await seenBy(handOverTo === null ? admin : manager)).sort()).toEqual(told.sort())
  })
})
