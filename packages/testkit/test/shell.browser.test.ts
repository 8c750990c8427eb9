import {
  aNewMessage,
  findAccessibilityFaults,
  hasKeyboard,
  launchBrowser,
  openAs,
  startTestWorld,
  type TestChannel,
  type TestWorld,
} from '@parley/testkit'
import type { Browser, BrowserContext, Page, Response } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'

const DEADLINE_MS = 30_000
const PHONE = { width: 390, height: 844 }

let world: TestWorld
let browser: Browser
let context: BrowserContext
let channel: TestChannel

beforeAll(async () => {
  ;[world, browser] = await Promise.all([startTestWorld({ clock: 'system' }), launchBrowser()])
  channel = await world.aChannel()
})
afterAll(async () => {
  await browser?.close()
  await world?.stop()
})

beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
  context.setDefaultTimeout(DEADLINE_MS)
})
afterEach(() => context.close())

async function openScreen(): Promise<Page> {
  const page = await openAs(context, world.url, channel.account.manager)
  await page.getByRole('region', { name: 'Conversations' }).waitFor()
  return page
}

const userMenu = (page: Page) => page.getByRole('button', { name: `You: ${channel.account.manager.name}` })

describe('the frame around the scenes', () => {
  test('the list of keys tells what works here, and letters can be switched off', async () => {
    const page = await openScreen()
    await page.keyboard.press('?')
    const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await dialog.getByRole('region', { name: 'Go to' }).getByText('Inbox').waitFor()
    await dialog.getByRole('region', { name: 'Inbox' }).getByText('Lead panel').waitFor()
    // Nothing is open that could be answered.
    expect(await dialog.getByText('Send the reply').count()).toBe(0)
    expect(await findAccessibilityFaults(page)).toEqual([])

    await dialog.getByRole('switch', { name: 'Letters and signs act by themselves' }).click()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await page.keyboard.press('?')
    await page.keyboard.press('n')
    expect(await page.getByRole('dialog').count()).toBe(0)

    await userMenu(page).click()
    await page.getByRole('menuitem', { name: 'Keyboard shortcuts' }).click()
    await dialog.getByRole('switch').click()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await page.keyboard.press('n')
    await page.getByRole('dialog', { name: 'Notifications' }).waitFor()
  })

  test('another language is there at once, and after a reload', async () => {
    const page = await openScreen()
    await userMenu(page).click()
    await page.getByRole('menuitem', { name: 'Language' }).click()
    await page.getByRole('menuitemradio', { name: 'Русский' }).click()
    await page.getByRole('navigation', { name: 'Основное' }).waitFor()
    expect(await page.evaluate('document.documentElement.lang')).toBe('ru')
    await page.reload()
    await page.getByRole('button', { name: 'Уведомления' }).waitFor()

    // It is kept with its user: the tests that follow read English.
    await page.getByRole('button', { name: channel.account.manager.name }).click()
    await page.getByRole('menuitem', { name: 'Язык' }).click()
    const kept = page.waitForResponse((response) => response.request().method() === 'PATCH' && response.ok())
    await page.getByRole('menuitemradio', { name: 'English' }).click()
    await kept
    await page.getByRole('navigation', { name: 'Main' }).waitFor()
  })

  test('a button of one icon says what it does, to the pointer and to the keyboard', async () => {
    const page = await openScreen()
    const tip = page.locator('[data-open]:not([data-ending-style])', { hasText: 'Inbox' }).last()
    await page.getByRole('link', { name: 'Inbox' }).hover()
    await tip.waitFor()
    await page.mouse.move(700, 500)
    await tip.waitFor({ state: 'detached' })
    await page.keyboard.press('F6')
    const link = page.getByRole('link', { name: 'Inbox' })
    for (let presses = 0; !(await hasKeyboard(link)) && presses < 20; presses += 1) await page.keyboard.press('Tab')
    await tip.waitFor()
    await page.keyboard.press('Escape')
    await tip.waitFor({ state: 'detached' })
  })

  test("a phone's bar has a sheet for all else", async () => {
    const page = await openScreen()
    await page.setViewportSize(PHONE)
    await page.getByRole('button', { name: 'More' }).click()
    const sheet = page.getByRole('dialog', { name: 'More' })
    await sheet.getByRole('radio', { name: 'High contrast' }).check()
    expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('contrast')
    expect(await findAccessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'More' }).click()
    await sheet.getByRole('button', { name: 'Log out' }).click()
    await page.getByLabel('E-mail').waitFor()
  })
})

test('the inbox with a conversation loads less than 250 kB of script, as sent', async () => {
  const { conversation_id: chatId } = await channel.send(aNewMessage({ text: 'Small, please' }))
  await openScreen()
  const fresh = await browser.newContext({ storageState: await context.storageState() })
  const page = await fresh.newPage()
  const scripts: Response[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response)
  })
  await page.goto(`${world.url}/inbox?c=${chatId}`)
  await page.getByRole('log', { name: 'Messages' }).getByText('Small, please').waitFor()
  await page.getByRole('textbox', { name: 'Reply', exact: true }).waitFor()
  const sizes = await Promise.all(scripts.map((response) => response.request().sizes()))
  const bytes = sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0)
  console.log(`scripts of the inbox route: ${scripts.length} files, ${Math.round(bytes / 1000)} kB as sent`)
  expect(bytes).toBeGreaterThan(50_000)
  expect(bytes).toBeLessThan(250_000)
  await fresh.close()
})

describe('the kit of parts', () => {
  async function openKit(theme: string): Promise<Page> {
    const page = await context.newPage()
    await page.goto(`${world.url}/kit`)
    await page.getByRole('radio', { name: theme, exact: true }).check()
    return page
  }

  test.each(['light', 'dark', 'contrast'])('axe finds nothing serious, %s', async (theme) => {
    const page = await openKit(theme)
    expect(await findAccessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Confirm', exact: true }).click()
    await page.getByRole('dialog', { name: 'Delete the pipeline “Sales”?' }).waitFor()
    expect(await findAccessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('combobox', { name: 'Stage', exact: true }).click()
    await page.getByRole('option', { name: 'In talks' }).waitFor()
    expect(await findAccessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.setViewportSize(PHONE)
    expect(await findAccessibilityFaults(page)).toEqual([])
  })

  test('what was done is taken back with Z, and says so when that fails', async () => {
    const page = await openKit('light')
    await page.getByRole('button', { name: 'Undo that fails' }).click()
    await page.getByRole('status').getByText('Moved to Offer sent').waitFor()
    await page.keyboard.press('z')
    await page.getByRole('status').getByText('Not undone: Something went wrong').waitFor()
    await page.getByRole('status').getByRole('button', { name: 'Try again' }).waitFor()
  })

  test('a value is edited where it stands', async () => {
    const page = await openKit('light')
    const title = page.getByRole('textbox', { name: 'Title' })
    await title.fill('Ten chairs')
    await title.press('Escape')
    expect(await title.inputValue()).toBe('Twelve chairs')
    const failing = page.getByRole('textbox', { name: 'Never saved' })
    await failing.fill('Changed')
    await failing.press('Tab')
    await page.getByText('Not saved: Something went wrong.').waitFor()
    expect(await failing.inputValue()).toBe('Changed')
    await page.getByRole('textbox', { name: 'Comment' }).last().and(page.locator(':focus')).waitFor()
  })

  test('rows are walked and selected by keyboard', async () => {
    const page = await openKit('light')
    const grid = page.getByRole('grid', { name: 'Leads' })
    await grid.focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('Shift+ArrowDown')
    await page.keyboard.press('Shift+ArrowDown')
    expect(await grid.getByRole('row', { selected: true }).count()).toBe(3)
    await page.keyboard.press('Space')
    expect(await grid.getByRole('row', { selected: true }).count()).toBe(2)
    await page.keyboard.press('End')
    await grid.getByRole('row', { name: '€120' }).waitFor()
  })

  test('something new is created from what was typed', async () => {
    const page = await openKit('light')
    const tags = page.getByRole('combobox', { name: 'Tags' })
    await tags.fill('Wholesale')
    await page.getByRole('option', { name: 'Create “Wholesale”' }).waitFor()
    await tags.press('Enter')
    await page.getByRole('button', { name: 'Remove Wholesale' }).last().waitFor()
    expect(await tags.inputValue()).toBe('')
  })
})
