import type { ContactDetails, ContactRow } from '@parley/protocol/model'
import {
  type AppClient,
  aNewMessage,
  aPng,
  aSender,
  FileServer,
  findAccessibilityFaults,
  launchBrowser,
  startTestWorld,
  type TestAccount,
  type TestChannel,
  type TestWorld,
} from '@parley/testkit'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

const DEADLINE_MS = 30_000

let world: TestWorld
let browser: Browser
let context: BrowserContext
let account: TestAccount
let admin: AppClient
let page: Page
let nora: ContactRow
let channel: TestChannel
let files: FileServer

beforeAll(async () => {
  ;[world, browser, files] = await Promise.all([
    startTestWorld({ clock: 'system' }),
    launchBrowser(),
    FileServer.start(),
  ])
  account = await world.anAccount()
  admin = await account.asAdmin()
  channel = await world.aChannel({ account, title: 'Harbor Chat' })
  await channel.send(aNewMessage({ sender: aSender({ id: 'nora', name: 'Nora Lind' }) }))
  for (const name of ['Ana Reis', 'Bea Stone']) await admin.post('/contacts', { name })
  nora = (await admin.get<{ items: ContactRow[] }>('/contacts?sort=created')).items.find(
    ({ name }) => name === 'Nora Lind',
  )!
  context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    locale: 'en-GB',
  })
  context.setDefaultTimeout(DEADLINE_MS)
  page = await context.newPage()
  await page.goto(`${world.url}/login?next=/contacts`)
  await page.getByLabel('E-mail').fill(account.admin.email)
  await page.getByLabel('Password', { exact: true }).fill(account.admin.password)
  await page.getByRole('button', { name: 'Log in' }).click()
})
afterAll(async () => {
  await context?.close()
  await browser?.close()
  await world?.stop()
  await files?.stop()
})

const row = (name: string) => page.getByRole('row', { name: new RegExp(name) })
const details = () => admin.get<ContactDetails>(`/contacts/${nora.id}`)

test('the list is narrowed by a search that stands in the address', async () => {
  await row('Bea Stone').waitFor()
  await page.getByRole('searchbox', { name: 'Name or number' }).fill('nor')
  await row('Bea Stone').waitFor({ state: 'detached' })
  await page.waitForURL('**/contacts?q=nor')
  await row('Nora Lind').waitFor()
  expect(await findAccessibilityFaults(page)).toEqual([])
})

test('the picture that a messenger shows stands beside the name, in lists that are open already', async () => {
  const avatar = files.serve('/nora.png', { body: aPng(64, 64, '#2266aa') })
  await channel.send(aNewMessage({ sender: aSender({ id: 'nora', name: 'Nora Lind', avatar }) }))
  const inbox = await context.newPage()
  await inbox.goto(`${world.url}/inbox`)
  for (const shown of [row('Nora Lind'), inbox.getByRole('option', { name: /Nora Lind/ })]) {
    const picture = shown.locator('img').first()
    await picture.waitFor()
    const widthOf = () => picture.evaluate((img) => (img as unknown as { naturalWidth: number }).naturalWidth)
    await expect.poll(widthOf, { timeout: DEADLINE_MS }).toBe(64)
  }
  await inbox.close()
})

test('a row is opened by the keyboard; values are changed where they stand, and refused when they are none', async () => {
  await page.getByRole('grid', { name: 'Contacts' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/contacts/${nora.id}`)
  await page.getByRole('button', { name: 'Add phone' }).click()
  await page.keyboard.type('ask Nora')
  await page.keyboard.press('Enter')
  await page.getByText('this is no phone number').waitFor()
  await page.getByRole('textbox', { name: 'New phone' }).fill('+46 70 222 22 22')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Actions of +46 70 222 22 22' }).waitFor()
  await page.getByRole('button', { name: 'Add phone' }).click()
  await page.keyboard.type('+46 70 111 11 11')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Actions of +46 70 111 11 11' }).click()
  await page.getByRole('menuitem', { name: 'Make it the main one' }).click()
  await expect.poll(async () => (await details()).phone).toBe('+46 70 111 11 11')
  const name = page.getByRole('textbox', { name: 'Name', exact: true })
  await name.fill('')
  await page.keyboard.press('Enter')
  await page.getByText('a contact needs a name').waitFor()
  await page.keyboard.press('Escape')
  await name.fill('Nora Lind-Berg')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Nora Lind-Berg' }).waitFor()
  expect(await findAccessibilityFaults(page)).toEqual([])
})

test('two are merged field by field, and are two again, by the keyboard alone', async () => {
  const twin = await admin.post<ContactRow>('/contacts', { name: 'N. Lind', company: 'Pier' })
  await page.getByRole('button', { name: 'Actions of the contact' }).press('Enter')
  await page.getByRole('menuitem', { name: 'Merge with…' }).press('Enter')
  const found = page.getByRole('dialog', { name: 'Merge with…' }).getByRole('combobox')
  await found.focus()
  const shown = page.getByRole('option', { name: /N\. Lind/ }).and(page.locator('[data-highlighted]'))
  // It is found as soon as the index has followed.
  await expect
    .poll(
      async () => {
        await found.fill('')
        await found.pressSequentially('N. Li')
        return shown.waitFor({ timeout: 3000 }).then(
          () => 'found',
          () => 'not yet',
        )
      },
      { timeout: DEADLINE_MS },
    )
    .toBe('found')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Merge two contacts' })
  await dialog.getByRole('radio', { name: 'Nora Lind-Berg' }).focus()
  await page.keyboard.press('ArrowRight')
  expect(await findAccessibilityFaults(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Merge', exact: true }).press('Enter')
  await page.getByRole('heading', { name: 'N. Lind', level: 1 }).waitFor()
  expect(await details()).toMatchObject({ name: 'N. Lind', company: 'Pier', merges: [{ other: { id: twin.id } }] })
  await page.getByRole('button', { name: 'Undo the merge of N. Lind' }).press('Enter')
  await page.getByRole('heading', { name: 'Nora Lind-Berg' }).waitFor()
  expect((await admin.get<ContactDetails>(`/contacts/${twin.id}`)).name).toBe('N. Lind')
  expect((await details()).company).toBeNull()
})
