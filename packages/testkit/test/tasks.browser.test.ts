import type { ChatId, Lead, Task } from '@parley/protocol/model'
import { aNewMessage, aSender, launchBrowser, startTestWorld, type TestChannel, type TestWorld } from '@parley/testkit'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

const DEADLINE_MS = 30_000
const HOUR_MS = 60 * 60_000
const DAY_MS = 24 * HOUR_MS

let world: TestWorld
let browser: Browser
let channel: TestChannel
let page: Page

beforeAll(async () => {
  ;[world, browser] = await Promise.all([startTestWorld({ clock: 'system' }), launchBrowser()])
  channel = await world.aChannel()
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' })
  context.setDefaultTimeout(DEADLINE_MS)
  page = await context.newPage()
  const { email, password } = channel.account.admin
  await page.goto(`${world.url}/login`)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await page.waitForURL('**/inbox**')
})
afterAll(async () => {
  await browser?.close()
  await world?.stop()
})
beforeEach(async () => {
  await world.deps.db.deleteFrom('task').where('account_id', '=', channel.account.id).execute()
})

async function aLead(name: string): Promise<Lead> {
  const admin = await channel.account.asAdmin()
  const ids = await channel.send(aNewMessage({ text: `From ${name}`, sender: aSender({ id: `id-${name}`, name }) }))
  const { lead } = await admin.getChat(ids.conversation_id as ChatId)
  return admin.acceptLead(lead!.id)
}

const aTask = async (text: string, dueAt: number, more: object = {}) =>
  (await channel.account.asAdmin()).post<Task>('/tasks', { text, dueAt, ...more })
const list = () => page.getByRole('region', { name: 'Tasks' })
/** Heads and texts, from the top. */
const lines = () =>
  list()
    .locator('h2, bdi')
    .evaluateAll((found) => found.map((one) => one.textContent))

test('a task is made by keyboard, done with what came of it, and taken back', async () => {
  await page.goto(`${world.url}/inbox`)
  await page.getByRole('link', { name: 'Tasks' }).waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('t')
  await page.getByText('Nothing to do').waitFor()
  await page.keyboard.press('t')
  await page.getByLabel('What is to be done').fill('Call the harbour')
  await page.getByRole('button', { name: 'Today', exact: true }).click()
  await page.getByRole('button', { name: 'Add task' }).click()
  await list().getByText('Call the harbour').waitFor()
  expect(await lines()).toEqual(expect.arrayContaining(['Today1', 'Call the harbour']))

  await page.getByRole('button', { name: 'Mark as done: Call the harbour' }).click()
  await page.getByLabel('What came of it').fill('They open at nine.')
  await page.keyboard.press('Enter')
  await page.getByText('Nothing to do').waitFor()
  await page.getByRole('radio', { name: 'Done' }).check({ force: true })
  await list().getByText('They open at nine.').waitFor()
  await page.getByRole('button', { name: 'Open again: Call the harbour' }).click()
  await page.getByText('Nothing done yet').waitFor()
})

test('the list follows what colleagues do, stands in its groups, and leads to what a task is about', async () => {
  const lead = await aLead('Nora Lind')
  await page.goto(`${world.url}/tasks`)
  await page.getByText('Nothing to do').waitFor()
  await aTask('Later', Date.now() + 5 * DAY_MS)
  const late = await aTask('Late', Date.now() - HOUR_MS, { leadId: lead.id })
  await list().getByText('Late', { exact: true }).last().waitFor()
  await list().getByText('Later', { exact: true }).last().waitFor()
  const shown = await lines()
  expect(shown.indexOf('Late1')).toBeLessThan(shown.indexOf('Later1'))

  await page.getByRole('button', { name: 'Actions for the task: Late', exact: true }).click()
  await page.getByRole('menuitem', { name: 'In 3 days' }).click()
  await expect.poll(lines).toEqual(expect.arrayContaining(['Later2']))
  const admin = await channel.account.asAdmin()
  expect((await admin.get<Task>(`/tasks/${late.id}`)).dueAt).toBeGreaterThan(Date.now() + 2 * DAY_MS)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(lines).toEqual(expect.arrayContaining(['Late1', 'Later1']))
  await list().getByRole('link', { name: lead.title }).click()
  await page.waitForURL(`**/leads/${lead.id}**`)
})

test('of thousands only those in view are drawn, and the last one is reached', async () => {
  const { admin } = channel.account
  const { db } = world.deps
  await db
    .insertInto('task')
    .values(
      Array.from({ length: 1500 }, (_, n) => ({
        account_id: channel.account.id,
        kind: 'other' as const,
        text: `No ${n}`,
        due_at: new Date(Date.now() + 3 * DAY_MS + n * 1000),
        responsible_user_id: admin.id,
        created_at: new Date(),
      })),
    )
    .execute()
  await page.goto(`${world.url}/tasks`)
  await list().getByText('No 0', { exact: true }).waitFor()
  expect(await list().getByRole('listitem').count()).toBeLessThan(60)
  await list().focus()
  await expect
    .poll(
      async () => {
        await page.keyboard.press('End')
        return list().getByText('No 1499', { exact: true }).count()
      },
      { timeout: DEADLINE_MS },
    )
    .toBe(1)
  expect(await list().getByRole('listitem').count()).toBeLessThan(60)
})

test('in the week a task goes to another day by keys and by dragging', async () => {
  // In the middle of a week to come, so that both days beside it are in view.
  const monday = new Date()
  monday.setDate(monday.getDate() + 7 - ((monday.getDay() + 6) % 7))
  const wednesday = new Date(monday.getFullYear(), monday.getMonth(), monday.getDate() + 2, 15)
  const { id } = await aTask('Fit the wheel', wednesday.getTime())
  const key = (date: Date) => new Date(date.getTime() + 12 * HOUR_MS).toISOString().slice(0, 10)
  await page.goto(`${world.url}/tasks?view=week&day=${key(monday)}`)
  const card = page.getByRole('link', { name: /Fit the wheel/ })
  const dayOf = (name: string) => page.getByRole('region', { name: new RegExp(`^${name}`) })
  await dayOf('Wednesday')
    .getByRole('link', { name: /Fit the wheel/ })
    .waitFor()
  await card.focus()
  await page.keyboard.press('Shift+ArrowRight')
  const moved = dayOf('Thursday').getByRole('link', { name: /Fit the wheel/ })
  await moved.waitFor()
  await expect.poll(() => moved.evaluate((one) => one === one.ownerDocument.activeElement)).toBe(true)
  await card.dragTo(dayOf('Tuesday'))
  await dayOf('Tuesday')
    .getByRole('link', { name: /Fit the wheel/ })
    .waitFor()
  const { dueAt } = await (await channel.account.asAdmin()).get<Task>(`/tasks/${id}`)
  expect(new Date(dueAt).getHours()).toBe(15)
  expect(new Date(dueAt).getDay()).toBe(2)
  await card.click()
  await page.getByRole('dialog', { name: 'Task' }).getByText('Fit the wheel').waitFor()
})

test('a person’s data are saved as a file and erased when the name is typed', async () => {
  const lead = await aLead('Ole Brandt')
  await page.goto(`${world.url}/contacts/${lead.contact!.id}`)
  await page.getByRole('button', { name: 'Actions of the contact' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Export data' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('Ole Brandt.json')
  await page.getByRole('button', { name: 'Actions of the contact' }).click()
  await page.getByRole('menuitem', { name: 'Erase data…' }).click()
  const erase = page.getByRole('button', { name: 'Erase for good' })
  expect(await erase.isDisabled()).toBe(true)
  await page.getByLabel('Type the name to confirm: Ole Brandt').fill('Ole Brand')
  expect(await erase.isDisabled()).toBe(true)
  await page.keyboard.type('t')
  await erase.click()
  await page.getByText('Ole Brandt is being erased').waitFor()
  const admin = await channel.account.asAdmin()
  expect((await admin.request('GET', `/contacts/${lead.contact!.id}`)).status).toBe(404)
})
