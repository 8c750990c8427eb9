/** Where a pane takes the keyboard: marked by the pane itself. */
const PANE = '[data-pane]'

/** To the next pane, or the one before. False when there is none. */
export function goRoundPanes(step: 1 | -1): boolean {
  const panes = [...document.querySelectorAll<HTMLElement>(PANE)].filter((pane) => pane.offsetParent !== null)
  const here = panes.findIndex((pane) => pane.closest('section, aside, nav')?.contains(document.activeElement))
  const next = here === -1 ? 0 : (here + step + panes.length) % panes.length
  panes[next]?.focus()
  return panes.length > 0
}
