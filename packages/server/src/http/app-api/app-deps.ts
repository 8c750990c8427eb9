import type { PasswordCost } from '../../domain/accounts/password-hash.ts'
import type { SendTyping } from '../../domain/chats/typing.ts'
import type { Deps } from '../../domain/deps.ts'
import type { Streams } from '../../domain/event-stream.ts'
import type { InboxCounter } from '../../domain/inbox/count-chats.ts'
import type { TellUninstalled } from '../../domain/integrations/uninstall.ts'
import type { Presence } from '../../domain/presence.ts'
import type { LogInLimiter } from '../../domain/users/log-in-limiter.ts'
import type { Clock } from '../../lib/clock.ts'
import type { SendHook } from '../../wire/send-hook.ts'

export interface AppDeps extends Deps {
  streams: Streams
  presence: Presence
  logInLimiter: LogInLimiter
  /** Tells a channel that a user is typing. */
  sendTyping: SendTyping
  tellUninstalled: TellUninstalled
  inboxCounter: InboxCounter
  /** Something is to be done to many chats. */
  nudgeBulk: () => void
  /** What browsers subscribe to pushes with. */
  vapidPublicKey: string
  /** A push is due. */
  nudgePushes: () => void
  /** People come by https: the cookie may not travel otherwise. */
  isSecure: boolean
  /** Strangers may make accounts. */
  canSignUp: boolean
  /** The operator looks at each channel that an account registers before it can be connected. */
  areChannelsModerated: boolean
  /** Hooks may go to private and loopback addresses. */
  allowPrivateNetwork: boolean
  /** Sends one hook, outside of the lanes. */
  sendHook: SendHook
  /** Whose time signatures are checked by: the real one, also where the server's own is moved. */
  signedBy: Clock
  /** How far a signed request's `Date` may be from it, either side. */
  signatureWindowMs: number
  /** Absent: dear enough for real passwords. Tests have a cheap one. */
  passwordCost?: PasswordCost
}
