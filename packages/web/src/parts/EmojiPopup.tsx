import { Popover } from '@base-ui/react/popover'
import { type EmojiPickerListComponents, EmojiPicker as Picker, useActiveEmoji } from 'frimousse'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { t } from '../i18n/t.ts'
import { getLanguage } from '../i18n/texts.ts'
import type { EmojiPickerProps } from './emoji-picker-props.ts'
import { POPUP } from './menu-classes.ts'
import { readRecentEmoji, rememberEmoji } from './recent-emoji.ts'

/** Ours, put beside the screens by the build: the library's own default is a stranger's server. */
const DATA_URL = '/emoji'
/** A finger needs larger ones. */
const columns = () => (matchMedia('(pointer: coarse)').matches ? 8 : 9)
const CELL = 'flex size-9 pointer-coarse:size-10 items-center justify-center rounded-md text-[22px] leading-none'

export function EmojiPopup({ layer, onPick, side = 'top', align = 'start', finalFocus }: EmojiPickerProps) {
  const [recent, setRecent] = useState(readRecentEmoji)

  function pick(emoji: string) {
    rememberEmoji(emoji)
    setRecent(readRecentEmoji)
    onPick(emoji)
  }

  return (
    <Popover.Root open={layer.isOpen} onOpenChange={layer.change}>
      <Popover.Portal container={document.getElementById('main')}>
        <Popover.Positioner
          anchor={layer.anchor}
          side={side}
          align={align}
          sideOffset={8}
          collisionPadding={8}
          className="z-40"
        >
          <Popover.Popup
            finalFocus={finalFocus ?? layer.anchor}
            aria-label={t('emoji.label')}
            className={`${POPUP} overflow-hidden`}
          >
            <Picker.Root
              locale={getLanguage()}
              columns={columns()}
              emojibaseUrl={DATA_URL}
              onEmojiSelect={({ emoji }) => pick(emoji)}
              className="flex h-[min(380px,60dvh)] w-[min(348px,calc(100vw-16px))] flex-col"
            >
              <SearchField />
              <Recent emoji={recent} onPick={pick} />
              <Viewport />
              <Foot />
            </Picker.Root>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

function SearchField() {
  return (
    <div className="relative m-2 mb-1.5">
      <Search size={15} aria-hidden="true" className="absolute start-2.5 top-1/2 -translate-y-1/2 text-ink-3" />
      <Picker.Search
        autoFocus
        aria-label={t('emoji.search')}
        placeholder={t('emoji.search')}
        className="h-8 w-full appearance-none rounded-md bg-hover ps-8 pe-2.5 text-sm outline-none [&::-webkit-search-cancel-button]:hidden placeholder:text-ink-3 focus-visible:shadow-[inset_0_0_0_1.5px_var(--accent)] pointer-coarse:h-10 dark:bg-press"
      />
    </div>
  )
}

function Recent({ emoji, onPick }: { emoji: readonly string[]; onPick: (emoji: string) => void }) {
  if (emoji.length === 0) return null
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a look of its own
    <div role="group" aria-label={t('emoji.recent')} className="flex border-b border-line px-2 pb-1">
      {emoji.map((one) => (
        <button key={one} type="button" onClick={() => onPick(one)} className={`${CELL} hover:bg-hover`}>
          {one}
        </button>
      ))}
    </div>
  )
}

function Viewport() {
  return (
    <Picker.Viewport className="min-h-0 flex-1 outline-none">
      <Picker.Loading className="absolute inset-0 flex items-center justify-center text-xs text-ink-3">
        {t('emoji.loading')}
      </Picker.Loading>
      <Picker.Empty className="absolute inset-0 flex items-center justify-center text-xs text-ink-3">
        {t('emoji.none')}
      </Picker.Empty>
      <Picker.List aria-label={t('emoji.label')} className="pb-1.5 select-none" components={PIECES} />
    </Picker.Viewport>
  )
}

interface Counted {
  'aria-rowindex'?: number | undefined
  'aria-colindex'?: number | undefined
}

/** The library counts rows and columns from 0, ARIA from 1. */
function countFromOne<Props extends Counted>(props: Props): Props {
  const { 'aria-rowindex': row, 'aria-colindex': column } = props
  return {
    ...props,
    ...(row !== undefined && { 'aria-rowindex': row + 1 }),
    ...(column !== undefined && { 'aria-colindex': column + 1 }),
  }
}

const PIECES: Partial<EmojiPickerListComponents> = {
  CategoryHeader: ({ category, ...props }) => (
    <div {...props} className="bg-raised px-3 pt-2 pb-1 text-2xs font-semibold text-ink-3">
      {category.label}
    </div>
  ),
  Row: ({ children, ...props }) => (
    <div {...countFromOne(props)} className="scroll-my-1.5 px-2">
      {children}
    </div>
  ),
  Emoji: ({ emoji, ...props }) => (
    <button type="button" {...countFromOne(props)} className={`${CELL} data-[active]:bg-press`}>
      {emoji.emoji}
    </button>
  ),
}

/** Which one it is, in words, and the colour of hands. */
function Foot() {
  const active = useActiveEmoji()
  return (
    <div className="flex h-10 items-center gap-2 border-t border-line ps-3 pe-1.5 text-xs">
      {active && <span className="text-[18px] leading-none">{active.emoji}</span>}
      <span aria-hidden="true" className="min-w-0 flex-1 truncate text-ink-2">
        {active?.label}
      </span>
      <Picker.SkinToneSelector
        aria-label={t('emoji.skinTone')}
        className={`${CELL} size-8! text-[18px]! hover:bg-hover`}
      />
    </div>
  )
}
