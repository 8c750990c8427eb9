import { Dialog as Base } from '@base-ui/react/dialog'
import { clsx } from 'clsx'
import { X } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'
import { t } from '../i18n/t.ts'
import { BACKDROP, POPUP } from './menu-classes.ts'

const WIDTHS = {
  sm: 'w-[min(420px,calc(100vw-32px))]',
  md: 'w-[min(560px,calc(100vw-32px))]',
  lg: 'w-[min(760px,calc(100vw-32px))]',
}

export interface DialogProps {
  isOpen: boolean
  onClose: () => void
  title: ReactNode
  description?: ReactNode
  /** Buttons, the main one last. */
  footer?: ReactNode
  size?: keyof typeof WIDTHS
  /** Has the keyboard first; absent: the first control, which is the cross. */
  initialFocus?: RefObject<HTMLElement | null>
  /** Drawn, but not closed by a press beside it: for what was typed in it. */
  isKept?: boolean
  children?: ReactNode
}

/** Over the page, in its middle. It takes the keyboard and gives it back; Esc closes it. */
export function Dialog({ isOpen, onClose, title, description, footer, size = 'sm', ...more }: DialogProps) {
  const { isKept, initialFocus, children } = more
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => !open && onClose()} disablePointerDismissal={isKept === true}>
      <Base.Portal>
        <Base.Backdrop className={BACKDROP} />
        <Base.Popup
          {...(initialFocus && { initialFocus })}
          className={clsx(
            POPUP,
            'fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-32px)] -translate-x-1/2 -translate-y-1/2 flex-col rounded-xl',
            WIDTHS[size],
          )}
        >
          <header className="flex shrink-0 items-start gap-2 ps-5 pe-3 pt-4">
            <div className="min-w-0 flex-1 pt-[5px]">
              <Base.Title className="text-lg font-semibold tracking-[-.01em] text-balance">{title}</Base.Title>
              {description && (
                <Base.Description className="mt-1 text-ink-2 text-pretty">{description}</Base.Description>
              )}
            </div>
            <CloseButton />
          </header>
          {children !== undefined && <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-3 pb-1">{children}</div>}
          {footer ? (
            <footer className="flex shrink-0 flex-wrap justify-end gap-2 px-5 pt-3 pb-4">{footer}</footer>
          ) : (
            <div className="h-4 shrink-0" />
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

/** No tooltip here: it would open with the focus and take the first Esc for itself. */
export function CloseButton() {
  return (
    <Base.Close
      aria-label={t('parts.close')}
      className="flex size-8 shrink-0 items-center justify-center rounded-md text-ink-2 hover:bg-hover hover:text-ink pointer-coarse:size-10"
    >
      <X size={18} aria-hidden="true" />
    </Base.Close>
  )
}
