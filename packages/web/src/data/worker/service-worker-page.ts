import { create } from 'zustand'
import type { WorkerMessage } from '../../service-worker/messages.ts'

const LOOK_EVERY_MS = 60 * 60_000

/** A newer build is here and waits; reloading begins it. */
export const useNewVersion = create<{ isReady: boolean }>()(() => ({ isReady: false }))

let waiting: ServiceWorker | undefined

/** Registers the worker and follows its life. `openPlace`: somebody clicked a notification. Answers how to stop. */
export function startServiceWorker(openPlace: (place: string) => void): () => void {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return () => undefined
  const stopping = new AbortController()
  const { signal } = stopping
  navigator.serviceWorker.addEventListener(
    'message',
    ({ data }: MessageEvent<WorkerMessage>) => {
      if (data.kind === 'open') openPlace(data.place)
    },
    { signal },
  )
  void register(signal)
  return () => stopping.abort()
}

async function register(signal: AbortSignal): Promise<void> {
  try {
    const registration = await navigator.serviceWorker.register('/service-worker.js', { updateViaCache: 'none' })
    if (signal.aborted) return
    follow(registration, signal)
    const active = (await navigator.serviceWorker.ready).active
    active?.postMessage({ kind: 'keep all' } satisfies WorkerMessage)
  } catch {
    // The page works without it; the next visit tries again.
  }
}

function follow(registration: ServiceWorkerRegistration, signal: AbortSignal): void {
  const look = () => void registration.update().catch(() => undefined)
  const timer = setInterval(look, LOOK_EVERY_MS)
  signal.addEventListener('abort', () => clearInterval(timer))
  const notice = () => {
    // The first one ever takes over by itself: nothing older is there.
    if (!registration.waiting || !navigator.serviceWorker.controller) return
    waiting = registration.waiting
    useNewVersion.setState({ isReady: true })
  }
  notice()
  registration.addEventListener(
    'updatefound',
    () => registration.installing?.addEventListener('statechange', notice, { signal }),
    { signal },
  )
}

/** Begins the new version in this tab; others go on with theirs until they are loaded anew. */
export function takeNewVersion(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  waiting?.postMessage({ kind: 'take over' } satisfies WorkerMessage)
}
