import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { launchBrowser, picturesFolder, startTestWorld, type TestWorld, takePicture } from '@parley/testkit'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeDemoAccount } from './pages/demo-account.ts'
import type { DemoAccount } from './pages/demo-page.ts'

// Somebody whose browser speaks another language meets no English of ours: not in what is written, nor in what a screen reader says.
// With PARLEY_SCREENS also a picture of each page, wide, on a laptop and on a phone.

const PICTURES = picturesFolder()
const CATALOGUES = join(import.meta.dirname, '../../web/src/i18n')
const WIDE = { width: 1440, height: 900 }
const OTHERS = { laptop: { width: 1100, height: 700 }, phone: { width: 390, height: 844 } }
const PLACEHOLDER = /\{\{\w+\}\}/
/** English that is the account's own here: what its stages are called. */
const DATA: ReadonlySet<string> = new Set(['Incoming leads', 'First contact', 'Won', 'Lost'])

const PAGES: readonly { name: string; path: (demo: DemoAccount) => string; shows: string }[] = [
  { name: 'inbox', path: () => '/inbox', shows: 'inbox.pick' },
  {
    name: 'conversation',
    path: (demo) => `/inbox?c=${demo.chats.get('Nora Lind')?.chatId}`,
    shows: 'composer.placeholder',
  },
  { name: 'board', path: () => '/pipeline', shows: 'pipeline.newLead' },
  { name: 'incoming', path: () => '/incoming', shows: 'lead.accept' },
  { name: 'notifications', path: () => '/notifications', shows: 'notifications.markAll' },
  { name: 'search', path: () => '/search', shows: 'search.help.narrow' },
  { name: 'analytics', path: () => '/analytics', shows: 'analytics.received' },
  { name: 'users', path: () => '/settings/users', shows: 'people.invite' },
  { name: 'security', path: () => '/settings/security', shows: 'security.passkeys' },
]

type Texts = ReadonlyMap<string, string>
interface Tree {
  readonly [key: string]: string | Tree
}

function listTexts(tree: Tree, path = ''): [key: string, text: string][] {
  return Object.entries(tree).flatMap(([name, node]) =>
    typeof node === 'object' ? listTexts(node, `${path}${name}.`) : [[path + name, node] as [string, string]],
  )
}

function readTexts(language: string): Texts {
  const folder = join(CATALOGUES, language)
  const trees = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Tree)
  return new Map(trees.flatMap((tree) => listTexts(tree)))
}

/** The English sentences that this language says otherwise, each as it would stand on a screen. */
function englishOf(language: string): RegExp[] {
  const own = new Set(readTexts(language).values())
  return [...readTexts('en').values()]
    .filter((text) => !own.has(text) && text.split(PLACEHOLDER).join('').replace(/\P{L}/gu, '').length > 3)
    .map((text) => {
      const escaped = text.replace(/[.*+?^$()|[\]\\]/g, '\\$&')
      return new RegExp(`^${escaped.replaceAll('{{count}}', '[\\d.,\\s]+').replace(/\{\{\w+\}\}/g, '.+')}$`)
    })
}

/** Everything that can be read on a page or heard from it. */
async function readPage(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const said = new Set()
    const add = (text) => { const plain = (text ?? '').replace(/[\\u00ad\\u200b]/g, '').trim(); if (plain) said.add(plain) }
    const walk = (element) => {
      if (element.matches('script, style, noscript') || !element.checkVisibility()) return
      for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description']) add(element.getAttribute(name))
      for (const node of element.childNodes) {
        if (node.nodeType === 3) add(node.data)
        else if (node.nodeType === 1) walk(node)
      }
    }
    walk(document.body)
    add(document.title.split(' · ')[0])
    return [...said]
  })()`)
}

let world: TestWorld
let browser: Browser
let demo: DemoAccount

beforeAll(async () => {
  ;[world, browser] = await Promise.all([startTestWorld({ clock: 'system' }), launchBrowser()])
  demo = await makeDemoAccount(world)
})
afterAll(async () => {
  await browser?.close()
  await world?.stop()
})

describe.each([
  ['ru', 'ru-RU'],
  ['es', 'es-ES'],
  ['pt', 'pt-BR'],
])('%s', (language, locale) => {
  const texts = readTexts(language)
  const say = (key: string) => texts.get(key) ?? key
  const english = englishOf(language)

  test('no page says anything in English', async () => {
    const context = await browser.newContext({ viewport: WIDE, locale, timezoneId: 'UTC' })
    const page = await context.newPage()
    await page.goto(`${world.url}/login`)
    await page.getByLabel(say('login.email')).fill(demo.users.admin.email)
    await page.getByLabel(say('login.password'), { exact: true }).fill(demo.users.admin.password)
    await page.getByRole('button', { name: say('login.submit'), exact: true }).click()
    await page.waitForURL('**/inbox**')
    const left: [page: string, text: string][] = []
    for (const { name, path, shows } of PAGES) {
      await page.goto(world.url + path(demo))
      await expect.poll(() => readPage(page), { timeout: 20_000 }).toContain(say(shows))
      await expect.poll(() => page.locator('[aria-busy="true"]').count(), { timeout: 20_000 }).toBe(0)
      for (const text of await readPage(page))
        if (!DATA.has(text) && english.some((sentence) => sentence.test(text))) left.push([name, text])
      if (PICTURES) await takePictures(page, `${language}-${name}`)
    }
    expect(left).toEqual([])
    await context.close()
  })
})

async function takePictures(page: Page, name: string): Promise<void> {
  for (const [look, viewport] of Object.entries({ wide: WIDE, ...OTHERS })) {
    await page.setViewportSize(viewport)
    await page.evaluate(`document.fonts.ready.then(() => undefined)`)
    await takePicture(page, PICTURES!, `${name}-${look}`)
  }
  await page.setViewportSize(WIDE)
}
