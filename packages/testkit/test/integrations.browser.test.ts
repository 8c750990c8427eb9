import {
  findAccessibilityFaults,
  HookReceiver,
  launchBrowser,
  startTestWorld,
  type TestAccount,
  TestIntegration,
  type TestWorld,
} from '@parley/testkit'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

const DEADLINE_MS = 30_000

let world: TestWorld
let browser: Browser
/** A third party's own server: where the browser is sent back to. */
let third: HookReceiver
const contexts: BrowserContext[] = []

beforeAll(async () => {
  ;[world, browser, third] = await Promise.all([
    startTestWorld({ clock: 'system' }),
    launchBrowser(),
    HookReceiver.start(),
  ])
})
afterAll(async () => {
  await browser?.close()
  await world?.stop()
  await third?.stop()
})
afterEach(() => Promise.all(contexts.splice(0).map((context) => context.close())))

async function aPage(viewport = { width: 1440, height: 900 }): Promise<Page> {
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' })
  context.setDefaultTimeout(DEADLINE_MS)
  contexts.push(context)
  return context.newPage()
}

async function logIn(page: Page, { admin }: TestAccount): Promise<void> {
  await page.getByLabel('E-mail').fill(admin.email)
  await page.getByLabel('Password', { exact: true }).fill(admin.password)
  await page.getByRole('button', { name: 'Log in' }).click()
}

/** The link of a program, which somebody presses on its site. */
const linkOf = ({ id }: TestIntegration, more: Record<string, string> = {}) =>
  `${world.url}/oauth?${new URLSearchParams({ client_id: id, ...more })}`

test('a program’s whole journey: log-in, consent, code, tokens, account, refresh, uninstall', async () => {
  const account = await world.anAccount({ name: 'Harbor' })
  const admin = await account.asAdmin()
  const redirectUris = [third.url]
  const program = await TestIntegration.register(world, admin, { name: 'Counter', redirectUris })
  const page = await aPage({ width: 390, height: 844 })
  await page.goto(linkOf(program, { state: '007 1e5' }))
  await logIn(page, account)
  await page.getByRole('heading', { name: 'Let Counter into Harbor?' }).waitFor()
  expect(await findAccessibilityFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Allow' }).click()
  const came = new URL((await third.next(DEADLINE_MS)).path, third.url).searchParams
  expect(came.get('state')).toBe('007 1e5')
  const first = await program.exchange(came.get('code')!)
  expect(first.status).toBe(200)
  expect((await program.read(first.body.access_token)).body).toMatchObject({
    id: account.id,
    amojo_id: account.amojoId,
  })
  const next = await program.refresh(first.body.refresh_token)
  expect((await program.read(next.body.access_token)).status).toBe(200)

  await page.goto(`${world.url}/settings/integrations`)
  const card = page.getByRole('region', { name: 'Counter' })
  await card.getByText(/^Installed on/).waitFor()
  expect(await findAccessibilityFaults(page)).toEqual([])
  await card.getByRole('button', { name: 'Uninstall' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Uninstall' }).click()
  await card.getByText('Not installed in this account').waitFor()
  expect((await program.read(next.body.access_token)).status).toBe(401)
  expect((await program.refresh(next.body.refresh_token)).body.hint).toBe('Token has been revoked')
})

test('an admin registers a program, sees its secret once, and installs it', async () => {
  const account = await world.anAccount()
  const page = await aPage()
  await page.goto(`${world.url}/login?next=/settings/integrations`)
  await logIn(page, account)
  await page.getByRole('button', { name: 'New integration' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Tally')
  await dialog.getByLabel('Redirect addresses').fill('http://elsewhere.example/')
  await dialog.getByRole('button', { name: 'Register' }).click()
  await dialog.getByText(/http:\/\/ is for this machine only/).waitFor()
  await dialog.getByLabel('Redirect addresses').fill(third.url)
  await dialog.getByRole('button', { name: 'Register' }).click()
  expect(await page.getByLabel('Secret', { exact: true }).inputValue()).toMatch(/^[0-9a-f]{64}$/)
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('region', { name: 'Tally' }).getByRole('button', { name: 'Install' }).click()
  await page.getByRole('button', { name: 'Decline' }).click()
  const came = new URL((await third.next(DEADLINE_MS)).path, third.url).searchParams
  expect(came.get('error')).toBe('access_denied')
})

test('in a window that a site opened, the code comes to that site as a message, and the window closes', async () => {
  const account = await world.anAccount({ name: 'Harbor' })
  const program = await TestIntegration.register(world, await account.asAdmin(), { redirectUris: [third.url] })
  // The program's site, and one that is nobody's: both open the same page.
  const stranger = await HookReceiver.start()
  const page = await aPage()
  const link = linkOf(program, { mode: 'post_message', state: 'here' })
  const open = async (site: string) => {
    await page.goto(site)
    await page.evaluate('heard = []; addEventListener("message", (event) => heard.push([event.origin, event.data]))')
    const [consent] = await Promise.all([
      page.waitForEvent('popup'),
      page.evaluate(`void open(${JSON.stringify(link)})`),
    ])
    if (site === third.url) await logIn(consent, account)
    const closed = consent.waitForEvent('close')
    await consent.getByRole('button', { name: 'Allow' }).click()
    await closed
    return page.evaluate('heard')
  }
  const heard = (await open(third.url)) as [string, Record<string, string>][]
  expect(heard).toEqual([
    [
      new URL(world.url).origin,
      expect.objectContaining({ state: 'here', client_id: program.id, referer: new URL(world.url).host }),
    ],
  ])
  expect((await program.exchange(heard[0]![1].code!)).status).toBe(200)
  expect(await open(stranger.url)).toEqual([])
  await stranger.stop()
})

test('a long-lived token is made for so many days, shown once, and revoked', async () => {
  const account = await world.anAccount()
  const admin = await account.asAdmin()
  const program = await TestIntegration.register(world, admin, { name: 'Nightly', redirectUris: [third.url] })
  await program.install(admin)
  const page = await aPage()
  await page.goto(`${world.url}/login?next=/settings/integrations`)
  await logIn(page, account)
  const card = page.getByRole('region', { name: 'Nightly' })
  await card.getByRole('button', { name: 'Make a token' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Report')
  await dialog.getByLabel('Days it is good for').fill('1826')
  await dialog.getByText('A whole number from 1 to 1825').waitFor()
  expect(await dialog.getByRole('button', { name: 'Make a token' }).isDisabled()).toBe(true)
  await dialog.getByLabel('Days it is good for').fill('30')
  expect(await findAccessibilityFaults(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Make a token' }).click()
  const box = page.getByLabel('Long-lived tokens', { exact: true }).and(page.locator('input, textarea'))
  const token = await box.inputValue()
  const claims = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString())
  expect(claims.exp - claims.iat).toBe(30 * 86_400)
  expect((await program.read(token)).status).toBe(200)
  await page.getByRole('button', { name: 'Done' }).click()
  await card.getByText(/^Report · good until/).waitFor()
  await card.getByRole('button', { name: 'Revoke' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  // Behind a dialog nothing has a role: the card would not be there anyhow.
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await card.getByText(/^Report ·/).waitFor({ state: 'detached' })
  expect((await program.read(token)).status).toBe(401)
})

test('a link that names another address leads nowhere', async () => {
  const account = await world.anAccount()
  const program = await TestIntegration.register(world, await account.asAdmin())
  const page = await aPage()
  await page.goto(linkOf(program, { redirect_uri: 'https://evil.example/' }))
  await logIn(page, account)
  await page.getByText('This link leads nowhere').waitFor()
  expect(await page.getByRole('button', { name: 'Allow' }).count()).toBe(0)
  expect(new URL(page.url()).origin).toBe(world.url)
})
