import type { PushState, SubscribePushRequest } from '@parley/protocol/model'
import { type BuiltFiles, FileCache } from './file-cache.ts'
import type { WorkerMessage } from './messages.ts'
import { planRequest } from './plan-request.ts'
import { placeOf, readPayload, toNotice } from './push-notice.ts'

/** Put in by the build (service-worker-plugin.ts). */
declare const BUILT_FILES: BuiltFiles
declare const self: ServiceWorkerGlobalScope

const files = new FileCache(BUILT_FILES)
const { origin } = self.location

self.addEventListener('install', (event) => event.waitUntil(files.install()))

self.addEventListener('activate', (event) =>
  event.waitUntil(Promise.all([files.dropOld(), self.clients.claim()]).then(() => undefined)),
)

self.addEventListener('fetch', (event) => {
  const plan = planRequest(event.request, origin)
  if (plan === 'shell') event.respondWith(openPage())
  if (plan === 'file') event.respondWith(files.file(event.request))
})

/** Somebody who loads the only tab anew gets the version that waits: nothing of his is open elsewhere. */
async function openPage(): Promise<Response> {
  const { waiting } = self.registration
  if (waiting && (await self.clients.matchAll({ type: 'window' })).length < 2) {
    waiting.postMessage({ kind: 'take over' } satisfies WorkerMessage)
    return new Response('', { headers: { 'content-type': 'text/html', refresh: '0' } })
  }
  return files.page()
}

self.addEventListener('message', (event) => {
  const { kind } = event.data as WorkerMessage
  if (kind === 'take over') event.waitUntil(self.skipWaiting())
  if (kind === 'keep all') event.waitUntil(files.keepAll(() => self.registration.waiting !== null))
})

self.addEventListener('push', (event) => {
  const read = () => event.data?.json() as unknown
  event.waitUntil(tell(read))
})

/** A screen that somebody looks at shows it already. */
async function tell(read: () => unknown): Promise<void> {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const { unread } = readPayload(read)
  await (unread > 0 ? navigator.setAppBadge?.(unread) : navigator.clearAppBadge?.())
  if (windows.some((one) => one.visibilityState === 'visible' && one.focused)) return
  const { title, options } = toNotice(read)
  await self.registration.showNotification(title, options)
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(open(placeOf(event.notification.data, origin)))
})

/** In the tab that is there, without loading it anew: drafts stay. */
async function open(place: string): Promise<void> {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const [tab] = windows.filter((one) => new URL(one.url).origin === origin)
  if (!tab) return void (await self.clients.openWindow(place))
  tab.postMessage({ kind: 'open', place } satisfies WorkerMessage)
  // Some systems do not let a page come to the front by itself: then it is there when somebody looks.
  await tab.focus().catch(() => undefined)
}

/** The push service gave this browser another address: it is told to the server, with the session's cookie. */
self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(subscribeAgain()))

async function subscribeAgain(): Promise<void> {
  const state = await fetch('/api/app/v1/push')
  if (!state.ok) return
  const { publicKey } = (await state.json()) as PushState
  const subscription = await self.registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: publicKey,
  })
  await fetch('/api/app/v1/push/browsers', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(subscription.toJSON() as SubscribePushRequest),
  })
}
