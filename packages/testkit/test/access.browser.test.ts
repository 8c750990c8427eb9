import { launchBrowser, startTestWorld, type TestAccount, type TestUser, type TestWorld } from '@parley/testkit'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

const DEADLINE_MS = 30_000

let world: TestWorld
let browser: Browser
let account: TestAccount
const contexts: BrowserContext[] = []

beforeAll(async () => {
  ;[world, browser] = await Promise.all([startTestWorld({ clock: 'system' }), launchBrowser()])
  account = await world.anAccount()
})
afterAll(async () => {
  await browser?.close()
  await world?.stop()
})
afterEach(() => Promise.all(contexts.splice(0).map((context) => context.close())))

/** A browser of somebody's own, at an address. */
async function open(path: string, user: TestUser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
  context.setDefaultTimeout(DEADLINE_MS)
  contexts.push(context)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const { cookie } = await user.logIn()
  const [name = '', value = ''] = cookie.split('=', 2)
  await context.addCookies([{ name, value, url: world.url }])
  const page = await context.newPage()
  await page.goto(world.url + path)
  return page
}

const inConsole = (page: Page, expression: string): Promise<unknown> => page.evaluate(expression)

test('on every page the console tells the account’s chat id, and to nobody after the log-out', async () => {
  const page = await open('/inbox', account.manager)
  const paths = ['/inbox', '/pipeline', '/tasks', '/contacts', '/analytics', '/notifications', '/settings/profile']
  for (const path of paths) {
    await page.goto(world.url + path)
    await expect.poll(() => inConsole(page, 'typeof AMOCRM'), { timeout: DEADLINE_MS }).toBe('object')
    expect(await inConsole(page, "AMOCRM.constant('account').amojo_id"), path).toBe(account.amojoId)
    expect(await inConsole(page, "APP.constant('account').amojo_id"), path).toBe(account.amojoId)
  }
  expect(await inConsole(page, "[APP.constant('account').id, APP.constant('user').id]")).toEqual([
    account.id,
    account.manager.id,
  ])
  expect(await inConsole(page, "String(APP.constant('constructor'))")).toBe('undefined')
  await page.getByRole('button', { name: /^You: / }).click()
  await page.getByRole('menuitem', { name: 'Log out' }).click()
  await page.getByRole('heading', { name: 'Log in' }).waitFor()
  expect(await inConsole(page, '[typeof AMOCRM, typeof APP]')).toEqual(['undefined', 'undefined'])
})

test('the profile shows the chat id and copies it', async () => {
  const page = await open('/settings/profile', account.manager)
  const card = page.getByRole('region', { name: 'Chat account id' })
  expect(await card.getByRole('textbox', { name: 'Chat account id' }).inputValue()).toBe(account.amojoId)
  await card.getByRole('button', { name: 'Copy' }).click()
  await card.getByRole('button', { name: 'Copied' }).waitFor()
  expect(await inConsole(page, 'navigator.clipboard.readText()')).toBe(account.amojoId)
})

test('an admin makes an API key, renews it and revokes it; a manager is offered none', async () => {
  const company = await world.anAccount()
  const { admin } = company
  const page = await open('/settings/security', admin)
  const card = page.getByRole('region', { name: 'API key' })
  const make = async (label: string) => {
    await card.getByRole('button', { name: label }).click()
    await page.getByLabel('Your password').fill(admin.password)
    await page.getByRole('dialog').getByRole('button', { name: label }).click()
    const dialog = page.getByRole('dialog', { name: 'Copy the API key now' })
    const key = await dialog.getByRole('textbox', { name: 'API key' }).inputValue()
    expect(await dialog.getByRole('textbox', { name: 'Login (USER_LOGIN)' }).inputValue()).toBe(admin.email)
    await dialog.getByRole('button', { name: 'Done' }).click()
    return key
  }
  const opens = async (key: string) => {
    const body = new URLSearchParams({ USER_LOGIN: admin.email, USER_HASH: key })
    return (await fetch(`${world.url}/private/api/auth.php?type=json`, { method: 'POST', body })).ok
  }
  const first = await make('Make an API key')
  expect(await opens(first)).toBe(true)
  const second = await make('Make a new API key')
  expect([await opens(first), await opens(second)]).toEqual([false, true])
  await card.getByRole('button', { name: 'Revoke' }).click()
  await page.getByRole('alertdialog').or(page.getByRole('dialog')).getByRole('button', { name: 'Revoke' }).click()
  await card.getByRole('button', { name: 'Make an API key' }).waitFor()
  expect(await opens(second)).toBe(false)
  await page.goto(`${world.url}/settings/audit`)
  await page.getByText(`${admin.name} revoked the API key of ${admin.name}`).waitFor()

  const other = await open('/settings/profile', company.manager)
  const answered = other.waitForResponse((answer) => answer.url().endsWith('/me/api-key'))
  await other.goto(`${world.url}/settings/security`)
  await other.getByRole('region', { name: 'Access tokens' }).waitFor()
  expect(await (await answered).json()).toEqual({ apiKey: null })
  expect(await other.getByRole('region', { name: 'API key' }).count()).toBe(0)
})
