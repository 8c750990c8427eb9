import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createToken } from '@parley/server/internals'
import { aNewMessage, aSender, type StoredIds, startTestWorld, type TestWorld, waitUntil } from '@parley/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'

const PAGE = readFileSync(join(import.meta.dirname, '../../../../docs/api/app-api.md'), 'utf8')
const BLOCKS = [...PAGE.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language, text]) => ({
  language: language!,
  text: text!,
}))

let world: TestWorld
let given: Record<string, string>
beforeAll(async () => {
  world = await startTestWorld()
  const channel = await world.aChannel()
  const sender = aSender({ name: 'Nora Lind', phone: '+351912345678' })
  const stored: StoredIds = await channel.send(aNewMessage({ text: 'Do you have it in blue?', sender }))
  const manager = await channel.account.asManager()
  const [chat] = (await manager.listChats()).items
  const { token } = await createToken(world.deps, { accountId: channel.account.id, userId: manager.me.user.id })
  await manager.acceptLead(chat!.lead!.id)
  // By activity, as the page asks for them, contacts are listed when the follower has seen the message.
  await waitUntil('the contact is listed', async () => (await manager.get<{ items: [] }>('/contacts')).items.length > 0)
  given = { server: world.url, token, chatId: stored.conversation_id, leadId: String(chat!.lead!.id) }
})
afterAll(() => world.stop())

const requests = BLOCKS.filter(({ language }) => language === 'http')
const pairs = requests.flatMap(({ text }, index) =>
  text.startsWith('HTTP/') ? [] : [{ name: text.split('\n')[0]!, asked: text, answered: requests[index + 1]!.text }],
)

test.each(pairs)('$name is answered as the page says', async ({ asked, answered }) => {
  const [head = '', body] = fill(asked).split('\n\n')
  const [first = '', ...lines] = head.trim().split('\n')
  const [method, path] = first.split(' ')
  const headers = Object.fromEntries(lines.map((line) => line.split(': ') as [string, string]))
  const answer = await fetch(`${given.server}${path}`, { method: method!, headers, ...(body && { body }) })
  const [status, ...said] = answered.split('\n\n')
  expect(answer.status).toBe(Number(status!.split(' ')[1]))
  expect(differences(JSON.parse(said.join('\n\n')), await answer.json())).toEqual([])
})

test('the programs run', async () => {
  const lines: string[] = []
  const log = (...words: unknown[]) => void lines.push(words.join(' '))
  const code = BLOCKS.filter(({ language }) => language === 'js').map(({ text }) => text)
  const AsyncFunction = (async () => undefined).constructor as FunctionConstructor
  const run = AsyncFunction(...Object.keys(given), 'console', code.join('\n'))
  await run(...Object.values(given), { log })
  expect(lines).toEqual([
    'contact Nora Lind',
    'same true',
    'sent Shall I keep one for you?',
    'refused invalid_request price',
  ])
})

/** `{token}` and the like; JSON has its braces on lines of its own, or with spaces. */
const fill = (text: string) => text.replaceAll(/\{(\w+)\}/g, (_, name: string) => given[name] ?? name)

/** What the page shows has to be there, of the same kind; codes, words that people wrote and amounts have to be the same. */
function differences(shown: unknown, real: unknown, at = 'answer'): string[] {
  if (shown === null || typeof shown !== 'object') {
    if (shown === null ? real !== null : typeof real !== typeof shown) return [`${at}: ${JSON.stringify(real)}`]
    return SAME.test(at) && shown !== real ? [`${at}: ${JSON.stringify(real)} is not ${JSON.stringify(shown)}`] : []
  }
  if (real === null || typeof real !== 'object') return [`${at}: ${JSON.stringify(real)}`]
  return Object.entries(shown).flatMap(([key, value]) =>
    differences(value, (real as Record<string, unknown>)[key], `${at}.${key}`),
  )
}

const SAME = /\.(code|field|text|title|price|unread|role|direction|message|view|edit)$/
