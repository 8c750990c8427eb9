import {
  type AuditPage,
  type ChatId,
  type FigureSums,
  type Figures,
  type Lead,
  type LeadId,
  MANAGER_RIGHTS,
  type Pipeline,
  type WorkingHours,
} from '@parley/protocol/model'
import { sql } from '@parley/server/internals'
import { type AppClient, aNewMessage, aSender, giveRole, startTestWorld, type TestWorld } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const ZONE = 'America/Sao_Paulo'
const MINUTE = 60_000
const dayOf = (at: Date | number) => new Intl.DateTimeFormat('en-CA', { timeZone: ZONE }).format(at)
/** From nine to six on every day, so that some of the time is work and some is not. */
const HOURS: WorkingHours = { week: Array.from({ length: 7 }, () => [[540, 1080]]), holidays: [] }

let world: TestWorld

beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())

async function aCompany() {
  const channels = [await world.aChannel()]
  const { account } = channels[0]!
  channels.push(await world.aChannel({ account }))
  await sql`update account set time_zone = ${ZONE} where id = ${account.id}`.execute(world.deps.db)
  const admin = await account.asAdmin()
  await admin.put('/account/working-hours', { workingHours: HOURS })
  const [pipeline] = (await admin.get<{ items: Pipeline[] }>('/pipelines')).items
  return { account, channels, admin, manager: await account.asManager(), pipeline: pipeline! }
}

function read(client: AppClient, days: { from: string; to: string }, more: Record<string, string> = {}) {
  return client.get<Figures>(`/figures?${new URLSearchParams({ ...days, ...more })}`)
}
/** Everything that the clock has shown so far, and what the database dates by its own. */
const ever = () => ({ from: dayOf(Date.now() - 86_400_000), to: dayOf(world.clock.now().getTime() + 86_400_000) })

const plain = ({ received, sent, leads, accepted, declined, won, wonPrice, lost }: FigureSums) => ({
  ...{ received, sent, leads, accepted, declined, won, wonPrice, lost },
})

/** What a bucket may be off. */
const about = (ms: number) => expect.toSatisfy((given: number) => Math.abs(given / ms - 1) < 0.08)

describe('how long clients wait', () => {
  test('from the question to the answer, by the clock and within working hours', async () => {
    const { account, channels, manager } = await aCompany()
    // Until it is eight in the evening there.
    const local = new Date(world.clock.now().toLocaleString('en-US', { timeZone: ZONE }))
    await world.clock.jump((((20 * 60 - local.getHours() * 60 - local.getMinutes() + 1440) % 1440) + 0) * MINUTE)
    const askedOn = dayOf(world.clock.now())
    const ids = await channels[0]!.send(aNewMessage({ at: world.clock.now() }))
    await world.clock.jump(14 * 60 * MINUTE)
    await manager.sendText(ids.conversation_id as ChatId, 'Good morning')
    const admin = await account.asAdmin()
    const clock = await read(admin, ever())
    expect(clock.total.first).toMatchObject({ n: 1, p50: about(14 * 60 * MINUTE) })
    const working = await read(admin, ever(), { within: 'working' })
    // Some seconds of the minute it began in.
    expect(working.total.first).toMatchObject({ n: 1, p50: about(60 * MINUTE) })
    expect(working.days.find(({ first }) => first.n === 1)?.day).toBe(askedOn)
    expect(working.answerHours).toEqual([{ hour: 20, first: expect.objectContaining({ n: 1 }) }])
    expect(working.users.map(({ userId, first }) => [userId, first.n])).toContainEqual([account.manager.id, 1])
  })

  test('what is imported is counted as messages and nothing else', async () => {
    const { account, channels, manager } = await aCompany()
    const at = new Date(world.clock.now().getTime() - 2 * 3_600_000)
    const ids = await channels[0]!.send(aNewMessage({ at, silent: true }))
    await manager.sendText(ids.conversation_id as ChatId, 'Yes')
    const { total } = await read(await account.asAdmin(), ever())
    expect(total).toMatchObject({ received: 1, sent: 1, leads: 0, first: { n: 0 }, each: { n: 0 } })
  })
})

describe('whose figures', () => {
  test('one’s own, with the role that managers have', async () => {
    const { account, channels, admin, manager } = await aCompany()
    const ids = await channels[0]!.send(aNewMessage({ at: world.clock.now() }))
    await admin.sendText(ids.conversation_id as ChatId, 'Hello')
    await manager.sendText(ids.conversation_id as ChatId, 'Hello')
    const own = await read(manager, ever())
    expect(own).toMatchObject({ reach: 'own', total: { sent: 1, received: null, leads: 0 } })
    expect(own.users.map(({ userId }) => userId)).toEqual([account.manager.id])
    expect((await read(manager, ever(), { userId: String(account.admin.id) })).total.sent).toBe(0)
    expect((await read(admin, ever())).total).toMatchObject({ sent: 2, received: 1, leads: 1 })
    expect((await read(admin, ever(), { userId: String(account.admin.id) })).total.sent).toBe(1)
    expect((await read(admin, ever(), { channelId: channels[1]!.id })).total.received).toBe(0)
  })

  test('nobody’s, with a role that shows none', async () => {
    const { account } = await aCompany()
    const user = await account.aUser()
    await giveRole(world, account, user, { ...MANAGER_RIGHTS, figures: 'none' })
    const client = await user.logIn()
    await expect(read(client, ever())).rejects.toMatchObject({ code: 'forbidden' })
  })

  test.each([
    [{ from: '2026-02-30', to: '2026-03-01' }, 'from'],
    [{ from: '2026-03-02', to: '2026-03-01' }, 'to'],
    [{ from: '2024-03-02', to: '2026-03-01' }, 'to'],
  ])('%o is no period', async (days, field) => {
    const { admin } = await aCompany()
    await expect(read(admin, days)).rejects.toMatchObject({ code: 'invalid_request', details: { field } })
  })
})

test('a lead is in the funnel as far as it came, and leaves it when it is deleted', async () => {
  const { channels, admin, pipeline } = await aCompany()
  const stage = (index: number) => pipeline.stages[index]!.id
  const leads: LeadId[] = []
  for (let n = 0; n < 3; n++) {
    const ids = await channels[0]!.send(aNewMessage({ at: world.clock.now(), sender: aSender({ profile: {} }) }))
    leads.push((await admin.getChat(ids.conversation_id as ChatId)).lead!.id)
  }
  const [won, lost] = leads as [LeadId, LeadId, LeadId]
  for (const id of [won, lost]) await admin.acceptLead(id)
  await admin.patch(`/leads/${won}`, { price: 500, stageId: 142 })
  await admin.patch(`/leads/${lost}`, { stageId: stage(3) })
  await admin.patch(`/leads/${lost}`, { stageId: stage(2) })
  await admin.patch(`/leads/${lost}`, { stageId: 143 })
  const before = await read(admin, ever())
  expect(before.funnel.map((step) => step.leads)).toEqual([3, 2, 2, 2, 1, 1])
  expect(before.total).toMatchObject({ leads: 3, accepted: 2, won: 1, wonPrice: 500, lost: 1 })
  expect(before.lost).toMatchObject([{ reasonId: null, leads: 1 }])
  await admin.request('DELETE', `/leads/${won}`)
  const after = await read(admin, ever())
  expect(after.funnel.map((step) => step.leads)).toEqual([2, 1, 1, 1, 0, 0])
  expect(after.total).toMatchObject({ leads: 2, won: 0, wonPrice: 0 })
  await admin.post(`/leads/${won}/restore`, {})
  expect(await read(admin, ever())).toEqual(before)
})

test('a table for spreadsheets', async () => {
  const { account, channels, admin } = await aCompany()
  await sql`update account_user set name = '=1+1' where id = ${account.admin.id}`.execute(world.deps.db)
  const ids = await channels[0]!.send(aNewMessage({ at: world.clock.now() }))
  await admin.sendText(ids.conversation_id as ChatId, 'Hello')
  const answer = await admin.request('GET', `/figures.csv?${new URLSearchParams({ ...ever(), table: 'users' })}`)
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="users [-\d]+ [-\d]+\.csv"/)
  const [head, ...lines] = (await answer.text()).trim().split('\r\n')
  expect(head).toContain('user,received,sent,leads')
  expect(lines).toContainEqual(expect.stringMatching(/^'=1\+1,0,1,0/))
  const { items } = await admin.get<AuditPage>('/audit?actions=data.exported')
  expect(items).toMatchObject([
    { actor: { id: account.admin.id }, target: { kind: 'figures', name: 'users' }, details: { what: 'figures' } },
  ])
})

test('whatever happened, the figures are what a count from the beginning says', { timeout: 60_000 }, async () => {
  const { account, channels, admin, manager, pipeline } = await aCompany()
  const history = new History({
    channels,
    clients: [admin, manager],
    pipeline,
    users: [account.admin.id, account.manager.id],
  })
  for (let turn = 0; turn < 90; turn++) {
    await history.step()
    if (turn === 45) await world.restart()
    await world.clock.jump(history.random(45) * MINUTE)
  }
  const figures = await read(admin, ever())
  const truth = await history.recount(account.id)
  expect(plain(figures.total)).toEqual(truth.total)
  expect(figures.total.each.n).toBe(truth.waits.length)
  expect(figures.total.first.n).toBe(truth.waits.filter(({ isFirst }) => isFirst).length)
  expect(sum(figures.days)).toEqual(truth.total)
  expect(sum(figures.channels)).toEqual(truth.total)
  expect(sum(figures.users)).toEqual(truth.total)
  for (const { day, each } of figures.days)
    expect([day, each.n]).toEqual([day, truth.waits.filter((wait) => dayOf(wait.from) === day).length])
  const longest = truth.waits.map(({ from, to }) => to - from).sort((a, b) => a - b)
  expect(figures.total.each.p90).toEqual(about(longest[Math.ceil(longest.length * 0.9) - 1]!))
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from figure_lead
    where account_id = ${account.id} and leads < 0`.execute(world.deps.db)
  expect(rows).toEqual([{ n: 0 }])
})

const sum = (list: FigureSums[]) =>
  list.map(plain).reduce((all, one) => {
    const names = Object.keys(all) as (keyof typeof all)[]
    return Object.fromEntries(names.map((name) => [name, (all[name] ?? 0) + (one[name] ?? 0)])) as typeof all
  })

interface HistoryParts {
  channels: Awaited<ReturnType<typeof aCompany>>['channels']
  clients: AppClient[]
  pipeline: Pipeline
  users: number[]
}

interface Talk {
  channel: number
  conversation: string
  sender: Record<string, unknown>
  chatId: ChatId
  /** Declined: what was said since the last time begins anew. */
  isOver: boolean
  lines: { by: 'client' | 'user' | 'cut'; at: number }[]
}

/** Does what people do, at random but always the same, and remembers only what the tables do not. */
class History {
  readonly #parts: HistoryParts
  readonly #talks: Talk[] = []
  readonly #declined = new Set<LeadId>()
  #seed = 20_261_128

  constructor(parts: HistoryParts) {
    this.#parts = parts
  }

  random(below: number): number {
    this.#seed = (this.#seed * 48_271) % 2_147_483_647
    return this.#seed % below
  }

  async step(): Promise<void> {
    const deeds = [
      () => this.#begin(),
      () => this.#ask(),
      () => this.#ask(),
      () => this.#answer(),
      () => this.#answer(),
      () => this.#answer(),
      () => this.#move(),
      () => this.#move(),
      () => this.#decide(),
    ]
    await (this.#talks.length < 3 ? this.#begin() : deeds[this.random(deeds.length)]!())
  }

  #pick = <T>(list: readonly T[]): T => list[this.random(list.length)]!

  async #begin(): Promise<void> {
    const n = this.#talks.length
    const talk = { channel: n % 2, conversation: `talk-${n}`, sender: aSender({ id: `person-${n}`, profile: {} }) }
    this.#talks.push({ ...talk, chatId: '' as ChatId, isOver: false, lines: [] })
    await this.#write(this.#talks.at(-1)!)
  }

  #ask = () => this.#write(this.#pick(this.#talks))

  async #write(talk: Talk): Promise<void> {
    const at = world.clock.now()
    const { conversation, sender } = talk
    const message = aNewMessage({ at, conversation_id: conversation, sender })
    talk.chatId = (await this.#parts.channels[talk.channel]!.send(message)).conversation_id as ChatId
    if (talk.isOver) talk.lines.push({ by: 'cut', at: at.getTime() })
    talk.isOver = false
    talk.lines.push({ by: 'client', at: at.getTime() })
  }

  async #answer(): Promise<void> {
    const talk = this.#pick(this.#talks)
    if (talk.isOver) return
    talk.lines.push({ by: 'user', at: world.clock.now().getTime() })
    await this.#pick(this.#parts.clients).sendText(talk.chatId, 'So it is')
  }

  async #lead(): Promise<{ talk: Talk; lead: Lead; client: AppClient } | undefined> {
    const talk = this.#pick(this.#talks)
    const client = this.#parts.clients[0]!
    const lead = (await client.getChat(talk.chatId)).lead
    return lead ? { talk, client, lead: await client.get<Lead>(`/leads/${lead.id}`) } : undefined
  }

  async #move(): Promise<void> {
    const found = await this.#lead()
    if (!found) return
    const { lead, client } = found
    if (lead.isIncoming) return void (await client.acceptLead(lead.id))
    const open = this.#parts.pipeline.stages.filter(({ kind }) => kind !== 'incoming')
    await client.patch(`/leads/${lead.id}`, {
      stageId: this.#pick(open).id,
      price: this.random(1000),
      responsibleUserId: this.#pick([...this.#parts.users, null]),
    })
  }

  async #decide(): Promise<void> {
    const found = await this.#lead()
    if (!found) return
    const { lead, client, talk } = found
    if (lead.isIncoming) await client.post(`/leads/${lead.id}/decline`, {})
    else await client.request('DELETE', `/leads/${lead.id}`)
    if (this.random(2) === 0) return void (await client.post(`/leads/${lead.id}/restore`, {}))
    talk.isOver = true
    if (lead.isIncoming) this.#declined.add(lead.id)
  }

  async recount(accountId: number) {
    const messages = await sql<{ received: number; sent: number }>`
      select count(*) filter (where author_kind = 'client')::int as received,
        count(*) filter (where author_kind <> 'client')::int as sent
      from message where account_id = ${accountId}`.execute(world.deps.db)
    const leads = await sql<{ stage_id: number; is_incoming: boolean; price: number }>`
      select stage_id::int, is_incoming, price::int from lead
      where account_id = ${accountId} and deleted_at is null`.execute(world.deps.db)
    const won = leads.rows.filter((lead) => lead.stage_id === 142)
    return {
      total: {
        ...messages.rows[0]!,
        leads: leads.rows.length + this.#declined.size,
        accepted: leads.rows.filter((lead) => !lead.is_incoming).length,
        declined: this.#declined.size,
        won: won.length,
        wonPrice: won.reduce((total, lead) => total + lead.price, 0),
        lost: leads.rows.filter((lead) => lead.stage_id === 143).length,
      },
      waits: this.#talks.flatMap(waitsOf),
    }
  }
}

/** Between two answers the client waits from his first line on. */
function waitsOf({ lines }: Talk) {
  return lines.flatMap(({ by, at }, index) => {
    if (by !== 'user') return []
    const before = lines.slice(0, index)
    const since = before.findLastIndex((line) => line.by !== 'client')
    const question = before.slice(since + 1)[0]
    const ofTalk = before.slice(before.findLastIndex((line) => line.by === 'cut') + 1)
    const first = ofTalk.findIndex((line) => line.by === 'client')
    const isFirst = !ofTalk.some((line, place) => line.by === 'user' && place > first)
    return question ? [{ from: question.at, to: at, isFirst }] : []
  })
}
