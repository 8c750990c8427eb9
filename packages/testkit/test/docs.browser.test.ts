import {
  findAccessibilityFaults,
  launchBrowser,
  logInAs,
  startTestWorld,
  type TestUser,
  type TestWorld,
} from '@parley/testkit'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'

// The reference at /docs, under the policy it is served with. What a page logs as an error fails the test.

const DEADLINE_MS = 30_000
const HEIGHT = 900

let world: TestWorld
let browser: Browser
const closing: (() => Promise<void>)[] = []
let faults: string[] = []

beforeAll(async () => {
  ;[world, browser] = await Promise.all([startTestWorld({ clock: 'system' }), launchBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await world?.stop()
})
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
  expect(faults.splice(0)).toEqual([])
})

async function open(path: string, { as, ...look }: BrowserContextOptions & { as?: TestUser } = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: HEIGHT }, locale: 'en-GB', ...look })
  context.setDefaultTimeout(DEADLINE_MS)
  closing.push(() => context.close())
  if (as) await logInAs(context, world.url, as)
  const page = await context.newPage()
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (line) => line.type() === 'error' && faults.push(line.text()))
  await page.goto(world.url + path)
  return page
}

const contents = (page: Page) => page.getByRole('navigation', { name: 'Contents' })
const title = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()

describe('for whoever comes', () => {
  test('one goes from the contents to an operation, a hook and a guide', async () => {
    const page = await open('/docs')
    await title(page, 'Reference')
    await contents(page).getByRole('button', { name: 'Messages' }).click()
    await contents(page)
      .getByRole('link', { name: /Brings in a client's message/ })
      .click()
    await title(page, /Brings in a client's message/)
    expect(new URL(page.url()).pathname).toBe('/docs/chats/sendEvent')
    expect(await page.title()).toContain("Brings in a client's message")
    await page.getByRole('button', { name: 'Fields of sender' }).first().click()
    await page.getByText('profile_link').first().waitFor()
    await contents(page).getByRole('link', { name: 'Message, version 2' }).click()
    await title(page, 'Message, version 2')
    await page.getByText('"client_id": "hc-conv-1001"').waitFor()
    await contents(page).getByRole('link', { name: 'Your first channel in ten minutes' }).click()
    await title(page, 'Your first channel in ten minutes')
    await page.getByRole('main').getByRole('link', { name: 'Testing in your CI' }).click()
    await title(page, 'Testing in your CI')
  })

  test('an address leads to its place: an operation, a code, a part of a guide; a wrong one says so', async () => {
    const page = await open('/docs/errors#ORIGIN_BODY_TOO_LARGE')
    const code = page.getByRole('heading', { name: 'ORIGIN_BODY_TOO_LARGE' })
    await code.waitFor()
    const topOf = async (place: Locator) => (await place.boundingBox())?.y ?? HEIGHT
    await expect.poll(() => topOf(code)).toBeLessThan(HEIGHT)
    await page.goto(`${world.url}/docs/guides/testing-in-ci#gitlab`)
    const part = page.getByRole('heading', { name: 'GitLab' })
    await part.waitFor()
    await expect.poll(() => topOf(part)).toBeLessThan(HEIGHT)
    await page.goto(`${world.url}/docs/app/getChats`)
    await title(page, /./)
    await page.getByText('/api/app/v1/chats', { exact: true }).waitFor()
    await page.getByRole('link', { name: 'not_logged_in' }).click()
    await title(page, 'Errors')
    expect(page.url()).toMatch(/\/docs\/errors#not_logged_in$/)
    await page.goto(`${world.url}/docs/chats/nothing`)
    await page.getByText('There is no such page in the reference').waitFor()
  })

  test('the filter finds words of texts, and is in the address', async () => {
    const page = await open('/docs')
    await title(page, 'Reference')
    await page.keyboard.press('/')
    await page.keyboard.type('msec_timestamp')
    await page
      .getByRole('status')
      .filter({ hasText: /\d+ pages/ })
      .waitFor()
    await contents(page)
      .getByRole('link', { name: /Brings in a client's message/ })
      .click()
    await title(page, /Brings in a client's message/)
    expect(new URL(page.url()).search).toBe('?q=msec_timestamp')
    const field = page.getByRole('searchbox', { name: 'Search the reference' })
    await field.fill('no such words anywhere')
    await page.getByText(/Nothing has “no such words/).waitFor()
    await field.press('Escape')
    await contents(page).getByRole('link', { name: 'All codes' }).waitFor()
  })

  test('on a phone the contents open over the page and close behind a choice', async () => {
    const page = await open('/docs', { viewport: { width: 390, height: 844 } })
    await title(page, 'Reference')
    expect(await contents(page).count()).toBe(0)
    await page.getByRole('button', { name: 'Contents' }).click()
    await contents(page).getByRole('link', { name: 'All codes' }).click()
    await title(page, 'Errors')
    expect(await contents(page).count()).toBe(0)
    const isNarrow = await page.evaluate('document.documentElement.scrollWidth <= innerWidth')
    expect(isNarrow).toBe(true)
  })

  test('the frame speaks the language that is chosen, and says that the rest is English', async () => {
    const page = await open('/docs/chats/sendEvent', { locale: 'ru-RU' })
    await page.getByText('Сам справочник написан на английском.').waitFor()
    await page.getByRole('heading', { name: 'Ответы' }).waitFor()
  })

  test('who is not logged in is told how to try', async () => {
    const page = await open('/docs/chats/showTyping')
    await page.getByRole('button', { name: 'Send a signed request' }).click()
    await page.getByRole('link', { name: 'Log in' }).click()
    await page.getByRole('heading', { name: 'Log in' }).waitFor()
    expect(new URL(page.url()).searchParams.get('next')).toContain('/docs/chats/showTyping')
    // The browser itself reports the 401 by which a page learns that nobody is logged in.
    faults = faults.filter((fault) => !fault.includes('401'))
  })

  const places = [
    '/docs',
    '/docs/chats/sendEvent',
    '/docs/app',
    '/docs/app/postChatMessages',
    '/docs/hooks/messageHookV1',
    '/docs/errors',
    '/docs/guides/first-channel',
  ]
  const looks = [
    { colorScheme: 'light', viewport: { width: 1440, height: 900 } },
    { colorScheme: 'dark', viewport: { width: 390, height: 844 } },
  ] as const
  test.each(looks)('axe finds nothing in $colorScheme, $viewport.width wide', async (look) => {
    const page = await open('/docs', look)
    for (const place of places) {
      await page.goto(world.url + place)
      await title(page, /./)
      expect([place, await findAccessibilityFaults(page)]).toEqual([place, []])
    }
  })
})

describe('tried', () => {
  test('a signed example is a message in the inbox', async () => {
    const account = await world.anAccount()
    const admin = await account.asAdmin()
    const { channel } = await admin.post<{ channel: { id: string } }>('/channels', {
      name: 'Harbor Chat',
      webhookUrl: 'https://hooks.example.net/in/:scope_id',
    })
    await admin.post(`/channels/${channel.id}/connect`, {})
    const page = await open('/docs/chats/sendEvent', { as: account.admin })
    await page.getByRole('button', { name: 'Send a signed request' }).click()
    const form = page.getByRole('form', { name: 'Try it' })
    const body = form.getByRole('textbox', { name: 'Body' })
    await body.fill((await body.inputValue()).replace('Is it in stock?', 'Tried from the reference'))
    await form.getByRole('button', { name: 'Send' }).click()
    const result = page.getByRole('region', { name: 'What was sent and answered' })
    await result.getByText(/Answer 200 after/).waitFor()
    await result.getByText(/^POST\n[0-9a-f]{32}\napplication\/json\n/).waitFor()
    expect(await findAccessibilityFaults(page)).toEqual([])
    // The next example goes on with it: an edit of this very message.
    await form.getByRole('combobox', { name: 'Example' }).click()
    await page.getByRole('option', { name: 'An edit' }).click()
    await form.getByRole('button', { name: 'Send' }).click()
    await expect
      .poll(async () => (await admin.listChats()).items[0]?.lastMessage?.text)
      .toBe('Is it in stock, in blue?')
    await page.goto(`${world.url}/inbox`)
    await page.getByText('Nora Lind').first().waitFor()
  })

  test('the app API is read at once, and asks before it changes something', async () => {
    const account = await world.anAccount()
    const page = await open('/docs/app/getTags', { as: account.admin })
    await page.getByRole('button', { name: 'Open the form' }).click()
    const form = page.getByRole('form', { name: 'Try it' })
    const result = page.getByRole('region', { name: 'What was sent and answered' })
    await form.getByRole('button', { name: 'Send' }).click()
    await result.getByText(/Answer 200 after/).waitFor()
    await page.goto(`${world.url}/docs/app/postTags`)
    await page.getByRole('button', { name: 'Open the form' }).click()
    await form.getByRole('textbox', { name: 'Body' }).fill('{"name": "From the reference"}')
    await form.getByRole('button', { name: 'Send' }).click()
    const dialog = page.getByRole('dialog', { name: 'Send POST /api/app/v1/tags?' })
    await dialog.getByText(`the real data of ${account.name}`).waitFor()
    const admin = await account.asAdmin()
    expect(JSON.stringify(await admin.get('/tags'))).not.toContain('From the reference')
    await dialog.getByRole('button', { name: 'Send it' }).click()
    await result.getByText(/Answer 20\d after/).waitFor()
    expect(JSON.stringify(await admin.get('/tags'))).toContain('From the reference')
  })

  test('a manager is told that channels are for admins, an admin without one where to get one', async () => {
    const account = await world.anAccount()
    const manager = await open('/docs/chats/sendEvent', { as: account.manager })
    await manager.getByRole('button', { name: 'Send a signed request' }).click()
    await manager.getByText('Only admins of an account').waitFor()
    const admin = await open('/docs/chats/sendEvent', { as: account.admin })
    await admin.getByRole('button', { name: 'Send a signed request' }).click()
    await admin.getByRole('link', { name: 'Register one in the settings' }).waitFor()
  })
})
