/** The keyboard goes from pane to pane; each is found by the name it carries for that. */
const find = (name: string) => document.querySelector<HTMLElement>(name)

/** False when the open chat cannot be answered. */
export function focusComposer(): boolean {
  const composer = find('textarea[data-pane]')
  if (!(composer instanceof HTMLTextAreaElement)) return false
  composer.focus()
  // What was written elsewhere is gone on with, not begun before.
  if (composer.selectionEnd === 0) composer.setSelectionRange(composer.value.length, composer.value.length)
  return true
}

/** Once what is drawn now is there. */
export function focusLog(): void {
  requestAnimationFrame(() => find('[role=log][data-pane]')?.focus())
}

export function focusList(): boolean {
  const list = find('[role=listbox][data-pane]')
  list?.focus()
  return list !== null
}
