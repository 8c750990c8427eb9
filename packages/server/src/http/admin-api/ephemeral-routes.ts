import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { MovableClock } from '../../lib/movable-clock.ts'
import { parseInput } from './admin-schemas.ts'

/** What a throw-away server has and no other. */
export interface EphemeralOptions {
  clock: MovableClock
  /** What its start printed. */
  facts: () => unknown
}

const LONGEST_MOVE_MS = 10 * 365 * 86_400_000
const move = z.object({
  advance_ms: z
    .int('must be a whole number of milliseconds')
    .min(0, 'must be at least 0: time does not go back')
    .max(LONGEST_MOVE_MS, 'must be at most ten years'),
})

/** Registered on a throw-away server only: elsewhere nobody, the operator included, moves the clock. */
export function ephemeralRoutes(app: FastifyInstance, { clock, facts }: EphemeralOptions): void {
  const presentClock = () => ({ now: clock.now().toISOString(), ahead_ms: clock.aheadMs })

  app.get('/ephemeral', async () => ({ facts: facts() ?? null, clock: presentClock() }))

  app.post('/ephemeral/clock', async (request) => {
    clock.advance(parseInput(move, request.body).advance_ms)
    return presentClock()
  })
}
