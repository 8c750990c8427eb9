import type { PushPayload } from '@parley/protocol/model'

export interface ShownNotice {
  title: string
  options: NotificationOptions
}

/** What the browser is told to show of a push; also of one that cannot be read: showing nothing would cost us the right to push. */
export function toNotice(read: () => unknown): ShownNotice {
  const payload = readPayload(read)
  return {
    title: payload.title,
    options: {
      ...{ body: payload.text, tag: payload.tag, icon: '/icons/icon-192.png', badge: '/icons/badge-96.png' },
      data: { url: payload.url },
      // Of the same chat: it takes the place of the one before, and makes itself heard.
      ...{ renotify: true, timestamp: payload.at },
    } as NotificationOptions,
  }
}

export function readPayload(read: () => unknown): PushPayload {
  const nothing = { title: 'Parley', text: '', url: '/notifications', tag: 'parley', unread: 0, at: Date.now() }
  try {
    return { ...nothing, ...(read() as Partial<PushPayload>) }
  } catch {
    return nothing
  }
}

/** Only a path of ours: what is opened never leaves this origin. */
export function placeOf(data: unknown, origin: string): string {
  const url = (data as { url?: unknown } | null)?.url
  const place = new URL(typeof url === 'string' ? url : '/notifications', origin)
  return place.origin === origin ? place.pathname + place.search : '/notifications'
}
