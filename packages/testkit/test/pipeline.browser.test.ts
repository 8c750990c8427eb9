import type { Board, Lead, LeadId, Pipeline } from '@parley/protocol/model'
import {
  type AppClient,
  aNewMessage,
  aSender,
  findAccessibilityFaults,
  launchBrowser,
  openAs,
  startTestWorld,
  type TestChannel,
  type TestUser,
  type TestWorld,
} from '@parley/testkit'
import type { Browser, BrowserContext, Locator, Page, Route } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'

const DEADLINE_MS = 30_000

let world: TestWorld
let browser: Browser
let context: BrowserContext
let channel: TestChannel
let admin: AppClient
let main: Pipeline

beforeAll(async () => {
  ;[world, browser] = await Promise.all([startTestWorld({ clock: 'system' }), launchBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await world?.stop()
})
beforeEach(async () => {
  channel = await world.aChannel()
  admin = await channel.account.asAdmin()
  main = (await admin.listPipelines()).items[0]!
  context = await newContext()
})
afterEach(() => context.close())

async function newContext(): Promise<BrowserContext> {
  const made = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' })
  made.setDefaultTimeout(DEADLINE_MS)
  return made
}

async function open(path: string, user: TestUser = channel.account.admin, within = context): Promise<Page> {
  const page = await openAs(within, world.url, user, path)
  return page
}

const make = (title: string, fields: Record<string, unknown> = {}) =>
  admin.post<Lead>('/leads', { title, pipelineId: main.id, contact: { name: `${title}’s owner` }, ...fields })

async function anIncomingLead(name: string, profile: Record<string, string> = {}): Promise<LeadId> {
  const sender = aSender({ id: `client-${name}`, name, profile })
  await channel.send(aNewMessage({ text: `I am ${name}`, sender, conversation_id: `c-${name}` }))
  const { stages } = await admin.get<Board>(`/pipelines/${main.id}/board`)
  return stages[0]!.items.find(({ lead }) => lead.title === name)!.lead.id
}

const column = (page: Page, name: string) => page.getByRole('region', { name: new RegExp(`^${name}, `) })
const card = (within: Page | Locator, title: string) => within.getByRole('listitem').filter({ hasText: title })
const link = (within: Page | Locator, title: string) => within.getByRole('link', { name: title, exact: true })
const titlesIn = (page: Page, name: string) => column(page, name).getByRole('link').allTextContents()
const undo = (page: Page) => page.getByRole('button', { name: /^Undo/ }).first().click()
const stageOf = async (id: LeadId) => (await admin.get<Lead>(`/leads/${id}`)).stage.name

describe('a card is dragged', () => {
  test('to a place in another stage; a second screen sees it move; undo puts it back', async () => {
    const [low, high, moved] = [await make('Low'), await make('High'), await make('Moved', { price: 1500 })]
    const stageId = main.stages.find(({ name }) => name === 'Decision')!.id
    for (const lead of [low, high]) await admin.patch(`/leads/${lead.id}`, { stageId })
    const [page, other] = await Promise.all([
      open('/pipeline'),
      open('/pipeline', channel.account.manager, context === undefined ? context : await newContext()),
    ])
    await card(column(other, 'First contact'), 'Moved').waitFor()
    await card(column(page, 'First contact'), 'Moved').dragTo(card(column(page, 'Decision'), 'Low'), {
      targetPosition: { x: 60, y: 6 },
    })
    await page.getByText('Moved is in Decision now').waitFor()
    expect(await titlesIn(page, 'Decision')).toEqual(['High', 'Moved', 'Low'])
    await card(column(other, 'Decision'), 'Moved').waitFor()
    expect(await titlesIn(other, 'Decision')).toEqual(['High', 'Moved', 'Low'])
    await column(other, 'Decision').getByText('€1.5K').waitFor()
    await undo(page)
    await card(column(other, 'First contact'), 'Moved').waitFor()
    expect(await stageOf(moved.id)).toBe('First contact')
    await other.context().close()
  })

  test('onto Lost, which asks why', async () => {
    const lead = await make('Old boat')
    const page = await open('/pipeline')
    const from = card(column(page, 'First contact'), 'Old boat')
    const box = (await from.boundingBox())!
    await page.mouse.move(box.x + 40, box.y + 20)
    await page.mouse.down()
    await page.mouse.move(box.x + 80, box.y + 120, { steps: 5 })
    const zone = (await page.getByText('Lost', { exact: true }).boundingBox())!
    await page.mouse.move(zone.x + 10, zone.y + 10, { steps: 5 })
    await page.mouse.up()
    await page.getByRole('dialog', { name: 'Why was it lost?' }).getByRole('button', { name: 'Too expensive' }).click()
    await page.getByText('Old boat is lost').waitFor()
    expect((await admin.get<Lead>(`/leads/${lead.id}`)).lossReason?.name).toBe('Too expensive')
  })
})

describe('the board by keyboard', () => {
  test('Space picks a card up, arrows carry it, Space puts it down, Escape puts it back', async () => {
    const lead = await make('Kayak')
    await make('Canoe')
    const page = await open('/pipeline')
    await link(column(page, 'First contact'), 'Kayak').focus()
    await page.keyboard.press('Space')
    await page.getByText('Kayak is picked up. Arrow keys move it').waitFor({ state: 'attached' })
    await page.keyboard.press('ArrowRight')
    await page.getByText('Negotiation, place 1 of 1').waitFor({ state: 'attached' })
    await page.keyboard.press('Escape')
    await page.getByText('Kayak is back where it was').waitFor({ state: 'attached' })
    expect(await titlesIn(page, 'First contact')).toEqual(['Canoe', 'Kayak'])
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Space')
    await page.getByText('Kayak is in Decision now').waitFor()
    expect(await stageOf(lead.id)).toBe('Decision')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Kayak')
    await page.keyboard.press('z')
    await link(column(page, 'First contact'), 'Kayak').waitFor()
  })

  test('S moves by a list, and a stage that asks for something is answered', async () => {
    const lead = await make('Kayak')
    const asking = main.stages.find(({ name }) => name === 'Contract agreed')!
    await admin.patch(`/pipelines/${main.id}/stages/${asking.id}`, { requiredFields: ['price'] })
    const page = await open('/pipeline')
    await link(column(page, 'First contact'), 'Kayak').press('s')
    await page
      .getByRole('dialog', { name: 'Move to…' })
      .getByRole('button', { name: /^Contract agreed/ })
      .click()
    const ask = page.getByRole('dialog', { name: 'Contract agreed asks for more' })
    await ask.getByLabel('Amount').fill('750')
    await page.keyboard.press('Enter')
    await page.getByText('Kayak is in Contract agreed now').waitFor()
    expect(await admin.get<Lead>(`/leads/${lead.id}`)).toMatchObject({ price: 750, stage: { id: asking.id } })
  })
})

describe('incoming leads, a key each', () => {
  test('A accepts, D declines, each with undo; many at once', async () => {
    const ids = [await anIncomingLead('Nora'), await anIncomingLead('Omar'), await anIncomingLead('Iris')]
    const page = await open('/incoming')
    const list = page.getByRole('list', { name: 'Incoming leads' })
    await link(list, 'Iris').focus()
    await page.keyboard.press('a')
    await page.getByText('Iris was accepted into First contact').waitFor()
    // The keyboard is on the next one.
    await page.keyboard.press('d')
    await page.getByText('Omar was declined').waitFor()
    await expect.poll(() => list.getByRole('link').allTextContents()).toEqual(['Nora'])
    await undo(page)
    await undo(page)
    await expect.poll(() => list.getByRole('link').allTextContents()).toEqual(['Iris', 'Omar', 'Nora'])
    expect((await admin.get<Lead>(`/leads/${ids[1]}`)).isIncoming).toBe(true)
    await link(list, 'Iris').press('x')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('x')
    expect(await findAccessibilityFaults(page)).toEqual([])
    await page.getByRole('region', { name: '2 leads selected' }).getByRole('button', { name: 'Decline' }).click()
    await page.getByText('2 leads were declined').waitFor()
    await expect.poll(() => list.getByRole('link').allTextContents()).toEqual(['Nora'])
  })

  test('L links to who it is, with the evidence beside it; a newcomer appears by itself', async () => {
    const known = await admin.acceptLead(await anIncomingLead('Nora Lind', { phone: '+46 70 123 45 67' }))
    const page = await open('/pipeline')
    await column(page, 'Incoming leads').getByText('Nothing is waiting').waitFor()
    const other = await world.aChannel({ account: channel.account })
    const sender = aSender({ id: 'n-2', name: 'N. Lind', profile: { phone: '0701234567' } })
    await other.send(aNewMessage({ text: 'Me again', sender }))
    await column(page, 'Incoming leads').getByText('Same phone as Nora Lind').waitFor()
    await link(column(page, 'Incoming leads'), 'N. Lind').press('l')
    const dialog = page.getByRole('dialog', { name: 'Who is this?' })
    await dialog.getByRole('radio', { name: /^Nora Lind/ }).waitFor()
    await dialog.getByRole('table').getByText('+46 70 123 45 67').waitFor()
    expect(await findAccessibilityFaults(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Link', exact: true }).click()
    await page.getByText('N. Lind belongs to Nora Lind now').waitFor()
    await column(page, 'Incoming leads').getByText('Nothing is waiting').waitFor()
    expect((await admin.listChats()).items.map((chat) => chat.lead?.id)).toEqual([known.id, known.id])
    await undo(page)
    await link(column(page, 'Incoming leads'), 'N. Lind').waitFor()
  })
})

test('the list is sorted, filtered and opened by its address; a lead is made by hand', async () => {
  await make('Cheap', { price: 10 })
  await make('Dear', { price: 9000 })
  const page = await open('/pipeline?view=list&sort=price&dir=asc')
  const rows = page.getByRole('grid', { name: 'Leads of Sales' }).getByRole('row')
  await expect.poll(() => rows.nth(1).textContent()).toContain('Cheap')
  await page.getByRole('button', { name: 'Amount' }).click()
  await expect.poll(() => rows.nth(1).textContent()).toContain('Dear')
  await page.getByRole('searchbox', { name: 'Search leads' }).fill('chea')
  await expect.poll(() => rows.count()).toBe(2)
  expect(page.url()).toContain('q=chea')
  await page.getByRole('button', { name: 'New lead' }).click()
  const dialog = page.getByRole('dialog', { name: 'New lead' })
  await dialog.getByLabel('Title').fill('Cheaper')
  await dialog.getByLabel('Contact', { exact: true }).fill('Iris Vale')
  await page.getByRole('option', { name: /Iris Vale/ }).click()
  await dialog.getByRole('button', { name: 'Create' }).click()
  await page.getByText('Cheaper was made').waitFor()
  await expect.poll(() => rows.count()).toBe(3)
})

test('a colour stays chosen, whatever was asked for before is answered', async () => {
  const page = await open('/settings/pipelines')
  const stages = page.getByRole('list', { name: 'Stages of Sales' })
  await stages.getByRole('button', { name: 'Colour of Negotiation' }).click()
  const answers: (() => Promise<void>)[] = []
  await page.route('**/api/app/v1/pipelines', async (route) => {
    const response = await route.fetch()
    answers.push(() => route.fulfill({ response }).catch(() => undefined)) // nobody may wait for it any more
  })
  const changes: Route[] = []
  await page.route('**/api/app/v1/pipelines/*/stages/*', (route) => void changes.push(route))
  // Somebody else changes something, and the screen reads all of it anew.
  const agreed = main.stages.find(({ name }) => name === 'Contract agreed')!
  await admin.patch(`/pipelines/${main.id}/stages/${agreed.id}`, { hue: 3 })
  await expect.poll(() => answers.length).toBe(1)
  const orange = page.getByRole('radio', { name: 'Orange' })
  await orange.click()
  await expect.poll(() => changes.length).toBe(1)
  await expect.poll(() => orange.isChecked()).toBe(true)
  await answers[0]!()
  await page.waitForTimeout(300)
  expect(await orange.isChecked()).toBe(true)
  await page.unroute('**/api/app/v1/pipelines')
  await changes[0]!.continue()
  const hueOf = async (name: string) =>
    (await admin.listPipelines()).items[0]!.stages.find((stage) => stage.name === name)?.hue
  await expect.poll(() => hueOf('Negotiation')).toBe(5)
  expect(await orange.isChecked()).toBe(true)
})

test('stages are edited where they stand: name, colour, order, and where leads go when one is deleted', async () => {
  const lead = await make('Kayak', { stageId: main.stages.find(({ name }) => name === 'Decision')!.id })
  const page = await open('/settings/pipelines')
  const stages = page.getByRole('list', { name: 'Stages of Sales' })
  const names = async () => (await admin.listPipelines()).items[0]!.stages.map(({ name }) => name)
  await stages.getByLabel('Name of Negotiation').fill('Offer made')
  await page.keyboard.press('Enter')
  await stages.getByLabel('Name of Offer made').waitFor()
  await stages.getByRole('button', { name: 'Move Decision' }).press('ArrowUp')
  await page.getByText('Decision: place 2 of 4').waitFor({ state: 'attached' })
  await expect
    .poll(names)
    .toEqual(['Incoming leads', 'First contact', 'Decision', 'Offer made', 'Contract agreed', 'Won', 'Lost'])
  await stages.getByRole('button', { name: 'Move First contact' }).dragTo(stages.getByRole('listitem').nth(4))
  await expect.poll(async () => (await names()).slice(1, 5)).toContain('First contact')
  await expect.poll(async () => (await names()).indexOf('First contact')).toBeGreaterThan(1)
  await stages.getByRole('button', { name: 'Colour of Decision' }).click()
  // Not check(): what is shown is what the cache holds, and that is told a moment later.
  const pink = page.getByRole('radio', { name: 'Pink' })
  await pink.click()
  await expect.poll(() => pink.isChecked()).toBe(true)
  await page.keyboard.press('Escape')
  await stages.getByRole('button', { name: 'Delete Decision' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete the stage “Decision”?' })
  await dialog.waitFor()
  expect(await findAccessibilityFaults(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect.poll(names).not.toContain('Decision')
  expect((await admin.get<Lead>(`/leads/${lead.id}`)).stage.kind).toBe('open')
  await page.getByLabel('New reason').fill('Moved away')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Delete Moved away' }).click()
  await page.getByRole('button', { name: 'Delete Moved away' }).waitFor({ state: 'detached' })
})
