import { clsx } from 'clsx'
import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { type FocusEvent, useEffect, useRef, useState } from 'react'
import { t } from '../i18n/t.ts'
import { Kbd } from './Kbd.tsx'
import { useShortcuts } from './shortcuts/use-shortcuts.ts'
import { dismissToast, type Toast, type ToastTone, undoToast, useToasts } from './toast.ts'

const ICONS = { plain: undefined, ok: CircleCheck, bad: CircleAlert } satisfies Record<ToastTone, unknown>
const ICON_COLORS = { plain: '', ok: 'text-ok', bad: 'text-bad' } satisfies Record<ToastTone, string>

/** Where toasts appear. Once, in the shell. `Z` undoes the last one. */
export function Toasts() {
  const toasts = useToasts((state) => state.toasts)
  const last = toasts.findLast(({ undo }) => undo !== undefined)
  useShortcuts(last ? [{ keys: 'z', label: 'parts.undo', group: 'everywhere', run: () => undoToast(last) }] : [])
  return (
    <section
      aria-label={t('parts.toasts')}
      className="pointer-events-none fixed inset-x-0 bottom-4 z-[60] flex justify-center px-3 max-md:bottom-[calc(68px+env(safe-area-inset-bottom))]"
    >
      {/* Always there: a screen reader hears only what changes in a region it knows. */}
      <div role="status" className="flex w-full max-w-[440px] flex-col gap-2">
        {toasts.map((one) => (
          <ToastLine key={one.id} toast={one} hasKey={one === last} />
        ))}
      </div>
    </section>
  )
}

function ToastLine({ toast, hasKey }: { toast: Toast; hasKey: boolean }) {
  const { id, text, tone, undo, action } = toast
  const [isHeld, setHeld] = useState(false)
  useCountdown(toast, isHeld)
  const Icon = ICONS[tone]
  const hold = {
    onPointerEnter: () => setHeld(true),
    onPointerLeave: () => setHeld(false),
    onFocus: () => setHeld(true),
    onBlur: (event: FocusEvent) => setHeld(event.currentTarget.contains(event.relatedTarget)),
  }
  return (
    <div
      {...hold}
      className="pointer-events-auto flex min-h-11 items-center gap-2 rounded-lg bg-raised dark:[--color-hover:var(--press)] py-1.5 ps-3.5 pe-1.5 text-ink shadow-pop"
    >
      {Icon && <Icon size={18} aria-hidden="true" className={clsx('shrink-0', ICON_COLORS[tone])} />}
      <p className="min-w-0 flex-1 py-1 [overflow-wrap:anywhere]">{text}</p>
      {undo && (
        <ToastButton onClick={() => undoToast(toast)}>
          {t('parts.undo')}
          {hasKey && <Kbd>Z</Kbd>}
        </ToastButton>
      )}
      {action && (
        <ToastButton
          onClick={() => {
            dismissToast(id)
            action.run()
          }}
        >
          {action.label}
        </ToastButton>
      )}
      <button
        type="button"
        aria-label={t('parts.close')}
        onClick={() => dismissToast(id)}
        className="flex size-8 shrink-0 items-center justify-center rounded-md text-ink-3 hover:bg-hover hover:text-ink pointer-coarse:size-10"
      >
        <X size={16} aria-hidden="true" />
      </button>
    </div>
  )
}

function ToastButton(props: { onClick: () => void; children: React.ReactNode }) {
  return (
    <button
      type="button"
      {...props}
      className="flex h-8 shrink-0 items-center gap-1.5 rounded-md px-2.5 font-semibold text-accent-ink hover:bg-hover pointer-coarse:h-10"
    />
  )
}

/** Counts only while nobody holds it. */
function useCountdown({ id, durationMs }: Toast, isHeld: boolean): void {
  const left = useRef(durationMs)
  useEffect(() => {
    if (isHeld) return
    const startedAt = performance.now()
    const timer = setTimeout(() => dismissToast(id), left.current)
    return () => {
      clearTimeout(timer)
      left.current -= performance.now() - startedAt
    }
  }, [id, isHeld])
}
