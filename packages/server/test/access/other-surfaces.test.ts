import { gzipSync } from 'node:zlib'
import {
  type AppClient,
  ageOneHour,
  aNewMessage,
  type RawRequest,
  sendRaw,
  signAgain,
  signHeaders,
  startTestWorld,
  type TestChannel,
  TestIntegration,
  type TestWorld,
} from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Fingerprint, fingerprintsOf, untilQuiet } from './fingerprint.ts'

const APP_API = '/api/app/v1'

/** What anybody may read, without saying who he is: it tells nothing of an account. A new route is closed unless it stands here. */
const OPEN = [
  /^GET \/(healthz|readyz|metrics)$/,
  /^GET \/(docs(\/.*)?|api\/(\w+\/)?openapi\.json)$/,
  // The screens, and the files of their build.
  /^GET \/(\*|[\w-]+(\.\w+)+|(assets|icons|emoji|sounds|fonts|guides|samples)\/.+)?$/,
]

let world: TestWorld
let identities: Record<string, Record<string, string>>
let owner: AppClient
let fingerprint: () => Promise<Fingerprint>
/** As everything was before the first of them asked. */
let known: Fingerprint

/** When somebody was last seen, how far what follows events has come, and what a channel's console shows of refused requests. */
const NOT_LOOKED_AT = ['user_session', 'event_cursor', 'api_token', 'token_family', 'channel_request']

const same = async () => expect(await fingerprint()).toEqual(known)

beforeAll(async () => {
  world = await startTestWorld()
  const admin = await (await world.anAccount()).asAdmin()
  const ended = await (await world.anAccount()).admin.logIn()
  await ended.delete('/session')
  const files = await TestIntegration.register(world, admin, { scopes: ['files'] })
  const lacking = await files.install(admin)
  const program = await TestIntegration.register(world, admin)
  const revoked = await program.install(admin)
  await program.revoke(revoked.refresh)
  identities = {
    nobody: {},
    'an ended session': { cookie: ended.cookie },
    'a wrong operator token': { authorization: `Bearer ${'x'.repeat(40)}` },
    'a token that is nobody’s': { authorization: `Bearer prl_1.${'A'.repeat(43)}` },
    'a revoked token of an integration': { authorization: `Bearer ${revoked.access}` },
    'a token of an integration without the scope': { authorization: `Bearer ${lacking.access}` },
  }
  await makeChannels()
  fingerprint = await fingerprintsOf(world, { without: NOT_LOOKED_AT })
  known = await untilQuiet(fingerprint)
})
afterAll(() => world.stop())

const isOpen = (name: string) => OPEN.some((one) => one.test(name))
const closed = () =>
  world.routeNames.filter((name) => !name.includes(` ${APP_API}/`) && !/^(HEAD|OPTIONS) /.test(name) && !isOpen(name))

async function ask(name: string, headers: Record<string, string>, body = '{}'): Promise<Response> {
  const [method = '', pattern = ''] = name.split(' ')
  const path = pattern.replaceAll(/:(\w+)/g, '31000001').replace('*', 'x')
  const hasBody = method !== 'GET' && method !== 'DELETE'
  const type: Record<string, string> = hasBody ? { 'content-type': 'application/json' } : {}
  return sendRaw(world.url, { method, path, headers: { ...type, ...headers }, body: Buffer.from(hasBody ? body : '') })
}

test('every surface is among what is tried', () => {
  const names = closed().join('\n')
  for (const part of [
    '/api/admin/v1/',
    '/api/v4/',
    '/api/v2/',
    '/private/api/',
    '/oauth2/',
    '/v2/origin/custom/',
    '/files/',
  ])
    expect(names).toContain(part)
  // What changes something is open nowhere outside the app API.
  expect(world.routeNames.filter((name) => isOpen(name) && !/^(GET|HEAD|OPTIONS) /.test(name))).toEqual([])
})

test('no wrong identity opens any route outside the app API, nor trips it', async () => {
  const opened: string[] = []
  for (const name of closed())
    for (const [who, headers] of Object.entries(identities)) {
      const { status } = await ask(name, headers)
      if (status < 400 || status >= 500) opened.push(`${name} as ${who}: ${status}`)
    }
  expect(opened).toEqual([])
  await same()
})

test('an admin’s own session opens nothing of the operator’s, of tokens, or of channels', async () => {
  const opened: string[] = []
  for (const name of closed().filter((one) => / \/(api\/admin|oauth2\/(access_token|revoke)|v2)\//.test(`${one}/`))) {
    const { status } = await ask(name, { cookie: owner.cookie })
    if (status < 400 || status >= 500) opened.push(`${name}: ${status}`)
  }
  expect(opened).toEqual([])
  await same()
})

/** Connected to its developer's account and to nobody else's, with one conversation. */
let channel: TestChannel
let chatId: string
let msgid: string
/** Another developer's, connected to his account. */
let other: TestChannel
/** A third one's, whose last secret was rotated away and then revoked. */
let rotated: TestChannel

async function makeChannels(): Promise<void> {
  channel = await world.aChannel({ isOwned: true })
  owner = await channel.account.asAdmin()
  const event = aNewMessage()
  chatId = (await channel.send(event)).conversation_id
  msgid = event.payload.msgid as string
  other = await world.aChannel({ isOwned: true })
  rotated = await world.aChannel({ isOwned: true })
  const admin = await rotated.account.asAdmin()
  await admin.post(`/channels/${rotated.id}/secret`)
  await admin.delete(`/channels/${rotated.id}/secret/previous`)
}

describe('on the routes of a channel', () => {
  const CHANNELS = / \/v2\/origin\/custom\//

  /** A body that every one of these routes takes, whatever it is for. */
  const bodyOf = (name: string) => {
    const { payload } = aNewMessage()
    const { amojoId } = channel.account
    if (/connect$/.test(name)) return { account_id: amojoId, title: 'Mine', hook_api_version: 'v2' }
    if (name.endsWith('/delivery_status')) return { msgid, delivery_status: -1, error_code: 905, error: 'Mine' }
    if (name.endsWith('/typing')) return { conversation_id: payload.conversation_id, sender: payload.sender }
    if (name.endsWith('/react'))
      return { conversation_id: chatId, msgid, user: payload.sender, type: 'react', emoji: '👍' }
    if (name.endsWith('/chats')) return { conversation_id: payload.conversation_id, user: payload.sender }
    return { event_type: 'new_message', payload }
  }

  interface Signer {
    signedBy: () => TestChannel
    /** Whose connection the path names. */
    of: () => { channelId: string; scopeId: string }
    alter?: (request: RawRequest, secret: string) => RawRequest
  }
  const ofOurs = () => ({ channelId: channel.id, scopeId: channel.scopeId })
  const signers: Record<string, Signer> = {
    'another developer, with his own secret': { signedBy: () => other, of: ofOurs },
    'the channel, for an account that it does not serve': {
      signedBy: () => channel,
      of: () => ({ channelId: crypto.randomUUID(), scopeId: channel.scopeOf(other.account) }),
    },
    'another developer’s channel, for this one’s account': {
      signedBy: () => other,
      of: () => ({ channelId: crypto.randomUUID(), scopeId: other.scopeOf(channel.account) }),
    },
    'a secret that was revoked': {
      signedBy: () => rotated,
      of: () => ({ channelId: rotated.id, scopeId: rotated.scopeId }),
    },
    'somebody who took down a request an hour ago': { signedBy: () => channel, of: ofOurs, alter: ageOneHour },
    'nobody, with no secret at all': {
      signedBy: () => channel,
      of: ofOurs,
      alter: (request) => signAgain(request, ''),
    },
  }
  const routes = () => closed().filter((name) => CHANNELS.test(name))

  function send(name: string, { signedBy, of, alter = (request) => request }: Signer): Promise<Response> {
    const [method = '', pattern = ''] = name.split(' ')
    const { secret } = signedBy()
    const values: Record<string, string> = { ...of(), msgid, chatId }
    const path = pattern.replaceAll(/:(\w+)/g, (_, param: string) => values[param] ?? '')
    const body = Buffer.from(method === 'GET' ? '' : JSON.stringify(bodyOf(name)))
    return sendRaw(world.url, alter(signHeaders({ method, path, body }, secret, world.now()), secret))
  }

  test('the channel itself reaches every one of them', async () => {
    for (const name of routes().filter((one) => !one.includes('/disconnect'))) {
      const { status } = await send(name, { signedBy: () => channel, of: ofOurs })
      expect([403, 405, 429], name).not.toContain(status)
    }
    known = await untilQuiet(fingerprint)
  })

  test.each(Object.entries(signers))('%s: refused everywhere, and nothing is different then', async (_, signer) => {
    expect(routes().length).toBeGreaterThanOrEqual(9)
    const opened: string[] = []
    for (const name of routes()) {
      const { status } = await send(name, signer)
      if (![403, 404, 429].includes(status)) opened.push(`${name}: ${status}`)
    }
    expect(opened).toEqual([])
    await same()
  })

  test('a channel connects to no account that it was not approved for, though it signs rightly', async () => {
    const answer = await other.connect({ account: channel.account })
    expect([403, 404]).toContain(answer.status)
    // Where nothing is connected there is nothing to end, and no more is said.
    expect((await other.disconnect({ account: channel.account })).status).toBe(200)
    await same()
  })
})

describe('a compressed body', () => {
  test('is unpacked nowhere: a small one that would become large is refused', async () => {
    const bomb = gzipSync(Buffer.alloc(20 * 1024 * 1024, 32))
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
    const paths = [`${APP_API}/session`, '/oauth2/access_token', '/private/api/auth.php', '/api/admin/v1/accounts']
    for (const path of paths) {
      const { status } = await sendRaw(world.url, { method: 'POST', path, headers, body: bomb })
      expect([400, 401, 413, 415], path).toContain(status)
    }
  })
})
