import { Dialog as Base } from '@base-ui/react/dialog'
import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { CloseButton } from './Dialog.tsx'
import { BACKDROP } from './menu-classes.ts'

const WIDTHS = { sm: 'md:w-[400px]', md: 'md:w-[560px]', lg: 'md:w-[880px]' }

interface Props {
  isOpen: boolean
  onClose: () => void
  title: ReactNode
  description?: ReactNode
  /** Beside the title. */
  actions?: ReactNode
  footer?: ReactNode
  size?: keyof typeof WIDTHS
  /** `end`: the whole height at the end edge. `bottom`: from the foot of a phone, as high as what is in it. */
  side?: 'end' | 'bottom'
  /** Without a veil: what lies beside it can still be used. */
  isModal?: boolean
  children: ReactNode
}

/** A sheet over one side of the page; over all of it on a phone. Esc closes it, and the keyboard goes back. */
export function Sheet({ isOpen, onClose, isModal = true, side = 'end', size = 'md', ...content }: Props) {
  return (
    <Base.Root
      open={isOpen}
      onOpenChange={(open) => !open && onClose()}
      modal={isModal}
      disablePointerDismissal={!isModal}
    >
      <Base.Portal>
        {isModal && <Base.Backdrop className={BACKDROP} />}
        <Base.Popup
          className={clsx(
            'fixed z-50 flex flex-col bg-surface text-ink shadow-pop outline-none transition-[transform,opacity] duration-150 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0',
            side === 'end'
              ? 'inset-y-0 end-0 w-full data-[ending-style]:translate-x-6 data-[starting-style]:translate-x-6 md:rounded-s-lg rtl:data-[ending-style]:-translate-x-6 rtl:data-[starting-style]:-translate-x-6'
              : 'inset-x-0 bottom-0 max-h-[85dvh] rounded-t-xl pb-[env(safe-area-inset-bottom)] data-[ending-style]:translate-y-6 data-[starting-style]:translate-y-6',
            side === 'end' && WIDTHS[size],
          )}
        >
          <Content {...content} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

function Content({ title, description, actions, footer, children }: Omit<Props, 'isOpen' | 'onClose'>) {
  return (
    <>
      <header className="flex min-h-14 shrink-0 items-center gap-1 border-b border-line py-2 ps-4 pe-3">
        <div className="min-w-0 flex-1">
          <Base.Title className="truncate text-lg font-semibold tracking-[-.01em]">{title}</Base.Title>
          {description && <Base.Description className="text-xs text-ink-3">{description}</Base.Description>}
        </div>
        {actions}
        <CloseButton />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
      {footer && (
        <footer className="flex shrink-0 flex-wrap justify-end gap-2 border-t border-line p-3">{footer}</footer>
      )}
    </>
  )
}
