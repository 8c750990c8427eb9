import { randomUUID } from 'node:crypto'
import type { ChatId, SearchAnswer } from '@parley/protocol/model'
import {
  type AppClient,
  aNewMessage,
  aSender,
  findAccessibilityFaults,
  launchBrowser,
  openAs,
  startTestWorld,
  type TestAccount,
  type TestChannel,
  type TestWorld,
  waitUntil,
} from '@parley/testkit'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'

const DEADLINE_MS = 30_000
/** More than a conversation shows when it opens. */
const LINES = 90
const INDEXED_WITHIN_MS = 25_000

let world: TestWorld
let browser: Browser
let context: BrowserContext
let account: TestAccount
let channel: TestChannel
let admin: AppClient
let nora: ChatId

beforeAll(async () => {
  ;[world, browser] = await Promise.all([startTestWorld({ clock: 'system' }), launchBrowser()])
  account = await world.anAccount()
  await account.aUser({ name: 'Tom Okafor' })
  channel = await world.aChannel({ account, title: 'Harbor Chat' })
  admin = await account.asAdmin()
  nora = await converse('Nora Lind', [
    'A crimson bicycle, please',
    ...Array.from({ length: LINES }, (_, n) => (n === LINES - 5 ? 'The bicycle is here' : `Line ${n}`)),
  ])
  await converse('Иван Петров', ['Нужны документы на велосипед'])
  // It is filled a moment later, and gives way to whatever else a busy machine does.
  await waitUntil(
    'the index',
    async () =>
      (await admin.get<SearchAnswer>(`/search?q=${encodeURIComponent('документы')}`)).messages?.items.length === 1,
    INDEXED_WITHIN_MS,
  )
})
afterAll(async () => {
  await browser?.close()
  await world?.stop()
})

async function converse(name: string, lines: readonly string[]): Promise<ChatId> {
  const sender = aSender({ id: name, name, profile: { phone: '+34 612 345 678' } })
  let chatId = ''
  for (const [index, text] of lines.entries()) {
    const at = new Date(Date.now() - (lines.length - index) * 60_000)
    const ids = await channel.send(aNewMessage({ text, sender, conversation_id: `with ${name}`, at }))
    chatId = ids.conversation_id
  }
  return chatId as ChatId
}

beforeEach(async () => {
  context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    locale: 'en-GB',
  })
  context.setDefaultTimeout(DEADLINE_MS)
})
afterEach(() => context.close())

async function openScreen(path = '/inbox'): Promise<Page> {
  const page = await openAs(context, world.url, account.admin, path)
  await page.waitForURL((url) => url.pathname !== '/login')
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
  return page
}

const palette = (page: Page) => page.getByRole('dialog', { name: 'Go to, do or find' })
const field = (page: Page) => palette(page).getByRole('combobox')
const option = (page: Page, name: string | RegExp) => palette(page).getByRole('option', { name })

describe('the palette, by the keyboard alone', () => {
  test('what is typed while it opens is in it; a step asks one thing more; Esc goes back step by step', async () => {
    const page = await openScreen()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('theme')
    await option(page, 'Change theme…').waitFor()
    expect(await field(page).inputValue()).toBe('theme')
    expect(await findAccessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Enter')
    await option(page, 'Dark').waitFor()
    await page.keyboard.press('Escape')
    await option(page, 'Notifications Settings').waitFor()
    await page.keyboard.type('theme')
    await page.keyboard.press('Enter')
    await page.keyboard.type('dark')
    await option(page, 'Dark').waitFor()
    await page.keyboard.press('Enter')
    await palette(page).waitFor({ state: 'detached' })
    expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('dark')
    await page.keyboard.press('Control+k')
    await field(page).waitFor()
    await page.keyboard.press('Escape')
    await palette(page).waitFor({ state: 'detached' })
  })

  test('no letter is lost that is typed between the drawing of its field and the field’s taking the keyboard', async () => {
    const page = await openScreen()
    await page.evaluate(`{
      const { focus } = HTMLElement.prototype
      HTMLElement.prototype.focus = function (...how) {
        if (this.matches('[role=combobox]')) setTimeout(() => focus.apply(this, how), 500)
        else focus.apply(this, how)
      }
    }`)
    await page.keyboard.press('Control+k')
    await field(page).waitFor()
    await page.keyboard.type('crim')
    await expect.poll(() => page.evaluate('document.activeElement?.role')).toBe('combobox')
    await page.keyboard.type('son')
    await expect.poll(() => field(page).inputValue()).toBe('crimson')
  })

  test('what the screen below can do stands in it with its key, and works', async () => {
    const page = await openScreen()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('notif')
    await option(page, /^Notifications N$/).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Notifications' }).waitFor()
  })

  test('the open conversation is assigned, and that can be taken back', async () => {
    const page = await openScreen(`/inbox?c=${nora}`)
    await page
      .getByText(`Line ${LINES - 1}`)
      .last()
      .waitFor()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('assign')
    await option(page, 'Assign to…').waitFor()
    await page.keyboard.press('Enter')
    await page.keyboard.type('tom')
    await option(page, /Tom Okafor/).waitFor()
    await page.keyboard.press('Enter')
    const told = page.getByText('Nora Lind is assigned to Tom Okafor')
    await told.waitFor()
    expect((await admin.getChat(nora)).chat.responsible?.name).toBe('Tom Okafor')
    await page.getByRole('button', { name: 'Undo' }).click()
    await told.waitFor({ state: 'detached' })
    await expect.poll(async () => (await admin.getChat(nora)).chat.responsible).toBeNull()
  })

  test('a message far back is found and landed on', async () => {
    const page = await openScreen()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('bicycles crims')
    const found = option(page, /A crimson bicycle, please/)
    for (const marked of ['crimson', 'bicycle']) await found.getByText(marked, { exact: true }).waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/inbox?c=${nora}&m=*`)
    await palette(page).waitFor({ state: 'detached' })
    const message = page.getByRole('log').getByText('A crimson bicycle, please')
    await message.waitFor()
    await expect.poll(() => message.evaluate((element) => element.getBoundingClientRect().top)).toBeGreaterThan(0)
    const hit = page.getByRole('log').locator('[aria-current]')
    expect(await hit.allInnerTexts()).toEqual([expect.stringContaining('A crimson bicycle, please')])
    // Its end was never read, let alone scrolled through.
    expect(
      await page
        .getByRole('log')
        .getByText(`Line ${LINES - 1}`)
        .count(),
    ).toBe(0)
  })

  test('people are found in other letters, and by the digits of their phone', async () => {
    const page = await openScreen()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('petrov')
    await option(page, /Иван Петров/)
      .first()
      .waitFor()
    await page.keyboard.press('Control+a')
    await page.keyboard.type('0034 612345678')
    await option(page, /Nora Lind \+34 612 345 678/).waitFor()
  })
})

describe('within a conversation', () => {
  const bar = (page: Page) => page.getByRole('searchbox', { name: 'Search in this conversation' })
  const hits = (page: Page) => page.getByRole('log').locator('[aria-current]')
  const isSeen = (page: Page) =>
    hits(page).evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect()
      return top > 0 && bottom < 900
    })

  test('hits are gone through from the newest back and forth, and Esc goes back to where one was', async () => {
    const page = await openScreen(`/inbox?c=${nora}`)
    const last = page.getByRole('log').getByText(`Line ${LINES - 1}`)
    await last.waitFor()
    await page.keyboard.press('Control+f')
    await bar(page).waitFor()
    await page.keyboard.type('bicycle')
    await page.getByText('1 of 2', { exact: true }).waitFor()
    await hits(page).getByText('The bicycle is here', { exact: false }).waitFor()
    expect(await hits(page).locator('mark').allInnerTexts()).toEqual(['bicycle'])
    await expect.poll(() => isSeen(page)).toBe(true)
    expect(await findAccessibilityFaults(page)).toEqual([])

    // The next one is far from what is loaded.
    await page.keyboard.press('Enter')
    await page.getByText('2 of 2', { exact: true }).waitFor()
    await hits(page).getByText('A crimson', { exact: false }).waitFor()
    await expect.poll(() => isSeen(page)).toBe(true)
    await page.keyboard.press('Shift+Enter')
    await hits(page).getByText('The bicycle is here', { exact: false }).waitFor()
    await page.keyboard.press('Enter')
    await hits(page).getByText('A crimson', { exact: false }).waitFor()

    await page.keyboard.press('Escape')
    await bar(page).waitFor({ state: 'detached' })
    await last.waitFor()
    expect(await hits(page).count()).toBe(0)
    await expect.poll(() => page.getByRole('log').evaluate((log) => log.matches(':focus'))).toBe(true)
  })

  test('says that there is nothing, and closes without moving', async () => {
    const page = await openScreen(`/inbox?c=${nora}`)
    await page.getByRole('button', { name: 'Search in this conversation' }).click()
    await bar(page).fill('unicycle')
    await page.getByText('Nothing found').waitFor()
    await bar(page).fill('crimson')
    await hits(page).getByText('A crimson', { exact: false }).waitFor()
    await page.getByRole('button', { name: 'Close the search' }).click()
    await page.getByRole('log').getByText('A crimson bicycle, please').waitFor()
    expect(await hits(page).count()).toBe(0)
  })
})

describe('the page of results', () => {
  test('shows each kind, narrows by filters, and is gone through by arrows', async () => {
    const page = await openScreen('/search')
    const search = page.getByRole('searchbox', { name: 'Search for' })
    await search.fill('велосипеды')
    await page.getByRole('link', { name: /Нужны документы на велосипед/ }).waitFor()
    await page.waitForURL('**/search?q=*')
    await page.getByRole('button', { name: 'Add filter' }).click()
    await page.getByRole('menuitem', { name: 'Channel' }).hover()
    await page.getByRole('menuitem', { name: 'Harbor Chat' }).click()
    await page.getByRole('list', { name: 'Filters' }).getByText('Harbor Chat').waitFor()
    expect(await search.inputValue()).toBe('велосипеды channel:"Harbor Chat"')
    await page.getByRole('tab', { name: /^Messages/ }).click()
    const hit = page.getByRole('link', { name: /Нужны документы на велосипед/ })
    await hit.waitFor()
    expect(await findAccessibilityFaults(page)).toEqual([])
    await search.focus()
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => hit.evaluate((link) => link.matches(':focus'))).toBe(true)
    await page.keyboard.press('Enter')
    await page.waitForURL('**/inbox?c=*&m=*')
    await page.goBack()
    await hit.waitFor()
  })

  test('says what it did not understand, and what was not found', async () => {
    const page = await openScreen('/search?q=bicycle%20channel:nowhere')
    await page.getByText('There is no channel called "nowhere".').waitFor()
    await page.getByText('Nothing was found').waitFor()
    expect(await findAccessibilityFaults(page)).toEqual([])
  })

  test('what is edited away disappears while one looks', async () => {
    const text = `vermilion ${randomUUID().slice(0, 8)}`
    const ids = await channel.send(aNewMessage({ text }))
    const found = () => admin.get<SearchAnswer>('/search?q=vermilion')
    await waitUntil('the index', async () => (await found()).messages?.items.length === 1)
    const page = await openScreen('/search?q=vermilion')
    const hit = page.getByRole('link', { name: new RegExp(text) })
    await hit.waitFor()
    const edited = { id: ids.msgid, message: { type: 'text', text: 'nothing of the kind' } }
    expect((await channel.post({ event_type: 'edit_message', payload: edited })).status).toBe(200)
    await hit.waitFor({ state: 'detached' })
  })
})

test('keys are changed by whoever likes others, and go along to another browser', async () => {
  const page = await openScreen()
  await page.keyboard.press('?')
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await dialog.getByRole('button', { name: 'Change keys' }).click()
  const notifications = dialog.getByRole('button', { name: 'Change the keys of Notifications' })
  await notifications.press('Enter')
  await dialog.getByRole('button', { name: /^Press the keys for Notifications/ }).waitFor()
  await page.keyboard.press('?')
  await dialog.getByText('Taken: Keyboard shortcuts').waitFor()
  await notifications.press('Enter')
  await page.keyboard.press('Shift+b')
  await dialog.getByRole('button', { name: 'Usual keys for Notifications' }).waitFor()
  expect(await findAccessibilityFaults(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Done' }).click()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })

  await context.close()
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  context.setDefaultTimeout(DEADLINE_MS)
  const other = await openScreen()
  await other.getByRole('region', { name: 'Conversations' }).waitFor()
  await other.keyboard.press('n')
  await other.keyboard.press('Shift+B')
  await other.getByRole('dialog', { name: 'Notifications' }).waitFor()
})
