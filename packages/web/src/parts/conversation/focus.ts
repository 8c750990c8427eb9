/** The keyboard goes from pane to pane; each is found by the name it carries for that. */
const find = (name: string) => document.querySelector<HTMLElement>(name)

/** False when the open chat cannot be answered. */
export function focusComposer(): boolean {
  const composer = find('textarea[data-pane]')
  composer?.focus()
  return composer !== null
}

export function focusList(): boolean {
  const list = find('[role=listbox][data-pane]')
  list?.focus()
  return list !== null
}
