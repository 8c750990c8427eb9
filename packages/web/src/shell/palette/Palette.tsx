import { Dialog as Base } from '@base-ui/react/dialog'
import { clsx } from 'clsx'
import { ChevronLeft, Search } from 'lucide-react'
import { type KeyboardEvent, type RefObject, useId, useRef } from 'react'
import { t } from '../../i18n/t.ts'
import { CloseButton } from '../../parts/Dialog.tsx'
import { isComposing } from '../../parts/is-composing.ts'
import { BACKDROP, POPUP } from '../../parts/menu-classes.ts'
import { reasonOf } from '../../parts/Notice.tsx'
import { optionId, PaletteList } from './PaletteList.tsx'
import { usePalette } from './use-palette.ts'

interface Props {
  isOpen: boolean
  onClose: () => void
  /** What was typed before the field was there. */
  takeTyped: () => string
}

/** Everything there is to do and to go to, by typing a few letters of it. */
export function Palette({ isOpen, onClose, takeTyped }: Props) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={BACKDROP} />
        <Base.Popup
          initialFocus={input}
          aria-label={t('palette.title')}
          className={clsx(
            POPUP,
            'fixed inset-x-0 top-[12vh] z-50 mx-auto flex max-h-[min(560px,76vh)] w-[min(640px,calc(100vw-32px))] flex-col overflow-hidden rounded-xl',
            'max-md:inset-0 max-md:max-h-none max-md:w-full max-md:rounded-none',
          )}
        >
          <Content takeTyped={takeTyped} input={input} onClose={onClose} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

interface ContentProps extends Omit<Props, 'isOpen'> {
  input: RefObject<HTMLInputElement | null>
}

/** New each time it opens: it begins empty, and with what can be done then. */
function Content({ takeTyped, input, onClose }: ContentProps) {
  const palette = usePalette(onClose)
  const { typed, type, step, leaveStep, sections, active, choose, move, point } = palette
  const listId = useId()
  // Until the field has the keyboard: what is typed between its first drawing and that would be lost.
  function handleFocus() {
    const early = takeTyped()
    if (early !== '') type(early + typed)
  }
  function handleKey(event: KeyboardEvent) {
    if (isComposing(event)) return
    const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }
    const by = moves[event.key]
    if (by !== undefined) move(by)
    else if (event.key === 'Enter' && active) choose(active)
    else if (step && (event.key === 'Escape' || (event.key === 'Backspace' && typed === ''))) leaveStep()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <>
      <div className="flex h-13 shrink-0 items-center gap-2.5 border-b border-line ps-4 pe-3">
        {step ? (
          <button
            type="button"
            aria-label={t('palette.back')}
            onClick={() => {
              leaveStep()
              input.current?.focus()
            }}
            className="-ms-1.5 flex size-8 items-center justify-center rounded-md text-ink-2 hover:bg-hover hover:text-ink"
          >
            <ChevronLeft size={18} aria-hidden="true" className="rtl:rotate-180" />
          </button>
        ) : (
          <Search size={18} aria-hidden="true" className="shrink-0 text-ink-3" />
        )}
        <input
          ref={input}
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={active ? optionId(listId, active) : undefined}
          aria-label={step?.title ?? t('palette.title')}
          placeholder={step?.title ?? t('palette.placeholder')}
          value={typed}
          onChange={(event) => type(event.target.value)}
          onFocus={handleFocus}
          onKeyDown={handleKey}
          dir="auto"
          autoComplete="off"
          spellCheck={false}
          className="h-full min-w-0 flex-1 bg-transparent text-md outline-none placeholder:text-ink-3 max-md:text-lg"
        />
        <CloseButton />
      </div>
      <State palette={palette} />
      <PaletteList
        id={listId}
        sections={sections}
        activeId={active?.id}
        onChoose={choose}
        onPoint={({ id }) => point(id)}
      />
      {!step && (
        <p className="shrink-0 border-t border-line px-4 py-2 text-2xs text-ink-3 max-md:hidden">{t('palette.hint')}</p>
      )}
    </>
  )
}

/** What there is to say beside the rows: that more is on its way, that there is nothing, that it failed. */
function State({ palette: { typed, sections, isLoading, problem } }: { palette: ReturnType<typeof usePalette> }) {
  const isEmpty = sections.length === 0
  const text =
    problem !== undefined
      ? t('palette.failed', { reason: reasonOf(problem) })
      : isEmpty && !isLoading
        ? t(typed.trim() === '' ? 'parts.nothing' : 'parts.nothingFound')
        : ''
  return (
    <div role="status" className="relative shrink-0">
      {isLoading && (
        <>
          <span className="sr-only">{t('parts.searching')}</span>
          <span aria-hidden="true" className="absolute inset-x-0 -top-px h-0.5 animate-pulse bg-accent" />
        </>
      )}
      {text !== '' && (
        <p className={clsx('px-4 pt-3 text-sm', problem === undefined ? 'text-ink-3' : 'text-bad')}>{text}</p>
      )}
    </div>
  )
}
