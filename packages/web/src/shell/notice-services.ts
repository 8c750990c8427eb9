import { type QueryClient, QueryObserver } from '@tanstack/react-query'
import { announce } from '../data/notices/announce.ts'
import { keepScreen } from '../data/notices/keep-screen.ts'
import { countUnread, type NotificationsData } from '../data/notices/notice-list.ts'
import { resumePush, usePush } from '../data/notices/push.ts'
import { noticeSettingsQuery, pushQuery } from '../data/notices/queries.ts'
import { keepSnapshot } from '../data/offline/keep-snapshot.ts'
import { keys } from '../data/query-keys.ts'
import { hearEvents } from '../data/realtime.ts'
import { startServiceWorker, takeNewVersion, useNewVersion } from '../data/worker/service-worker-page.ts'
import { t } from '../i18n/t.ts'
import { sayAloud } from '../parts/notices/describe-notice.ts'
import { toast } from '../parts/toast.ts'
import { reloadWhenIdle } from './reload-when-idle.ts'
import { showUnread } from './unread-mark.ts'

interface Place {
  /** Names the user. */
  scope: string
  /** Goes to a path of ours: somebody clicked a notification. */
  openPlace: (place: string) => void
}

/** Sound, desktop, badge, and the worker that does the same when no page is open. Answers how to stop. */
export function startNoticeServices(client: QueryClient, { scope, openPlace }: Place): () => void {
  const stops = [
    // Kept fresh while it runs: what comes is announced as the settings say.
    new QueryObserver(client, noticeSettingsQuery).subscribe(() => undefined),
    hearEvents((events) => announce(client, events, sayAloud)),
    startServiceWorker(openPlace),
    showUnreadOf(client),
    keepScreenFor(client),
    offerNewVersion(),
    keepSnapshot(client),
  ]
  resumePush(scope).catch(() => usePush.setState({ isOn: false }))
  return () => {
    for (const stop of stops) stop()
  }
}

function showUnreadOf(client: QueryClient): () => void {
  let shown = -1
  const tell = () => {
    const data = client.getQueryData<NotificationsData>(keys.notices({}))
    const unread = data ? countUnread(data) : 0
    if (unread !== shown) showUnread(unread)
    shown = unread
  }
  tell()
  const stop = client.getQueryCache().subscribe(({ query }) => {
    if (query.queryKey[0] === keys.everyNotice[0]) tell()
  })
  return () => {
    stop()
    showUnread(0)
  }
}

/** Only for who gets pushes somewhere: for the others it makes no difference whether they look. */
function keepScreenFor(client: QueryClient): () => void {
  let stopKeeping: (() => void) | undefined
  const stop = new QueryObserver(client, pushQuery).subscribe(({ data }) => {
    const hasPush = (data?.browsers.length ?? 0) > 0
    if (hasPush && !stopKeeping) stopKeeping = keepScreen()
    if (hasPush) return
    stopKeeping?.()
    stopKeeping = undefined
  })
  return () => {
    stop()
    stopKeeping?.()
  }
}

/** Until it is taken or sent away. */
const LONG_MS = 2 ** 31 - 1

function offerNewVersion(): () => void {
  let take: (() => void)[] = []
  const offer = ({ isReady }: { isReady: boolean }) => {
    if (!isReady || take.length > 0) return
    const action = { label: t('app.reload'), run: takeNewVersion }
    take = [toast({ text: t('app.newVersion'), durationMs: LONG_MS, action }), reloadWhenIdle(takeNewVersion)]
  }
  offer(useNewVersion.getState())
  const stop = useNewVersion.subscribe(offer)
  return () => {
    stop()
    for (const end of take) end()
  }
}
