import type { Page } from 'playwright-core'
import type { DemoAccount } from './demo-account.ts'

/** A page of the app, as the pictures and the accessibility test visit it. */
export interface DemoPage {
  /** Names its pictures. */
  name: string
  path(demo: DemoAccount): string
  /** Resolves when it is drawn; afterwards something may be opened in it. */
  prepare(page: Page, demo: DemoAccount): Promise<void>
  /** Who looks; absent: the admin. Null: nobody is logged in. */
  as?: 'admin' | 'manager' | 'tom' | null
}
