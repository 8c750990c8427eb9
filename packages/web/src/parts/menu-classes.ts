/** How menus and popovers look; Base UI brings the behaviour only. */
/** What is hovered must differ from the raised ground, too, which in the dark is as light as what is hovered elsewhere. */
export const POPUP =
  'rounded-lg bg-raised dark:[--color-hover:var(--press)] text-ink shadow-pop outline-none transition-opacity data-[ending-style]:opacity-0 data-[starting-style]:opacity-0'
export const MENU = `${POPUP} min-w-48 p-1`
export const MENU_ITEM =
  'flex min-h-8 items-center gap-2 rounded-md px-2.5 text-sm outline-none select-none data-[disabled]:opacity-45 data-[highlighted]:bg-hover data-[popup-open]:bg-hover pointer-coarse:min-h-10 [&>svg]:shrink-0'
export const MENU_LABEL = 'px-2.5 pt-1.5 pb-1 text-2xs font-semibold text-ink-3'
export const MENU_LINE = 'mx-1 my-1 h-px bg-line'
/** Under dialogs and modal sheets. */
export const BACKDROP =
  'fixed inset-0 z-40 bg-veil transition-opacity data-[ending-style]:opacity-0 data-[starting-style]:opacity-0'
