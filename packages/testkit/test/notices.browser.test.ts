import type { NotificationSettingsChange } from '@parley/protocol/model'
import {
  aNewMessage,
  aSender,
  findBrowser,
  launchBrowser,
  openAs,
  startTestWorld,
  type TestChannel,
  type TestUser,
  type TestWorld,
} from '@parley/testkit'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { BuildProxy } from './build-proxy.ts'

const DEADLINE_MS = 30_000
/** Rather the whole browser: a shell shows no notifications and keeps no page for when there is no network. */
const found = await findBrowser({ isWhole: true })
const testWhole = test.skipIf(!found.isWhole)

let world: TestWorld
let browser: Browser
let context: BrowserContext
let channel: TestChannel

beforeAll(async () => {
  ;[world, browser] = await Promise.all([startTestWorld({ clock: 'system' }), launchBrowser({ browser: found })])
})
afterAll(async () => {
  await browser?.close()
  await world?.stop()
})
beforeEach(async () => {
  channel = await world.aChannel()
  context = await aContext()
})
afterEach(() => context.close())

/** A browser of its own, in which what is heard and shown can be counted, and which can be made to look elsewhere. */
async function aContext(): Promise<BrowserContext> {
  const made = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    permissions: ['notifications'],
    serviceWorkers: 'allow',
  })
  made.setDefaultTimeout(DEADLINE_MS)
  await made.addInitScript(`
    window.heard = 0
    window.isHidden = false
    const start = OscillatorNode.prototype.start
    OscillatorNode.prototype.start = function (...given) { window.heard += 1; return start.apply(this, given) }
    Object.defineProperty(document, 'visibilityState', { get: () => (window.isHidden ? 'hidden' : 'visible') })
  `)
  return made
}

async function openScreen(user: TestUser, at = '/inbox', url = world.url, within = context): Promise<Page> {
  const page = await openAs(within, url, user, at)
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
  return page
}

const bellOf = (page: Page, unread: number) =>
  page.getByRole('button', { name: unread === 0 ? 'Notifications' : `Notifications, ${unread} unread`, exact: true })
const listOf = (page: Page) => page.getByRole('list', { name: 'Notifications' })
const aClient = (name: string) => (text: string) =>
  channel.send(
    aNewMessage({ text, sender: aSender({ id: `client-${name}`, name }), conversation_id: `conversation-${name}` }),
  )
const change = async (user: TestUser, settings: NotificationSettingsChange) =>
  (await user.logIn()).patch('/notification-settings', settings)

/** What the worker shows; it is known to be there. */
const shown = (page: Page) =>
  page.evaluate(`navigator.serviceWorker.ready.then((one) => one.getNotifications())
    .then((all) => all.map(({ title, body, tag }) => ({ title, body, tag })))`)

/** What a start without network needs is kept: the files, and what is on the screen when the page goes out of sight. */
async function untilAllIsKept(page: Page): Promise<void> {
  const isKept = (part: string) =>
    page.evaluate(`caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name))))
      .then((all) => Promise.all(all.map((one) => one.keys())))
      .then((all) => all.flat().some(({ url }) => url.includes('${part}')))`)
  await expect.poll(() => isKept('/assets/conversation'), { timeout: DEADLINE_MS }).toBe(true)
  await page.evaluate(`window.isHidden = true; document.dispatchEvent(new Event('visibilitychange'))`)
  await expect.poll(() => isKept(`${new URL(page.url()).host}/snapshot`), { timeout: DEADLINE_MS }).toBe(true)
}

describe('the bell', () => {
  test('counts what is for its user, opens at the place, and tells nobody of his own doing', async () => {
    const { admin, manager } = channel.account
    const elsewhere = await aContext()
    const [his, hers] = [await openScreen(manager), await openScreen(admin, '/inbox', world.url, elsewhere)]
    const nora = aClient('Nora Lind')
    const { conversation_id: chatId } = await nora('Is the blue one still there?')
    for (const page of [his, hers]) await bellOf(page, 1).waitFor()
    expect(await his.title()).toMatch(/^\(1\) /)
    expect(await his.evaluate(`document.querySelector('link[rel=icon]').href`)).toContain('data:image/svg+xml')

    await bellOf(his, 1).click()
    await listOf(his).getByText('New lead').click()
    await his.getByRole('region', { name: 'Conversation with Nora Lind' }).waitFor()
    await bellOf(his, 0).waitFor()
    await bellOf(hers, 1).waitFor()

    const client = await channel.account.asManager()
    const note = { id: crypto.randomUUID(), text: '@Ana Silva can you help?', mentions: [admin.id] }
    await client.post(`/chats/${chatId}/notes`, note)
    await bellOf(hers, 2).click()
    await listOf(hers).getByText('Max Berg mentioned you').waitFor()
    await bellOf(his, 0).waitFor()
    await elsewhere.close()
  })

  testWhole(
    'rings once for two tabs, as its user has set it, and shows what comes only while nobody looks',
    async () => {
      const { manager } = channel.account
      const first = await openScreen(manager)
      const second = await context.newPage()
      await second.goto(`${world.url}/inbox`)
      await second.getByRole('navigation', { name: 'Main' }).waitFor()
      await second.evaluate('navigator.serviceWorker.ready')
      // A page may be heard once somebody has used it.
      for (const page of [first, second]) await page.getByRole('main').click()

      await aClient('Nora Lind')('Hello')
      for (const page of [first, second]) await bellOf(page, 1).waitFor()
      const heard = async () =>
        (await Promise.all([first, second].map((page) => page.evaluate('window.heard')))) as number[]
      // The chime is two tones.
      await expect.poll(heard, { timeout: 5000 }).toEqual(expect.arrayContaining([0, 2]))
      expect(await shown(first)).toEqual([])

      for (const page of [first, second]) await page.evaluate('window.isHidden = true')
      await aClient('Omar Haddad')('Anybody there?')
      await expect
        .poll(() => shown(first), { timeout: 5000 })
        .toEqual([{ title: 'Omar Haddad: New lead', body: 'Anybody there?', tag: expect.stringMatching(/^c-/) }])

      const before = (await heard()).reduce((sum, one) => sum + one)
      await change(manager, {
        quiet: { isOn: true, from: 0, to: 24 * 60 - 1, days: [1, 2, 3, 4, 5, 6, 7] },
        timeZone: 'UTC',
      })
      await aClient('Elif Demir')('Is it quiet?')
      await bellOf(first, 3).waitFor()
      expect((await heard()).reduce((sum, one) => sum + one)).toBe(before)
      expect(await shown(first)).toHaveLength(1)
    },
  )
})

describe('the notification centre', () => {
  test('puts one off and takes that back, and shows one kind alone', async () => {
    await aClient('Nora Lind')('Hello')
    await aClient('Omar Haddad')('Hello, too')
    const page = await openScreen(channel.account.manager, '/notifications')
    const line = listOf(page).getByRole('button', { name: /Hello, too/ })
    await line.focus()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: /In an hour/ }).click()
    await line.getByText(/Comes again at/).waitFor()
    await bellOf(page, 1).waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await line.getByText(/Comes again at/).waitFor({ state: 'detached' })

    await page.getByRole('combobox', { name: 'Kind' }).click()
    await page.getByRole('option', { name: 'Mentions' }).click()
    await page.getByText('None of these').waitFor()
    await page.getByRole('tab', { name: 'For you' }).click()
    expect(page.url()).toContain('kind=mention')
    expect(page.url()).toContain('view=me')
  })

  test('is set up in its settings, which hold at once in every tab', async () => {
    const page = await openScreen(channel.account.manager, '/settings/notifications')
    const second = await context.newPage()
    await second.goto(`${world.url}/settings/notifications`)
    const box = (on: Page) => on.getByRole('checkbox', { name: 'New leads: In the app' })
    await box(second).waitFor()
    await box(page).click()
    await expect.poll(() => box(second).isChecked(), { timeout: 5000 }).toBe(false)
    await aClient('Nora Lind')('Hello')
    const client = await channel.account.asManager()
    expect((await client.listNotifications()).unread).toBe(0)
    await page.getByRole('radio', { name: /Everybody/ }).click()
    await expect.poll(() => second.getByRole('radio', { name: /Everybody/ }).isChecked(), { timeout: 5000 }).toBe(true)
  })
})

describe('the service worker', () => {
  testWhole('shows a push while nobody looks, and a click opens its chat in the tab that is there', async () => {
    const { conversation_id: chatId } = await aClient('Nora Lind')('Hello')
    const page = await openScreen(channel.account.manager)
    const devTools = await context.newCDPSession(page)
    const registered = new Promise<string>((resolve) =>
      devTools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        if (registrations[0]) resolve(registrations[0].registrationId)
      }),
    )
    await devTools.send('ServiceWorker.enable')
    await page.evaluate('navigator.serviceWorker.ready')
    const registrationId = await registered
    // Another tab is looked at: the driver must not say that this one is, too.
    await devTools.send('Emulation.setFocusEmulationEnabled', { enabled: false })
    const elsewhere = await context.newPage()
    await elsewhere.bringToFront()
    const payload = { title: 'Nora Lind', text: 'Hello', url: `/inbox?c=${chatId}`, tag: 'c-1', unread: 1, at: 5 }
    await devTools.send('ServiceWorker.deliverPushMessage', {
      ...{ origin: world.url, registrationId },
      data: JSON.stringify(payload),
    })
    await expect.poll(() => shown(page), { timeout: 5000 }).toEqual([{ title: 'Nora Lind', body: 'Hello', tag: 'c-1' }])

    const [worker] = context.serviceWorkers()
    await worker!.evaluate(`self.registration.getNotifications().then(([notification]) =>
      self.dispatchEvent(new NotificationEvent('notificationclick', { notification })))`)
    await page.getByRole('region', { name: 'Conversation with Nora Lind' }).waitFor()
  })

  test('makes the app one to install', async () => {
    const page = await openScreen(channel.account.manager)
    await page.evaluate('navigator.serviceWorker.ready')
    const devTools = await context.newCDPSession(page)
    const { installabilityErrors } = await devTools.send('Page.getInstallabilityErrors')
    // A test's browser keeps no profile, so nothing can be installed in it.
    expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([])
    const { errors } = await devTools.send('Page.getAppManifest')
    expect(errors).toEqual([])
  })

  testWhole('opens the app without network with what was there, and catches up', async () => {
    const nora = aClient('Nora Lind')
    await nora('Hello')
    const line = await world.aNetworkLine()
    const page = await openScreen(channel.account.manager, '/inbox', line.url)
    const row = page.getByRole('option', { name: 'Nora Lind' })
    await row.click()
    const log = page.getByRole('log', { name: 'Messages' })
    await log.getByText('Hello').waitFor()
    await untilAllIsKept(page)

    await context.setOffline(true)
    line.cut()
    await page.reload()
    await page.getByText('You are offline.').waitFor()
    await log.getByText('Hello').waitFor()
    await nora('Are you there?')
    line.mend()
    await context.setOffline(false)
    await log.getByText('Are you there?').waitFor()
    await page.getByText('You are offline.').waitFor({ state: 'detached' })
  })

  test('keeps a new version until somebody takes it, and the draft with it', async () => {
    await aClient('Nora Lind')('Hello')
    const proxy = await BuildProxy.start(world.url)
    const page = await openScreen(channel.account.manager, '/inbox', proxy.url)
    await page.evaluate('navigator.serviceWorker.ready')
    await page.getByRole('option', { name: 'Nora Lind' }).click()
    const composer = page.getByRole('textbox', { name: 'Reply' })
    await composer.fill('Half a sentence')

    proxy.release()
    await page.evaluate('navigator.serviceWorker.ready.then((one) => one.update())')
    await page.getByText('A new version is ready.').waitFor()
    expect(await composer.inputValue()).toBe('Half a sentence')
    await page.evaluate('window.isTheSamePage = true')
    await page.getByRole('button', { name: 'Reload' }).click()
    await expect.poll(() => page.evaluate('window.isTheSamePage').catch(() => true), { timeout: 5000 }).toBe(undefined)
    await expect.poll(() => composer.inputValue(), { timeout: 5000 }).toBe('Half a sentence')
    await page.getByText('A new version is ready.').waitFor({ state: 'detached' })
    await page.close()
    await proxy.stop()
  })
})
