import {
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
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'

const DEADLINE_MS = 30_000

let world: TestWorld
let browser: Browser
let context: BrowserContext
let channel: TestChannel

beforeAll(async () => {
  ;[world, browser] = await Promise.all([startTestWorld({ clock: 'system' }), launchBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await world?.stop()
})
beforeEach(async () => {
  channel = await world.aChannel()
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  context.setDefaultTimeout(DEADLINE_MS)
})
afterEach(() => context.close())

async function openInbox(user: TestUser = channel.account.manager): Promise<Page> {
  const page = await openAs(context, world.url, user)
  await page.getByRole('region', { name: 'Conversations' }).waitFor()
  return page
}

const listOf = (page: Page) => page.getByRole('listbox', { name: 'Chats' })
const rowOf = (page: Page, name: string) => listOf(page).getByRole('option', { name })
const tabOf = (page: Page, name: string) => page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name })

/** A client with a conversation of their own. */
function aClient(name: string) {
  const sender = aSender({ id: `client-${name}`, name })
  return (text = 'Hello?') => channel.send(aNewMessage({ text, sender, conversation_id: `conversation-${name}` }))
}

describe('a list of conversations', () => {
  test('is narrowed by keyboard, and rows come and go by themselves', async () => {
    const nora = aClient('Nora Lind')
    await nora()
    await aClient('Omar Haddad')()
    const manager = await channel.account.asManager()
    const page = await openInbox()
    await rowOf(page, 'Nora Lind').waitFor()
    await tabOf(page, 'Open 2 conversations').waitFor()

    await page.keyboard.press('f')
    await page.getByRole('checkbox', { name: 'Unread' }).press('Space')
    await page.keyboard.press('Escape')
    await page.getByRole('list', { name: 'Filters' }).getByText('Unread').waitFor()
    expect(new URL(page.url()).searchParams.get('unread')).toBe('true')

    // Somebody reads it elsewhere: it leaves. The client writes again: it is back.
    const { items } = await manager.listChats('?view=open')
    const chat = items.find(({ client }) => client.name === 'Nora Lind')!
    await manager.readChat(chat.id)
    await rowOf(page, 'Nora Lind').waitFor({ state: 'detached' })
    await nora('Are you there?')
    await rowOf(page, 'Nora Lind').waitFor()

    // A link reproduces the screen.
    const copy = await context.newPage()
    await copy.goto(page.url())
    await copy.getByRole('list', { name: 'Filters' }).getByText('Unread').waitFor()
    await rowOf(copy, 'Omar Haddad').waitFor()
    await page.getByRole('button', { name: 'Remove the filter Unread' }).click()
    await page.getByRole('list', { name: 'Filters' }).waitFor({ state: 'detached' })

    // What the list is by itself stands in the filter, too.
    await tabOf(page, 'All').click()
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    const state = page.getByRole('combobox', { name: 'State' })
    await state.filter({ hasText: 'All' }).click()
    await page.getByRole('option', { name: 'Closed' }).click()
    await page.getByRole('list', { name: 'Filters' }).getByText('Closed').waitFor()
    await state.click()
    await page.getByRole('option', { name: 'All' }).click()
    await page.getByRole('list', { name: 'Filters' }).waitFor({ state: 'detached' })
  })

  test('is saved as a view, whose number is right at any time', async () => {
    await aClient('Nora Lind')()
    const page = await openInbox()
    await rowOf(page, 'Nora Lind').waitFor()
    await page.keyboard.press('f')
    await page.getByRole('checkbox', { name: 'Client waits' }).press('Space')
    await page.getByRole('button', { name: 'Save as view' }).click()
    await page.getByRole('dialog', { name: 'Save as a view' }).getByLabel('Name').fill('To answer')
    await page.keyboard.press('Enter')
    await tabOf(page, 'To answer 1 conversation').waitFor()
    await aClient('Omar Haddad')()
    await tabOf(page, 'To answer 2 conversations').waitFor()
    await rowOf(page, 'Omar Haddad').click()
    await page.getByRole('textbox', { name: 'Reply' }).fill('Here you are.')
    await page.keyboard.press('Enter')
    await tabOf(page, 'To answer 1 conversation').waitFor()
    await rowOf(page, 'Omar Haddad').waitFor({ state: 'detached' })

    await page.getByRole('button', { name: 'Options of this view' }).click()
    await page.getByRole('menuitem', { name: 'Delete the view' }).click()
    await tabOf(page, 'To answer').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Undo' }).click()
    await tabOf(page, 'To answer 1 conversation').waitFor()
  })
})

describe('what is done to conversations', () => {
  test('closing one and going on, by one key; the next message brings it back', async () => {
    const nora = aClient('Nora Lind')
    await aClient('Omar Haddad')()
    await nora()
    const page = await openInbox()
    await rowOf(page, 'Nora Lind').click()
    await page.getByRole('region', { name: 'Conversation with Nora Lind' }).waitFor()
    await listOf(page).focus()
    await page.keyboard.press('Shift+E')
    await page.getByRole('region', { name: 'Conversation with Omar Haddad' }).waitFor()
    await rowOf(page, 'Nora Lind').waitFor({ state: 'detached' })
    await page.getByText('Conversation closed').waitFor()
    await nora('One thing more')
    await rowOf(page, 'Nora Lind').waitFor()
  })

  test('many at once, all that match, and taken back', async () => {
    for (const name of ['Ada Ek', 'Bo Dahl', 'Cy Falk', 'Di Gran']) await aClient(name)()
    const page = await openInbox()
    await rowOf(page, 'Di Gran').click()
    await listOf(page).focus()
    await page.keyboard.press('x')
    await page.keyboard.press('j')
    await page.keyboard.press('Shift+X')
    const bar = page.getByRole('region', { name: 'Selected conversations' })
    await bar.getByText('2 selected').waitFor()
    await bar.getByRole('button', { name: 'Select all 4 matching' }).click()
    await bar.getByText('4 selected').waitFor()
    await page.keyboard.press('e')
    await page.getByText('4 conversations closed').waitFor()
    await page.getByText('Nothing is left to do here').waitFor()
    await tabOf(page, 'Open 0 conversations').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await rowOf(page, 'Ada Ek').waitFor()
    await tabOf(page, 'Open 4 conversations').waitFor()
  })

  test('the end is told, though the answer comes behind it', async () => {
    await aClient('Ada Ek')()
    const page = await openInbox()
    await page.route('**/chats/bulk', async (route) => {
      const response = await route.fetch()
      await page.waitForTimeout(1000) // the stream has told the end by then
      await route.fulfill({ response })
    })
    await rowOf(page, 'Ada Ek').click()
    await listOf(page).focus()
    await page.keyboard.press('e')
    await page.getByText('Conversation closed').waitFor()
  })

  test('snoozed it rests, and the client wakes it', async () => {
    const nora = aClient('Nora Lind')
    await nora()
    const page = await openInbox()
    await rowOf(page, 'Nora Lind').click()
    await page.getByRole('log', { name: 'Messages' }).getByText('Hello?').waitFor()
    await listOf(page).focus()
    await page.keyboard.press('h')
    await page.getByRole('dialog', { name: 'Snooze the conversation' }).waitFor()
    await page.keyboard.type('tomorrow')
    await page.keyboard.press('Enter')
    await rowOf(page, 'Nora Lind').waitFor({ state: 'detached' })
    await tabOf(page, 'All').click()
    await rowOf(page, 'Nora Lind').filter({ hasText: 'Snoozed until' }).waitFor()
    await tabOf(page, 'Open').click()
    await nora('It is urgent')
    await rowOf(page, 'Nora Lind').waitFor()
  })

  test('handed over by keyboard with a note, and marked unread though it is open', async () => {
    await aClient('Nora Lind')()
    const page = await openInbox()
    await rowOf(page, 'Nora Lind').click()
    await page.getByRole('log', { name: 'Messages' }).getByText('Hello?').waitFor()
    await listOf(page).focus()
    await page.keyboard.press('a')
    const dialog = page.getByRole('dialog', { name: 'Assign the conversation' })
    await dialog.getByLabel('Note for them').fill('Likes blue')
    await dialog.getByRole('combobox', { name: 'Find' }).fill('ana')
    await page.keyboard.press('Enter')
    await page.getByText('Given to Ana Silva').waitFor()
    await rowOf(page, 'Nora Lind').filter({ hasText: 'Ana Silva' }).waitFor()

    await listOf(page).focus()
    await page.keyboard.press('u')
    await rowOf(page, 'Nora Lind').filter({ hasText: '1 unread' }).waitFor()
    await tabOf(page, 'Unread 1 conversation').waitFor()
    await rowOf(page, 'Nora Lind').click()
    await tabOf(page, 'Unread 0 conversations').waitFor()
  })

  test('axe finds nothing serious, with a filter, a selection and a dialog open', async () => {
    await aClient('Nora Lind')()
    const page = await openInbox()
    await rowOf(page, 'Nora Lind').click()
    await listOf(page).focus()
    await page.keyboard.press('x')
    await page.getByRole('region', { name: 'Selected conversations' }).waitFor()
    expect(await findAccessibilityFaults(page)).toEqual([])
    await page.keyboard.press('h')
    await page.getByRole('dialog').waitFor()
    expect(await findAccessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.press('f')
    await page.getByRole('dialog', { name: 'Filter' }).waitFor()
    expect(await findAccessibilityFaults(page)).toEqual([])
  })
})

test('a list is found again where it was left, after another scene and a reload', async () => {
  await Promise.all(Array.from({ length: 40 }, (_, index) => aClient(`Client ${index + 100}`)()))
  const page = await openInbox()
  await listOf(page).getByRole('option').first().waitFor()
  const before = await listOf(page).evaluate((element) => {
    element.scrollTop = 1200
    return element.scrollTop
  })
  // Below the top nothing moves by itself.
  await aClient('Nora Lind')()
  await page.getByRole('button', { name: '1 updated' }).waitFor()
  expect(await listOf(page).evaluate((element) => element.scrollTop)).toBe(before)
  await tabOf(page, 'Unassigned').click()
  await tabOf(page, 'Open').click()
  await expect.poll(() => listOf(page).evaluate((element) => element.scrollTop)).toBe(before)
  await page.reload()
  await expect.poll(() => listOf(page).evaluate((element) => element.scrollTop)).toBe(before)
})
