import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { MovableClock } from '../../lib/movable-clock.ts'
import { parseInput } from './admin-schemas.ts'

/** What a throw-away server has and no other. */
export interface EphemeralOptions {
  clock: MovableClock
  /** What its start printed. */
  facts: () => unknown
  /** What the emulated endpoint took. */
  hooks: () => unknown
  setHookFault: (fault: z.output<typeof hookFault> | undefined) => void
}

const LONGEST_MOVE_MS = 10 * 365 * 86_400_000
const move = z.object({
  advance_ms: z
    .int('must be a whole number of milliseconds')
    .min(0, 'must be at least 0: time does not go back')
    .max(LONGEST_MOVE_MS, 'must be at most ten years'),
})

const hookFault = z.object({
  kind: z.enum(['duplicate', 'delay', 'refuse', 'drop'], 'must be duplicate, delay, refuse, drop or none'),
  times: z.int('must be a whole number').min(1, 'must be at least 1').max(1000, 'must be at most 1000').default(1),
  status: z.int('must be a status').min(300, 'must be from 300').max(599, 'must be at most 599').default(500),
  delay_ms: z
    .int('must be milliseconds')
    .min(0, 'must be at least 0')
    .max(60_000, 'must be at most 60000')
    .default(2000),
})
const noFault = z.object({ kind: z.literal('none') })

/** Registered on a throw-away server only: elsewhere nobody, the operator included, moves the clock. */
export function ephemeralRoutes(app: FastifyInstance, { clock, facts, hooks, setHookFault }: EphemeralOptions): void {
  const presentClock = () => ({ now: clock.now().toISOString(), ahead_ms: clock.aheadMs })

  app.get('/ephemeral', async () => ({ facts: facts() ?? null, clock: presentClock() }))

  app.get('/ephemeral/hooks', async () => ({ items: hooks() }))

  app.post('/ephemeral/hook-fault', async (request) => {
    const isNone = noFault.safeParse(request.body).success
    const fault = isNone ? undefined : parseInput(hookFault, request.body)
    setHookFault(fault)
    return { fault: fault ?? null }
  })

  app.post('/ephemeral/clock', async (request) => {
    clock.advance(parseInput(move, request.body).advance_ms)
    return presentClock()
  })
}
