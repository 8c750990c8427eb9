/** Where a pane takes the keyboard: marked by the pane itself. */
const PANE = '[data-pane]'

/** F6 goes to the next pane, Shift+F6 to the one before. */
export function goRoundPanes(event: KeyboardEvent): void {
  if (event.key !== 'F6') return
  const panes = [...document.querySelectorAll<HTMLElement>(PANE)].filter((pane) => pane.offsetParent !== null)
  if (panes.length === 0) return
  event.preventDefault()
  const here = panes.findIndex((pane) => pane.closest('section, aside, nav')?.contains(document.activeElement))
  const step = event.shiftKey ? -1 : 1
  const next = here === -1 ? 0 : (here + step + panes.length) % panes.length
  panes[next]?.focus()
}
