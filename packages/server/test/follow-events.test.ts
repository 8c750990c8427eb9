import type { AccountId } from '@parley/protocol/model'
import { createNudges, type Follower, followEvents, getFollowedSeq, sql, systemClock } from '@parley/server/internals'
import { aNewMessage, startTestWorld, type TestWorld, waitUntil } from '@parley/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'

let world: TestWorld

beforeAll(async () => {
  world = await startTestWorld({ clock: 'system' })
})
afterAll(() => world.stop())

interface Seen {
  follower: Follower
  seqs: number[]
}

/** Notes what it is given, and fails as long as `refuses` says so. */
function aFollower(accountId: AccountId, refuses: (seq: number) => boolean = () => false): Seen {
  const seqs: number[] = []
  const follower: Follower = {
    name: `test-${Math.random()}`,
    restMs: 1,
    async handle(_client, account, events) {
      if (account !== accountId) return
      if (events.some((event) => refuses(event.seq))) throw new Error('not this one')
      seqs.push(...events.map((event) => event.seq))
    },
  }
  return { follower, seqs }
}

const follow = (seen: Seen, nudges = createNudges()) =>
  followEvents({ ...world.deps, clock: systemClock, nudges }, seen.follower)
const lastSeq = async (accountId: AccountId) => {
  const { rows } = await sql<{ last_seq: number }>`
    select last_seq from account_seq where account_id = ${accountId}`.execute(world.deps.db)
  return rows[0]?.last_seq ?? 0
}
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

test('a new follower works through the past, then takes what comes, once and in order', async () => {
  const channel = await world.aChannel()
  for (let count = 0; count < 3; count += 1) await channel.send(aNewMessage())
  const seen = aFollower(channel.account.id)
  const nudges = createNudges()
  const following = follow(seen, nudges)
  const past = await lastSeq(channel.account.id)
  await waitUntil('the follower', async () => seen.seqs.length === past || undefined)
  await channel.send(aNewMessage())
  nudges.nudge(channel.account.id)
  const last = await lastSeq(channel.account.id)
  await waitUntil('the follower', async () => seen.seqs.length === last || undefined)
  await following.stop()
  expect(seen.seqs).toEqual(upTo(last))
  expect(await getFollowedSeq(world.deps.hotPool, channel.account.id, seen.follower.name)).toBe(last)
})

test('two nodes that follow share the work: every event is taken once', async () => {
  const channel = await world.aChannel()
  const seen = aFollower(channel.account.id)
  const both = [follow(seen), follow(seen)]
  for (let count = 0; count < 20; count += 1) await channel.send(aNewMessage())
  const last = await lastSeq(channel.account.id)
  await waitUntil('the follower', async () => seen.seqs.length >= last || undefined)
  await Promise.all(both.map((one) => one.stop()))
  expect(seen.seqs).toEqual(upTo(last))
})

test('an event that fails is tried again, and nothing before or behind it is lost', async () => {
  const channel = await world.aChannel()
  await channel.send(aNewMessage())
  await channel.send(aNewMessage())
  const last = await lastSeq(channel.account.id)
  let tries = 0
  const seen = aFollower(channel.account.id, (seq) => {
    if (seq === 2) tries += 1
    return seq === 2 && tries < 4
  })
  const following = follow(seen)
  await waitUntil('the follower', async () => seen.seqs.length === last || undefined)
  await following.stop()
  expect(tries).toBe(4)
  expect(seen.seqs).toEqual(upTo(last))
})

test('an event that always fails is passed over in the end', async () => {
  const channel = await world.aChannel()
  await channel.send(aNewMessage())
  const last = await lastSeq(channel.account.id)
  const seen = aFollower(channel.account.id, (seq) => seq === 1)
  const following = follow(seen)
  await waitUntil('the follower', async () => seen.seqs.length === last - 1 || undefined)
  await following.stop()
  expect(seen.seqs).toEqual(upTo(last).slice(1))
})
