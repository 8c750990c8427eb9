import { Dialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { type TextKey, t } from '../i18n/t.ts'
import { Kbd } from '../parts/Kbd.tsx'
import { POPUP } from '../parts/menu-classes.ts'
import { setLayer, useLayers } from './layers.ts'

const ROWS: readonly [keys: readonly string[], does: TextKey][] = [
  [['J', '↓'], 'keys.next'],
  [['K', '↑'], 'keys.previous'],
  [['Enter', 'R'], 'keys.reply'],
  [['Enter'], 'keys.send'],
  [['Shift Enter'], 'keys.breakLine'],
  [['Esc'], 'keys.back'],
  [['N'], 'keys.notifications'],
  [[']'], 'keys.lead'],
  [['F6'], 'keys.panes'],
  [['?'], 'keys.help'],
]

/** The list of keys. */
export function ShortcutDialog() {
  const isOpen = useLayers((state) => state.shortcuts)
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => setLayer('shortcuts', open)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-[oklch(0.2_0.01_266/0.35)] transition-opacity data-[ending-style]:opacity-0 data-[starting-style]:opacity-0" />
        <Dialog.Popup
          className={`${POPUP} fixed top-1/2 left-1/2 z-50 w-[min(420px,calc(100vw-32px))] -translate-x-1/2 -translate-y-1/2 rounded-xl p-4`}
        >
          <div className="mb-2 flex items-center">
            <Dialog.Title className="flex-1 text-lg font-semibold tracking-[-.01em]">{t('keys.title')}</Dialog.Title>
            {/* No tooltip here: it would open with the focus and take the first Esc for itself. */}
            <Dialog.Close
              aria-label={t('keys.close')}
              className="flex size-8 items-center justify-center rounded-md text-ink-2 hover:bg-hover hover:text-ink pointer-coarse:size-10"
            >
              <X size={18} />
            </Dialog.Close>
          </div>
          <dl>
            {ROWS.map(([keys, does]) => (
              <div key={does} className="flex h-9 items-center border-t border-line">
                <dt className="flex-1 text-ink-2">{t(does)}</dt>
                <dd className="flex items-center gap-1.5 text-2xs text-ink-3">
                  {keys.map((name, index) => (
                    <span key={name} className="flex items-center gap-1.5">
                      {index > 0 && t('keys.or')}
                      <Kbd>{name}</Kbd>
                    </span>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
          <Dialog.Description className="mt-2 text-xs text-ink-3">{t('keys.hint')}</Dialog.Description>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
