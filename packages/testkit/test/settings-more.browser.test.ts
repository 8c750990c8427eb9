import { randomUUID } from 'node:crypto'
import type { ChatId, CustomField, Lead, Me, Pipeline, Source, Tag, WorkingHours } from '@parley/protocol/model'
import {
  type AppClient,
  aNewMessage,
  aSender,
  launchBrowser,
  startTestWorld,
  type TestAccount,
  type TestChannel,
  type TestWorld,
} from '@parley/testkit'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

const DEADLINE_MS = 30_000

let world: TestWorld
let browser: Browser
let account: TestAccount
let channel: TestChannel
let admin: AppClient
let lead: Lead
const contexts: BrowserContext[] = []

beforeAll(async () => {
  ;[world, browser] = await Promise.all([startTestWorld({ clock: 'system' }), launchBrowser()])
  account = await world.anAccount()
  channel = await world.aChannel({ account, title: 'Harbor Chat' })
  admin = await account.asAdmin()
  const sender = aSender({ id: randomUUID(), name: 'Nora Lind' })
  const ids = await channel.send(aNewMessage({ text: 'Is it in stock?', sender }))
  const details = await admin.getChat(ids.conversation_id as ChatId)
  lead = await admin.acceptLead(details.lead!.id)
})
afterAll(async () => {
  await browser?.close()
  await world?.stop()
})
afterEach(() => Promise.all(contexts.splice(0).map((context) => context.close())))

/** A browser of the admin's own, at an address. */
async function open(path: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
  context.setDefaultTimeout(DEADLINE_MS)
  contexts.push(context)
  const { cookie } = await account.admin.logIn()
  const [name = '', value = ''] = cookie.split('=', 2)
  await context.addCookies([{ name, value, url: world.url }])
  const page = await context.newPage()
  await page.goto(world.url + path)
  return page
}

const fieldsNow = async () => (await admin.get<{ items: CustomField[] }>('/fields')).items
const namesNow = async () => (await fieldsNow()).map(({ name }) => name)

test('a field is added, changed where it stands, moved by the keyboard, asked for, and deleted with a warning', async () => {
  const page = await open('/settings/fields')
  await page.getByText('No fields of your own yet').waitFor()
  const add = async (name: string, type?: string, choices?: string) => {
    await page.getByRole('button', { name: 'Add a field' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add a field' })
    await dialog.getByLabel('Name').fill(name)
    if (type !== undefined) {
      await dialog.getByRole('combobox', { name: 'Type' }).click()
      await page.getByRole('option', { name: type, exact: true }).click()
    }
    if (choices !== undefined) await dialog.getByLabel('Choices').fill(choices)
    await dialog.getByRole('button', { name: 'Add a field' }).click()
    await dialog.waitFor({ state: 'detached' })
  }
  await add('Frame number')
  await add('Size', 'One of several', 'S\nM')
  const list = page.getByRole('list', { name: 'Fields of leads' })
  const size = list.getByRole('textbox', { name: 'Name of Size' })
  await size.waitFor()

  // By the keyboard; another screen shows it by itself.
  const other = await open('/settings/fields')
  await other.getByRole('textbox', { name: 'Name of Size' }).waitFor()
  await list.getByRole('button', { name: 'Move Size' }).press('ArrowUp')
  await expect.poll(namesNow).toEqual(['Size', 'Frame number'])
  const first = other.getByRole('list', { name: 'Fields of leads' }).getByRole('textbox').first()
  await expect.poll(() => first.inputValue()).toBe('Size')

  await size.fill('Bike size')
  await size.press('Enter')
  await expect.poll(namesNow).toEqual(['Bike size', 'Frame number'])
  await list.getByRole('button', { name: 'Settings of Bike size' }).click()
  await list.getByRole('textbox', { name: 'New choice' }).fill('XL')
  await list.getByRole('textbox', { name: 'New choice' }).press('Enter')
  await list.getByRole('textbox', { name: 'Name of XL' }).waitFor()
  await list.getByRole('button', { name: 'Delete the choice S' }).click()
  const options = async () => (await fieldsNow())[0]!.options
  await expect.poll(async () => (await options()).map(({ name }) => name)).toEqual(['M', 'XL'])

  // What stands somewhere is not deleted without a word.
  const [field] = await fieldsNow()
  await admin.patch(`/leads/${lead.id}/fields`, { values: { [field!.id]: field!.options[0]!.id } })
  await list.getByRole('button', { name: 'Delete the choice M' }).click()
  const warning = page.getByRole('dialog', { name: 'Delete the choice “M”?' })
  await warning.getByText('It is chosen in 1 place').waitFor()
  await warning.getByRole('button', { name: 'Cancel' }).click()
  await list.getByRole('button', { name: 'Choose stages' }).click()
  await list.getByRole('checkbox', { name: 'Decision' }).click()
  const asking = async () =>
    (await admin.get<{ items: Pipeline[] }>('/pipelines')).items[0]!.stages.filter((stage) =>
      stage.requiredFields.includes(`field:${field!.id}`),
    )
  await expect.poll(async () => (await asking()).map(({ name }) => name)).toEqual(['Decision'])

  await list.getByRole('button', { name: 'Hide' }).click()
  await page.getByRole('list', { name: 'Hidden' }).getByText('Bike size').waitFor()
  await page.getByRole('button', { name: 'Delete Bike size' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete the field “Bike size”?' })
  await dialog.getByText('It is filled in on 1 lead.').waitFor()
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect.poll(namesNow).toEqual(['Frame number'])
  await other.getByRole('textbox', { name: 'Name of Bike size' }).waitFor({ state: 'detached' })
  expect(await asking()).toEqual([])
})

test('tags are counted, renamed and made one; a name that is taken leads to making them one', async () => {
  const make = (name: string) => admin.post<Tag>('/tags', { name })
  const [vip] = [await make('VIP'), await make('Important')]
  await admin.patch(`/leads/${lead.id}`, { addTagIds: [vip.id] })
  const page = await open('/settings/tags')
  const row = (name: string) =>
    page.getByRole('listitem').filter({ has: page.getByRole('textbox', { name: `Name of ${name}`, exact: true }) })
  await row('VIP').getByText('1 lead').waitFor()
  await row('Important').getByText('nowhere').waitFor()
  await page.getByRole('textbox', { name: 'New tag' }).fill('Repeat')
  await page.getByRole('textbox', { name: 'New tag' }).press('Enter')
  await row('Repeat').waitFor()

  // What somebody else does with a lead is counted while one looks.
  const repeat = (await admin.get<{ items: Tag[] }>('/tags')).items.find(({ name }) => name === 'Repeat')!
  await admin.patch(`/leads/${lead.id}`, { addTagIds: [repeat.id] })
  await row('Repeat').getByText('1 lead').waitFor()
  await page.getByRole('button', { name: 'Colour of Repeat' }).click()
  await page.getByRole('radio').nth(5).click()
  await expect
    .poll(async () => (await admin.get<{ items: Tag[] }>('/tags')).items.find(({ id }) => id === repeat.id)?.hue)
    .toBe(5)
  await page.keyboard.press('Escape')

  const name = page.getByRole('textbox', { name: 'Name of Important' })
  await name.fill('vip')
  await name.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Merge “Important” into another tag' })
  await expect.poll(() => dialog.getByRole('combobox', { name: 'Into' }).inputValue()).toBe('VIP')
  await dialog.getByRole('button', { name: 'Merge', exact: true }).click()
  await page.getByText('“Important” is “VIP” now').waitFor()
  await row('VIP').waitFor()
  expect(await row('Important').count()).toBe(0)

  await page.getByRole('button', { name: 'Actions for VIP' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  const warning = page.getByRole('dialog', { name: 'Delete the tag “VIP”?' })
  await warning.getByText('It is taken off 1 lead.').waitFor()
  await warning.getByRole('button', { name: 'Delete' }).click()
  await expect.poll(async () => (await admin.get<Lead>(`/leads/${lead.id}`)).tags).toMatchObject([{ id: repeat.id }])
  await row('Repeat').waitFor()
  expect(await row('VIP').count()).toBe(0)
})

test('a source is added, led into a pipeline, made the default, and shows what came by it', async () => {
  const repairs = await admin.post<Pipeline>('/pipelines', { name: 'Repairs' })
  const page = await open('/settings/sources')
  const card = page.getByRole('region', { name: 'Sources of Harbor Chat' })
  await card.getByText('Main: Sales › Incoming leads').waitFor()
  await card.getByRole('button', { name: 'Add a source to Harbor Chat' }).click()
  await card.getByLabel('Name').fill('Workshop')
  await card.getByLabel('Id at the channel').fill('line-2')
  await card.getByRole('button', { name: 'Add', exact: true }).click()
  await card.getByText('no conversations').waitFor()

  await card.getByRole('combobox', { name: 'Where new leads of Workshop go' }).click()
  await page.getByRole('option', { name: /^Repairs › / }).click()
  await card.getByRole('button', { name: 'Actions for Workshop' }).click()
  await page.getByRole('menuitem', { name: 'Make it the default' }).click()
  await card.getByText('Default', { exact: true }).waitFor()
  const sources = async () => (await admin.get<{ items: Source[] }>('/sources')).items
  await expect
    .poll(sources)
    .toMatchObject([{ name: 'Workshop', externalId: 'line-2', pipelineId: repairs.id, isDefault: true }])

  const sender = aSender({ id: randomUUID(), name: 'Tom Reed' })
  const source = { external_id: 'line-2' }
  const ids = await channel.send(aNewMessage({ text: 'My chain broke', sender, source, conversation_id: 'tom' }))
  await card.getByText(/^line-2 · 1 conversation, last/).waitFor()
  expect((await admin.getChat(ids.conversation_id as ChatId)).lead?.pipeline.id).toBe(repairs.id)
})

test('working hours have a second shift, are copied to other days, and say what they mean now', async () => {
  const page = await open('/settings/hours')
  await page.getByRole('checkbox', { name: 'Count within working hours' }).check()
  await page.getByText(/^(Open|Closed) now, /).waitFor()
  await page.getByRole('button', { name: 'Add a shift on Monday' }).click()
  await page.getByLabel('Monday, shift 1, to').fill('12:00')
  await page.getByLabel('Monday, shift 2, from').fill('11:00')
  await page.getByRole('alert').getByText('Monday').waitFor()
  await page.getByLabel('Monday, shift 2, from').fill('13:00')
  await page.getByLabel('Monday, shift 2, to').fill('18:00')
  await page.getByRole('button', { name: 'Copy Monday to' }).click()
  await page.getByRole('checkbox', { name: 'Saturday' }).last().check()
  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Working hours saved').waitFor()
  const { workingHours } = await admin.get<{ workingHours: WorkingHours | null }>('/account/working-hours')
  const day = [
    [540, 720],
    [780, 1080],
  ]
  expect(workingHours?.week).toEqual([day, day, day, day, day, day, []])
})

test('rows stand as close as somebody likes them, in the inbox and in tables', async () => {
  const page = await open('/inbox')
  const rowHeight = async (role: 'option' | 'row', index: number) =>
    (await page.getByRole(role).nth(index).boundingBox())?.height
  await page.getByRole('option', { name: 'Nora Lind' }).waitFor()
  expect(await rowHeight('option', 0)).toBe(72)
  await page.goto(`${world.url}/settings/profile`)
  await page.getByRole('radio', { name: 'Compact' }).check()
  await expect.poll(async () => (await admin.get<Me>('/me')).preferences.density).toBe('compact')
  await page.goto(`${world.url}/inbox`)
  await page.getByRole('option', { name: 'Nora Lind' }).waitFor()
  await expect.poll(() => rowHeight('option', 0)).toBe(52)
  await page.goto(`${world.url}/pipeline?view=list`)
  await page.getByRole('row', { name: 'Nora Lind' }).waitFor()
  await expect.poll(() => rowHeight('row', 1)).toBe(36)
  await admin.patch('/me', { preferences: { density: 'comfortable' } })
  await expect.poll(() => rowHeight('row', 1)).toBe(44)
})
