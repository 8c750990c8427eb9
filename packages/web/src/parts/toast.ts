import { create } from 'zustand'
import { t } from '../i18n/t.ts'
import { reasonOf } from './Notice.tsx'

export type ToastTone = 'plain' | 'ok' | 'bad'

interface ToastOptions {
  /** One sentence: what was done. */
  text: string
  /** Takes it back. A destructive act is undoable instead of asked about. */
  undo?: () => Promise<unknown> | undefined
  /** Another way on, e.g. to what was made. */
  action?: { label: string; run: () => void }
  /** Stops while the pointer or the keyboard is in it. */
  durationMs?: number
  tone?: ToastTone
}

export interface Toast extends ToastOptions {
  id: number
  durationMs: number
  tone: ToastTone
}

/** More would cover what is worked on; the oldest goes first. */
const MOST = 3
const DURATION_MS = 10_000

let lastId = 0

export const useToasts = create<{ toasts: readonly Toast[] }>()(() => ({ toasts: [] }))

/** Says what was done, at the foot of the page. Answers how to take the message away. */
export function toast({ durationMs = DURATION_MS, tone = 'plain', ...options }: ToastOptions): () => void {
  lastId += 1
  const added: Toast = { ...options, id: lastId, durationMs, tone }
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts, added].slice(-MOST) }))
  return () => dismissToast(added.id)
}

export function dismissToast(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((one) => one.id !== id) }))
}

/** Takes back what a toast told of; nothing when it is gone already. */
export function undoToast({ id, undo }: Pick<Toast, 'id' | 'undo'>): void {
  if (!undo || !useToasts.getState().toasts.some((one) => one.id === id)) return
  dismissToast(id)
  void takeBack(undo)
}

async function takeBack(undo: NonNullable<Toast['undo']>): Promise<void> {
  try {
    await undo()
  } catch (error) {
    const action = { label: t('error.tryAgain'), run: () => void takeBack(undo) }
    toast({ tone: 'bad', text: t('parts.undoFailed', { reason: reasonOf(error) }), action })
  }
}
