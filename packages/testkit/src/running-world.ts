import type { Agent } from 'node:http'
import type { Deps } from '@parley/server/internals'

/** What accounts, channels and clients need of the world they live in. */
export interface RunningWorld {
  /** `http://127.0.0.1:port` */
  url: string
  deps: Deps
  adminToken: string
  agent: Agent
  /** Now, by the server's clock. */
  now(): Date
}
