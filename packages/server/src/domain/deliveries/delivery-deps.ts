import type pg from 'pg'
import type { Deps } from '../deps.ts'

/** What claiming and settling needs. */
export interface DeliveryDeps extends Pick<Deps, 'clock' | 'newId' | 'nudge'> {
  /** Three connections are enough. Best with `pipeline: true`: the statements of a settlement then go out together. */
  pool: pg.Pool
}
