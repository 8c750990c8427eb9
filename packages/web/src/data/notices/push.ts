import type { SubscribePushRequest } from '@parley/protocol/model'
import { create } from 'zustand'
import { getPushState, subscribePush, unsubscribePush } from './endpoints.ts'

/** Why this browser can or cannot show notifications; `ask`: nobody has been asked yet. */
export type NoticePermission = 'unsupported' | 'ask' | 'granted' | 'denied'

interface BrowserPush {
  permission: NoticePermission
  /** This browser gets pushes of the user who is logged in; undefined while that is not known. */
  isOn: boolean | undefined
}

export const usePush = create<BrowserPush>()(() => ({ permission: readPermission(), isOn: undefined }))

function isPossible(): boolean {
  return 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window
}

function readPermission(): NoticePermission {
  if (!isPossible()) return 'unsupported'
  return Notification.permission === 'default' ? 'ask' : Notification.permission
}

/** Who switched pushes on in this browser: another person who logs in here does not inherit them. */
const wishKey = (scope: string) => `parley.push.${scope}`

const wish = {
  read: (scope: string) => localStorage.getItem(wishKey(scope)) === 'on',
  write: (scope: string, isOn: boolean) => {
    if (isOn) localStorage.setItem(wishKey(scope), 'on')
    else localStorage.removeItem(wishKey(scope))
  },
}

async function findSubscription(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration()
  return (await registration?.pushManager.getSubscription()) ?? null
}

/** After a log-in: the session is another one, so the server is told anew. What the user did not ask for here is ended. */
export async function resumePush(scope: string): Promise<void> {
  usePush.setState({ permission: readPermission() })
  if (!isPossible()) return usePush.setState({ isOn: false })
  const subscription = await findSubscription()
  if (!subscription) return usePush.setState({ isOn: false })
  if (!wish.read(scope)) {
    await subscription.unsubscribe()
    return usePush.setState({ isOn: false })
  }
  await subscribePush(toRequest(subscription))
  usePush.setState({ isOn: true })
}

/** Asks the person, then the browser. Only on a click: browsers refuse, and people dislike, to be asked otherwise. */
export async function switchPushOn(scope: string): Promise<void> {
  const answer = await Notification.requestPermission()
  usePush.setState({ permission: readPermission() })
  if (answer !== 'granted') return
  wish.write(scope, true)
  const registration = await navigator.serviceWorker.ready
  const { publicKey } = await getPushState()
  const subscription =
    (await currentSubscription(registration, publicKey)) ??
    (await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey }))
  await subscribePush(toRequest(subscription))
  usePush.setState({ isOn: true })
}

/** One made with another key (another server was here before) is of no use. */
async function currentSubscription(
  registration: ServiceWorkerRegistration,
  publicKey: string,
): Promise<PushSubscription | undefined> {
  const subscription = await registration.pushManager.getSubscription()
  if (!subscription) return undefined
  const { applicationServerKey } = subscription.options
  if (applicationServerKey && toBase64Url(applicationServerKey) === publicKey) return subscription
  await subscription.unsubscribe()
  return undefined
}

const toBase64Url = (bytes: ArrayBuffer) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

export async function switchPushOff(scope: string): Promise<void> {
  wish.write(scope, false)
  const subscription = await findSubscription()
  if (subscription) {
    await unsubscribePush(subscription.endpoint)
    await subscription.unsubscribe()
  }
  usePush.setState({ isOn: false })
}

function toRequest(subscription: PushSubscription): SubscribePushRequest {
  const { endpoint, keys } = subscription.toJSON()
  return { endpoint: endpoint ?? '', keys: { p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' } }
}
