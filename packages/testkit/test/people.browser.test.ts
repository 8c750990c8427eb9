import { MANAGER_RIGHTS, type TeamRole } from '@parley/protocol/model'
import { aNewMessage, launchBrowser, startTestWorld, type TestUser, type TestWorld, totpCode } from '@parley/testkit'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'

const DEADLINE_MS = 30_000
const STEP_MS = 30_000
const PASSWORD = 'seven blue wheels'

let world: TestWorld
let browser: Browser
let contexts: BrowserContext[] = []
/** Passkeys belong to a name, so the screens are opened at one. */
let origin: string

beforeAll(async () => {
  ;[world, browser] = await Promise.all([startTestWorld({ clock: 'system' }), launchBrowser()])
  origin = `http://localhost:${new URL(world.url).port}`
})
afterAll(async () => {
  await browser?.close()
  await world?.stop()
})
beforeEach(() => {
  contexts = []
})
afterEach(async () => {
  for (const context of contexts) await context.close()
})

/** A browser of somebody's own. */
async function aBrowser(): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' })
  context.setDefaultTimeout(DEADLINE_MS)
  contexts.push(context)
  return context.newPage()
}

async function logIn(page: Page, { email, password }: Pick<TestUser, 'email' | 'password'>): Promise<void> {
  await page.goto(`${origin}/login`)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
}

async function logOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^You: / }).click()
  await page.getByRole('menuitem', { name: 'Log out' }).click()
  await page.getByRole('heading', { name: 'Log in' }).waitFor()
}

const inboxOf = (page: Page) => page.getByRole('region', { name: 'Conversations' })

/** A device that holds passkeys and always knows its owner. */
async function withAuthenticator(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

test('a company signs up, asks somebody in, and he guards his log-in', async () => {
  const founder = await aBrowser()
  await founder.goto(`${origin}/login`)
  await founder.getByRole('link', { name: 'Make an account' }).click()
  const company = `Blue Wheels ${Math.random().toString(36).slice(2, 8)}`
  await founder.getByLabel('Company').fill(company)
  await founder.getByText(`${company.toLowerCase().replaceAll(' ', '-')}.localhost`).waitFor()
  await founder.getByLabel('Your name').fill('Nora Lind')
  await founder.getByLabel('E-mail').fill('nora@blue-wheels.example')
  await founder.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await founder.getByRole('button', { name: 'Make the account' }).click()
  await inboxOf(founder).waitFor()
  await founder.getByText('No conversations yet').waitFor()
  await founder.getByRole('heading', { name: 'Welcome, Nora' }).waitFor()

  await founder.getByRole('link', { name: 'Connect a channel' }).click()
  await founder.getByRole('link', { name: 'Register a channel' }).waitFor()
  await founder.goBack()
  await founder.getByRole('link', { name: 'Ask your team in' }).click()
  await founder.getByRole('button', { name: 'Invite' }).click()
  await founder.getByRole('button', { name: 'Make a link' }).click()
  const link = new URL(await founder.getByRole('textbox', { name: 'Link of the invitation' }).inputValue())
  await founder.getByRole('button', { name: 'Done' }).click()

  const page = await aBrowser()
  await withAuthenticator(page)
  const omar = { email: 'omar@blue-wheels.example', password: PASSWORD }
  await page.goto(origin + link.pathname)
  await page.getByRole('heading', { name: `Join ${company}` }).waitFor()
  await page.getByLabel('Your name').fill('Omar Haddad')
  await page.getByLabel('E-mail').fill(omar.email)
  await page.getByLabel('Password', { exact: true }).fill(omar.password)
  await page.getByRole('button', { name: 'Join' }).click()
  await inboxOf(page).waitFor()
  // The list of whoever asked him in shows him by itself.
  await founder.getByRole('button', { name: 'Omar Haddad' }).waitFor()

  await page.goto(`${origin}/settings/security`)
  await page.getByRole('button', { name: 'Turn codes on' }).click()
  await page.getByLabel('Your password').fill(omar.password)
  await page.getByRole('button', { name: 'Continue' }).click()
  const secret = await page.getByRole('textbox', { name: 'Secret for the app' }).inputValue()
  await page.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor()
  await page.getByLabel('Code', { exact: true }).fill(totpCode(secret, new Date()))
  await page.getByRole('dialog').getByRole('button', { name: 'Turn codes on' }).click()
  const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
  await codes.first().waitFor()
  expect(await codes.count()).toBe(10)
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await page.getByText('A code is asked for since').waitFor()

  await logOut(page)
  await logIn(page, omar)
  await page.getByLabel('Code', { exact: true }).fill('000000')
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await page.getByText('The code is wrong, or was used before.').waitFor()
  // The one before is used up: that of the next half minute is taken, too.
  await page.getByLabel('Code', { exact: true }).fill(totpCode(secret, new Date(Date.now() + STEP_MS)))
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await inboxOf(page).waitFor()

  await page.goto(`${origin}/settings/security`)
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByLabel('Name of the passkey').fill('My laptop')
  await page.getByLabel('Your password').fill(omar.password)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('list', { name: 'Passkeys' }).getByRole('listitem').waitFor()

  await logOut(page)
  await page.getByRole('button', { name: 'Log in with a passkey' }).click()
  await inboxOf(page).waitFor()
})

test('a role that shows less takes an open conversation off the screen at once', async () => {
  const channel = await world.aChannel()
  const { account } = channel
  await channel.send(aNewMessage({ text: 'Is the blue one still there?' }))
  const admin = await account.asAdmin()
  const { items } = await admin.listChats()
  await admin.acceptLead(items[0]!.lead!.id)
  const rights = {
    ...MANAGER_RIGHTS,
    incoming: false,
    leads: { view: 'own', edit: 'own', delete: 'none', export: 'none' },
  }
  const role = await admin.post<TeamRole>('/roles', { name: 'Seller', rights: MANAGER_RIGHTS })
  await admin.patch(`/users/${account.manager.id}`, { roleId: role.id })

  const page = await aBrowser()
  await logIn(page, account.manager)
  await page.getByRole('listbox', { name: 'Chats' }).getByRole('option').first().click()
  const log = page.getByRole('log', { name: 'Messages' })
  await log.getByText('Is the blue one still there?').waitFor()
  await page.evaluate('window.isTheSamePage = true')

  await admin.patch(`/roles/${role.id}`, { rights })
  await page.getByText('This conversation does not exist').waitFor()
  expect(await page.getByText('Is the blue one still there?').count()).toBe(0)
  await page.getByText('No conversations yet').waitFor()

  await admin.patch(`/roles/${role.id}`, { rights: MANAGER_RIGHTS })
  await log.getByText('Is the blue one still there?').waitFor()
  expect(await page.evaluate('window.isTheSamePage')).toBe(true)
})

test('somebody who is switched off stands at the log-in at once', async () => {
  const account = await world.anAccount()
  const page = await aBrowser()
  await logIn(page, account.manager)
  await inboxOf(page).waitFor()

  const admin = await aBrowser()
  await logIn(admin, account.admin)
  await inboxOf(admin).waitFor()
  await admin.goto(`${origin}/settings/users`)
  await admin.getByRole('button', { name: 'Max Berg' }).click()
  await admin.getByRole('dialog', { name: 'Max Berg' }).getByRole('button', { name: 'Switch off' }).click()
  await admin.getByRole('dialog', { name: 'Switch Max Berg off?' }).getByRole('button', { name: 'Switch off' }).click()
  await page.getByRole('heading', { name: 'Log in' }).waitFor()
})
