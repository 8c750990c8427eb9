/** What becomes of a request of a page. */
export type RequestPlan =
  /** The app's one page. */
  | 'shell'
  /** A file of the build: its name says what is in it, so one that is kept is as good as a new one. */
  | 'file'
  /** The network's business: the API, the stream, files of chats. */
  | 'leave'

interface Asked {
  method: string
  /** `navigate` for a page. */
  mode: string
  url: string
}

/**
 * First parts of paths that are never a screen; the server keeps the same list. `/oauth` is one, but how it may be opened is said by
 * the headers that the server sends with it.
 */
const NOT_A_SCREEN = /^\/(v2|api|files|oauth2?|private|realtime|healthz|readyz|metrics)(\/|$)/
const FILE = /^\/(assets\/|icons\/|emoji\/|favicon\.svg$|manifest\.webmanifest$)/

export function planRequest({ method, mode, url }: Asked, origin: string): RequestPlan {
  const { origin: askedOrigin, pathname } = new URL(url)
  if (method !== 'GET' || askedOrigin !== origin || NOT_A_SCREEN.test(pathname)) return 'leave'
  if (FILE.test(pathname)) return 'file'
  return mode === 'navigate' ? 'shell' : 'leave'
}
