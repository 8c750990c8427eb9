import {
  aNewMessage,
  aSender,
  findAccessibilityFaults,
  type HookReceiver,
  hasKeyboard,
  launchBrowser,
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
let hook: HookReceiver
let channel: TestChannel

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
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  context.setDefaultTimeout(DEADLINE_MS)
})
afterEach(() => context.close())

async function openScreen(user: TestUser, url = world.url): Promise<Page> {
  const page = await context.newPage()
  await page.goto(url)
  await page.getByLabel('E-mail').fill(user.email)
  await page.getByLabel('Password').fill(user.password)
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByRole('region', { name: 'Conversations' }).waitFor()
  return page
}

const listOf = (page: Page) => page.getByRole('listbox', { name: 'Chats' })
const rowOf = (page: Page, name: string) => listOf(page).getByRole('option', { name })
const logOf = (page: Page) => page.getByRole('log', { name: 'Messages' })
const composerOf = (page: Page) => page.getByRole('textbox', { name: 'Reply' })

/** A client with a conversation of their own. */
function aClient(name: string) {
  const sender = aSender({ id: `client-${name}`, name })
  return (text: string) => channel.send(aNewMessage({ text, sender, conversation_id: `conversation-${name}` }))
}

/** A mark that a reload would wipe off. */
const mark = (page: Page) => page.evaluate('window.isTheSamePage = true')
const isSamePage = (page: Page) => page.evaluate('window.isTheSamePage === true')

describe('the main job, on a screen', () => {
  test("a client's message appears, is answered, and the answer arrives signed", async () => {
    const page = await openScreen(channel.account.manager)
    await mark(page)
    const nora = aClient('Nora Lind')
    await nora('Is the blue one still in stock?')

    // It appears by itself: a lead nobody has taken, and a line in the notification centre.
    await rowOf(page, 'Nora Lind').filter({ hasText: 'Incoming' }).waitFor()
    await page.getByRole('button', { name: 'Notifications, 1 unread' }).waitFor()
    await rowOf(page, 'Nora Lind').click()
    await page.getByRole('region', { name: 'Conversation with Nora Lind' }).waitFor()
    await logOf(page).getByText('Is the blue one still in stock?').waitFor()

    await page.getByRole('button', { name: 'Accept' }).click()
    await page.getByRole('button', { name: 'Accept' }).waitFor({ state: 'detached' })

    const secondTab = await context.newPage()
    await secondTab.goto(page.url())
    await logOf(secondTab).getByText('Is the blue one still in stock?').waitFor()
    await mark(secondTab)

    await composerOf(page).fill('Yes, two of them.')
    await composerOf(page).press('Enter')
    const received = await hook.next()
    expect(received.isSignedBy(channel.secret)).toBe(true)
    expect(received.path).toContain(channel.scopeId)
    expect(received.json()).toMatchObject({
      account_id: channel.account.amojoId,
      message: {
        sender: { id: channel.account.manager.amojoId },
        receiver: { client_id: 'client-Nora Lind' },
        conversation: { client_id: 'conversation-Nora Lind' },
        message: { type: 'text', text: 'Yes, two of them.' },
      },
    })

    for (const tab of [page, secondTab]) {
      await logOf(tab).getByText('Yes, two of them.').waitFor()
      expect(await logOf(tab).getByText('Yes, two of them.').count()).toBe(1)
      expect(await isSamePage(tab)).toBe(true)
    }
    expect(await composerOf(page).inputValue()).toBe('')
    expect(await world.messagesOf(channel)).toMatchObject([
      { direction: 'in', text: 'Is the blue one still in stock?' },
      { direction: 'out', text: 'Yes, two of them.', authorKind: 'user' },
    ])
  })

  test('a screen that was offline catches up, and what was written meanwhile goes out', async () => {
    const line = await world.aNetworkLine()
    const page = await openScreen(channel.account.manager, line.url)
    const nora = aClient('Nora Lind')
    await nora('Hello?')
    await rowOf(page, 'Nora Lind').click()
    await logOf(page).getByText('Hello?').waitFor()
    await mark(page)

    await context.setOffline(true)
    line.cut() // what is open already does not notice that the browser is offline
    await page.getByText('You are offline.').waitFor()
    await nora('Are you there?')
    await aClient('Omar Haddad')('I have a question, too.')
    await composerOf(page).fill('One moment.')
    await composerOf(page).press('Enter')
    await page.getByText('1 reply waits.').waitFor()
    expect(await logOf(page).getByText('Are you there?').count()).toBe(0)

    line.mend()
    await context.setOffline(false)
    await logOf(page).getByText('Are you there?').waitFor()
    await rowOf(page, 'Omar Haddad').waitFor()
    const received = await hook.next()
    expect(received.json().message.message.text).toBe('One moment.')
    await page.getByText('You are offline.').waitFor({ state: 'detached' })
    expect(await logOf(page).getByText('One moment.').count()).toBe(1)
    expect(await isSamePage(page)).toBe(true)
  })

  test('a server that was restarted is found again, and nothing is missing', async () => {
    const page = await openScreen(channel.account.manager)
    const nora = aClient('Nora Lind')
    await nora('Before')
    await rowOf(page, 'Nora Lind').click()
    await logOf(page).getByText('Before').waitFor()
    await mark(page)

    await world.restart()
    await nora('After')
    await logOf(page).getByText('After').waitFor({ timeout: 20_000 })
    expect(await isSamePage(page)).toBe(true)
  })

  test('the whole of it by keyboard', async () => {
    const page = await openScreen(channel.account.manager)
    await aClient('Nora Lind')('Hello?')
    await rowOf(page, 'Nora Lind').waitFor()
    await listOf(page).focus()
    await page.keyboard.press('j')
    await logOf(page).getByText('Hello?').waitFor()
    const reply = page.getByRole('textbox', { name: 'Reply', exact: true })
    await reply.waitFor()
    await page.keyboard.press('r')
    await expect.poll(() => hasKeyboard(reply)).toBe(true)
    await page.keyboard.type('Good morning.')
    await page.keyboard.press('Enter')
    expect((await hook.next()).json().message.message.text).toBe('Good morning.')
  })

  test.each(['light', 'dark'] as const)('axe finds nothing serious, %s', async (colorScheme) => {
    const page = await openScreen(channel.account.manager)
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await aClient('Nora Lind')('Is the blue one still in stock?')
    await rowOf(page, 'Nora Lind').click()
    await logOf(page).getByText('Is the blue one still in stock?').waitFor()
    await page.getByRole('button', { name: 'Accept' }).waitFor()
    expect(await findAccessibilityFaults(page)).toEqual([])
    await page.setViewportSize({ width: 390, height: 844 })
    expect(await findAccessibilityFaults(page)).toEqual([])
  })

  test('axe finds nothing serious on the log-in', async () => {
    const page = await context.newPage()
    await page.goto(world.url)
    await page.getByLabel('E-mail').waitFor()
    expect(await findAccessibilityFaults(page)).toEqual([])
  })
})
