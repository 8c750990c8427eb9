import { fuzz, fuzzTimeoutMs, type HookReceiver, startTestWorld, type TestWorld } from '@parley/testkit'
import fc from 'fast-check'
import { afterAll, beforeAll, test } from 'vitest'
import { steps } from './chats-steps.ts'
import { playSteps } from './play-steps.ts'

let world: TestWorld
let hook: HookReceiver
beforeAll(async () => {
  world = await startTestWorld()
  hook = await world.aHookReceiver()
})
afterAll(() => world.stop())

test(
  'whatever is called, repeated, late and at once: what is stored, told and delivered is what the rules say',
  async () => {
    await fc.assert(
      fc.asyncProperty(steps, (sequence) => playSteps(world, hook, sequence)),
      fuzz(20),
    )
  },
  fuzzTimeoutMs(60_000),
)
