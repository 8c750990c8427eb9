import type { ChannelId, ChatId, Lead } from '@parley/protocol/model'
import type { AppClient, HookReceiver, TestAccount, TestChannel, TestUser } from '@parley/testkit'
import type { Page } from 'playwright-core'

export interface DemoAccount {
  account: TestAccount
  hook: HookReceiver
  users: Record<'admin' | 'manager' | 'tom', TestUser>
  /** Logged in once each. */
  clients: Record<'admin' | 'manager' | 'tom', AppClient>
  channels: TestChannel[]
  /** By the client's name. */
  chats: Map<string, { chatId: ChatId; lead: Lead | null }>
  /** Only where pictures are taken. */
  developer?: DemoDeveloper
}

/** Who builds channels, and runs the server. */
export interface DemoDeveloper {
  user: TestUser
  /** Its console is shown, … */
  channelId: ChannelId
  /** … and the simulator of this one. */
  simulatedId: ChannelId
  /** A program that asks to be let in. */
  clientId: string
  /** A request whose signature was wrong. */
  refusedId: string
  /** A hook that was refused for good. */
  givenUpId: string
}

/** A page of the app, as the pictures and the accessibility test visit it. */
export interface DemoPage {
  /** Names its pictures. */
  name: string
  path(demo: DemoAccount): string
  /** Resolves when it is drawn; afterwards something may be opened in it. */
  prepare(page: Page, demo: DemoAccount): Promise<void>
  /** Who looks; absent: the admin. Null: nobody is logged in. */
  as?: 'admin' | 'manager' | 'tom' | 'developer' | null
  /** Another browser test looks at it with axe already: drawn only for its picture. */
  pictureOnly?: true
}
