import type { ChannelId, ChatId, TestRun, TestStepId } from '@parley/protocol/model'
import { type AppClient, aPng, FileServer, type HookReceiver, startTestWorld, type TestWorld } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { idsIn, ownChannel, writes } from './own-channel.ts'

let world: TestWorld
let files: FileServer

beforeAll(async () => {
  ;[world, files] = await Promise.all([startTestWorld(), FileServer.start()])
})
afterAll(() => Promise.all([world.stop(), files.stop()]))

interface Ground {
  admin: AppClient
  channelId: ChannelId
  hook: HookReceiver
  sign: Awaited<ReturnType<typeof ownChannel>>['sign']
  run(method: 'GET' | 'POST'): Promise<TestRun | null>
  probe(kind: 'signature' | 'repeat'): Promise<TestRun>
  stateOf(id: TestStepId): Promise<string | undefined>
}

async function aChannelUnderTest(): Promise<Ground> {
  const hook = await world.aHookReceiver()
  const ground = await ownChannel(world, `${hook.url}/:scope_id`)
  const { admin, channelId } = ground
  const path = `/channels/${channelId}/test-run`
  const run: Ground['run'] = async (method) => {
    const answer = method === 'GET' ? admin.get<{ run: TestRun | null }>(path) : admin.post<{ run: TestRun }>(path, {})
    return (await answer).run
  }
  return {
    ...ground,
    hook,
    run,
    probe: async (kind) => (await admin.post<{ run: TestRun }>(`${path}/probes`, { kind })).run,
    stateOf: async (id) => (await run('GET'))?.steps.find((step) => step.id === id)?.state,
  }
}

describe('a test run', () => {
  test('is ticked off by what really came and went, and by nothing before it', async () => {
    const { admin, hook, sign, run, probe, stateOf } = await aChannelUnderTest()
    const early = writes({ text: 'Before' })
    await sign({ body: early })
    expect(await run('GET')).toBeNull()
    await world.clock.advance(1000)
    const begun = await run('POST')
    expect(begun?.steps.filter(({ state }) => state === 'passed').map(({ id }) => id)).toEqual(['connect'])
    await expect(probe('signature')).rejects.toMatchObject({ status: 409 })
    // The log dates a request back by what it took, and this clock stands still meanwhile.
    await world.clock.advance(1000)

    const message = writes({ text: 'Hello' })
    const [written] = await sign({ body: message })
    expect(await stateOf('message')).toBe('passed')
    const chatId = idsIn(written!).conversation_id as ChatId
    await admin.sendText(chatId, 'Hello yourself')
    await hook.next()
    await expect.poll(() => stateOf('answer')).toBe('passed')

    const answerId = ((await hook.requests[0]!.json()) as { message: { message: { id: string } } }).message.message.id
    await sign({ path: `/${answerId}/delivery_status`, body: JSON.stringify({ msgid: answerId, delivery_status: 1 }) })
    expect(await stateOf('status')).toBe('passed')

    await sign({ body: message })
    await expect.poll(() => stateOf('messageRepeat')).toBe('passed')
    expect(await stateOf('mediaIn')).toBe('waiting')
    expect(await stateOf('mediaOut')).toBe('waiting')

    const png = aPng(8, 8, '#2244cc')
    const picture = (path: string) => ({ type: 'picture', media: files.url + path })
    await sign({ body: writes({ message: picture('/missing.png') }) })
    await expect.poll(() => stateOf('mediaIn')).toBe('failed')
    files.serve('/quay.png', { headers: { 'content-type': 'image/png' }, body: png })
    await sign({ body: writes({ message: picture('/quay.png') }) })
    await expect.poll(() => stateOf('mediaIn')).toBe('passed')
    const { id } = await admin.uploadFile(png, { name: 'quay.png', type: 'image/png' })
    await admin.sendMessage(chatId, { file: { id, name: 'quay.png' } })
    expect((await hook.next()).json().message.message.type).toBe('picture')
    await expect.poll(() => stateOf('mediaOut')).toBe('passed')
    // A run that is begun anew knows nothing of all this.
    await world.clock.advance(1000)
    await run('POST')
    expect(await stateOf('message')).toBe('waiting')
  })

  test('tries whether signatures are checked and repeats taken, with the same body and request id', async () => {
    const { admin, hook, sign, run, probe } = await aChannelUnderTest()
    await run('POST')
    const [written] = await sign({ body: writes({ text: 'Hello' }) })
    await admin.sendText(idsIn(written!).conversation_id as ChatId, 'Hello yourself')
    const first = await hook.next()
    const stepOf = (run: TestRun, id: TestStepId) => run.steps.find((step) => step.id === id)
    await expect.poll(async () => (await run('GET'))?.steps.find(({ id }) => id === 'answer')?.state).toBe('passed')
    hook.answerAlways(200)
    const careless = await probe('signature')
    expect(stepOf(careless, 'signature')).toMatchObject({ state: 'failed', reason: 'The channel answered 200' })
    hook.answerAlways(401)
    const careful = await probe('signature')
    expect(stepOf(careful, 'signature')).toMatchObject({ state: 'passed', evidence: first.requestId })
    hook.answerAlways(200)
    expect(stepOf(await probe('repeat'), 'hookRepeat')).toMatchObject({ state: 'passed' })
    const repeated = hook.requests.at(-1)!
    expect(repeated.body).toEqual(first.body)
    expect(repeated.requestId).toBe(first.requestId)
  })

  test('works with the simulator in the place of the channel, which checks signatures', async () => {
    const { admin, channelId, hook, sign, run, probe, stateOf } = await aChannelUnderTest()
    await run('POST')
    await admin.put(`/channels/${channelId}/simulator`, { isOn: true })
    const [written] = await sign({ body: writes({ text: 'Hello' }) })
    await admin.sendText(idsIn(written!).conversation_id as ChatId, 'Hello yourself')
    await expect.poll(() => stateOf('answer')).toBe('passed')
    const states = async (kind: 'signature' | 'repeat') =>
      (await probe(kind)).steps.map(({ id, state }) => `${id} ${state}`)
    expect(await states('signature')).toContain('signature passed')
    expect(await states('repeat')).toContain('hookRepeat passed')
    expect(hook.requests).toEqual([])
  })

  test('is nobody else’s', async () => {
    const { channelId } = await aChannelUnderTest()
    const stranger = await (await world.anAccount()).asAdmin()
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['POST', '', {}],
      ['POST', '/probes', { kind: 'repeat' }],
    ] as const)
      expect((await stranger.request(method, `/channels/${channelId}/test-run${path}`, body)).status).toBe(404)
  })
})
