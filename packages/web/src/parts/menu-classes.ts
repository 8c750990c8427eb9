/** How menus and popovers look; Base UI brings the behaviour only. */
export const POPUP =
  'rounded-lg bg-raised text-ink shadow-pop outline-none transition-opacity data-[ending-style]:opacity-0 data-[starting-style]:opacity-0'
export const MENU = `${POPUP} min-w-48 p-1`
export const MENU_ITEM =
  'flex h-8 items-center gap-2 rounded-md px-2.5 text-sm outline-none select-none data-[highlighted]:bg-hover pointer-coarse:h-10'
