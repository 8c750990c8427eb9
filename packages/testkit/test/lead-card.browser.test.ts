import {
  type ChatId,
  type CustomField,
  type FeedPage,
  type Lead,
  type LeadDetails,
  type Page as ListPage,
  MANAGER_RIGHTS,
  type Task,
} from '@parley/protocol/model'
import {
  type AppClient,
  aNewMessage,
  aSender,
  giveRole,
  type HookReceiver,
  launchBrowser,
  openAs,
  startTestWorld,
  type TestChannel,
  type TestUser,
  type TestWorld,
  waitUntil,
} from '@parley/testkit'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'

const DEADLINE_MS = 30_000

let world: TestWorld
let browser: Browser
let context: BrowserContext
let hook: HookReceiver
let channel: TestChannel
let admin: AppClient
let lead: Lead
let chatId: ChatId

beforeAll(async () => {
  ;[world, browser] = await Promise.all([startTestWorld({ clock: 'system' }), launchBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await world?.stop()
})
beforeEach(async () => {
  hook = await world.aHookReceiver()
  channel = await world.aChannel({ hook })
  admin = await channel.account.asAdmin()
  const sender = aSender({ id: 'nora', name: 'Nora Lind', phone: '+46 70 000 00 55' })
  const ids = await channel.send(aNewMessage({ text: 'Is the blue one still there?', sender }))
  chatId = ids.conversation_id as ChatId
  const chat = await admin.getChat(chatId)
  lead = await admin.acceptLead(chat.lead!.id)
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' })
  context.setDefaultTimeout(DEADLINE_MS)
})
afterEach(() => context.close())

async function open(path: string, user: TestUser = channel.account.admin): Promise<Page> {
  const page = await openAs(context, world.url, user, path)
  return page
}

const now = () => admin.get<Lead>(`/leads/${lead.id}`)
const feed = (page: Page) => page.getByRole('log', { name: 'What happened' })
const addField = (body: object) => admin.post<CustomField>('/fields', { entity: 'lead', ...body })

describe('the page of a lead', () => {
  test('is where a lead is worked on: fields, tasks, notes, the reply, and what becomes of all of it', async () => {
    const size = await addField({ type: 'select', name: 'Size', options: [{ name: 'M' }, { name: 'L' }] })
    const site = await addField({ type: 'url', name: 'Web site', section: 'Links' })
    const page = await open(`/leads/${lead.id}`)

    // Title and amount, where they stand; what is no amount is said, and stays in the field.
    const title = page.getByRole('textbox', { name: 'Title' })
    await title.fill('Blue city bike')
    await title.press('Enter')
    const amount = page.getByRole('textbox', { name: 'Amount' })
    await amount.fill('much')
    await amount.press('Enter')
    await page.getByText('Not saved: this is not a number').waitFor()
    await amount.fill('€1,290')
    await amount.press('Enter')
    await feed(page).getByText('changed the amount: nothing → €1,290').waitFor()
    expect(await now()).toMatchObject({ title: 'Blue city bike', price: 1290 })

    // The account's own fields.
    await page.getByRole('combobox', { name: 'Size' }).click()
    await page.getByRole('option', { name: 'L', exact: true }).click()
    await feed(page).getByText('changed Size: nothing → L').waitFor()
    const link = page.getByRole('textbox', { name: 'Web site' })
    await link.fill('not a site')
    await link.press('Enter')
    await page.getByText('Web site is not a web address').waitFor()
    await link.fill('example.com/bikes')
    await link.press('Enter')
    await page.getByRole('link', { name: 'Open Web site' }).waitFor()
    expect((await now()).fields).toEqual({ [size.id]: size.options[1]!.id, [site.id]: 'https://example.com/bikes' })

    // A task until tomorrow, by its key; done with what came of it.
    await feed(page).focus()
    await page.keyboard.press('t')
    const form = page.getByRole('form', { name: 'New task' })
    await form.getByRole('textbox', { name: 'What is to be done' }).fill('Call Nora')
    await form.getByRole('button', { name: 'In 3 days' }).click()
    await form.getByRole('button', { name: 'Add task' }).click()
    const step = page.getByRole('region', { name: 'Next step' })
    await step.getByRole('button', { name: 'Mark as done: Call Nora' }).waitFor()
    const [task] = (await admin.get<ListPage<Task>>(`/tasks?leadId=${lead.id}`)).items
    expect(task).toMatchObject({ text: 'Call Nora', dueOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) })
    await step.getByRole('button', { name: 'Mark as done: Call Nora' }).click()
    await step.getByRole('textbox', { name: 'What came of it' }).fill('She comes on Friday')
    await step.getByRole('button', { name: 'Done', exact: true }).click()
    await step.getByText('Nothing to be done.').waitFor()
    await feed(page).getByText('She comes on Friday').waitFor()

    // A note for colleagues and a reply to the client stand in the feed; the reply arrives at the channel.
    await page.getByRole('tab', { name: 'Note', exact: true }).click()
    const note = page.getByRole('textbox', { name: 'Note', exact: true })
    await note.fill('Her brother wants one, too')
    await note.press('Enter')
    await feed(page).getByText('Her brother wants one, too').waitFor()
    await page.getByRole('tab', { name: 'Reply', exact: true }).click()
    const reply = page.getByRole('textbox', { name: 'Reply', exact: true })
    await reply.fill('Yes, we keep it for you')
    await reply.press('Enter')
    await feed(page).getByText('Yes, we keep it for you').waitFor()
    const sent = await waitUntil('the hook', () =>
      hook.requests.find(({ body }) => body.toString('utf8').includes('we keep it for you')),
    )
    expect(sent).toBeDefined()

    // The stage, and only changes in the feed.
    await feed(page).focus()
    await page.keyboard.press('s')
    await page.getByRole('dialog', { name: 'Move to…' }).getByRole('button', { name: 'Negotiation' }).click()
    await feed(page).getByText('changed the stage: First contact → Negotiation').waitFor()
    await page.getByRole('tab', { name: 'Changes' }).click()
    await feed(page).getByText('Yes, we keep it for you').waitFor({ state: 'detached' })
    await page
      .getByRole('button', { name: /earlier changes?$/ })
      .first()
      .click()
    await feed(page).getByText('changed the stage: First contact → Negotiation').waitFor()
  })

  test('a colleague who was faster is named, and whose value holds is asked', async () => {
    const page = await open(`/leads/${lead.id}`)
    const amount = page.getByRole('textbox', { name: 'Amount' })
    await amount.fill('500')
    const manager = await channel.account.asManager()
    await manager.patch(`/leads/${lead.id}`, { price: 900 })
    // It is told while one still writes.
    const told = page.getByRole('alert').filter({ hasText: 'Max Berg changed this' })
    await told.getByRole('button', { name: 'Take theirs' }).click()
    await expect.poll(() => amount.inputValue()).toBe('€900')

    // Offline from the stream one finds out when saving.
    await page.route('**/realtime**', (route) => route.abort())
    await amount.fill('700')
    await manager.patch(`/leads/${lead.id}`, { price: 950 })
    await amount.press('Enter')
    await told.getByRole('button', { name: 'Keep mine' }).click()
    await expect.poll(async () => (await now()).price).toBe(700)
  })
})

describe('the sheet over the board', () => {
  test('has the same card; people are added and taken off; O opens its page, Escape closes it', async () => {
    await admin.post('/contacts', { name: 'Ola Lind' })
    const page = await open(`/pipeline?lead=${lead.id}`)
    const sheet = page.getByRole('dialog', { name: `Lead #${lead.id}` })
    await sheet.getByRole('button', { name: 'Add a contact' }).click()
    await sheet.getByRole('combobox', { name: 'Contact' }).fill('Ola')
    await page.getByRole('option', { name: /^Ola Lind/ }).click()
    await sheet.getByRole('button', { name: 'Actions for Ola Lind' }).click()
    await page.getByRole('menuitem', { name: 'Make the main contact' }).click()
    await feed(page).getByText('changed the main contact: Nora Lind → Ola Lind').waitFor()
    await sheet.getByRole('button', { name: 'Actions for Nora Lind' }).click()
    await page.getByRole('menuitem', { name: 'Remove from the lead' }).click()
    await page.getByText('Nora Lind was removed from the lead').waitFor()
    const card = await admin.get<LeadDetails>(`/leads/${lead.id}/card`)
    expect(card.contacts.map(({ name }) => name)).toEqual(['Ola Lind'])

    const tags = sheet.getByRole('combobox', { name: 'Tags' })
    await tags.fill('Spring')
    await page.getByRole('option', { name: 'Create “Spring”' }).click()
    await feed(page).getByText('added tags: Spring').waitFor()

    await feed(page).focus()
    await page.keyboard.press('o')
    await page.waitForURL(`**/leads/${lead.id}`)
    await page.getByRole('heading', { level: 1, name: `Lead #${lead.id}` }).waitFor()
    await page.goBack()
    await sheet.waitFor()
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })
  })
})

test('whoever may only look sees a card without fields; a lead nobody has written with still has notes', async () => {
  const rights = { ...MANAGER_RIGHTS, leads: { ...MANAGER_RIGHTS.leads, edit: 'none', delete: 'none' } } as const
  await giveRole(world, channel.account, channel.account.manager, rights)
  const quiet = await admin.post<Lead>('/leads', {
    title: 'By phone',
    pipelineId: lead.pipeline.id,
    contact: { name: 'Ola Lind' },
  })
  const page = await open(`/leads/${quiet.id}`, channel.account.manager)
  await page.getByText('Your role lets you see this lead, not change it.').waitFor()
  expect(await page.getByRole('textbox', { name: 'Title' }).isEditable()).toBe(false)
  expect(await page.getByRole('button', { name: 'Add a contact' }).count()).toBe(0)
  const note = page.getByRole('textbox', { name: 'Note', exact: true })
  await note.fill('She calls back')
  await note.press('Enter')
  await feed(page).getByText('She calls back').waitFor()
  expect((await admin.get<FeedPage>(`/leads/${quiet.id}/feed?kinds=note`)).items).toMatchObject([
    { note: { text: 'She calls back', chatId: null } },
  ])
  await page.goto(`${world.url}/leads/999999`)
  await page.getByText('There is no such lead').waitFor()
})

test('an incoming lead is looked at beside the list, and accepted there', async () => {
  const sender = aSender({ id: 'marie', name: 'Marie Keller' })
  await channel.send(aNewMessage({ text: 'My order has not come', sender, conversation_id: 'c-marie' }))
  const page = await open('/incoming')
  await page.getByRole('link', { name: 'Marie Keller' }).focus()
  await page.keyboard.press('o')
  const sheet = page.getByRole('dialog', { name: /^Lead #/ })
  await feed(page).getByText('My order has not come').waitFor()
  await sheet.getByRole('button', { name: 'Accept' }).click()
  await sheet.getByRole('button', { name: 'Won' }).waitFor()
  await page.keyboard.press('Escape')
  await sheet.waitFor({ state: 'detached' })
  await page.getByRole('list', { name: 'Incoming leads' }).waitFor({ state: 'detached' })
})
