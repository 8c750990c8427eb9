import { create } from 'zustand'

const KEY = 'parley.single-keys'

function read(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off'
  } catch {
    return true
  }
}

/** Whether letters and signs act by themselves. Who dictates, or has an unsteady hand, switches them off (WCAG 2.1.4). */
export const useSingleKeys = create<{ isOn: boolean }>()(() => ({ isOn: read() }))

export function setSingleKeys(isOn: boolean): void {
  useSingleKeys.setState({ isOn })
  try {
    localStorage.setItem(KEY, isOn ? 'on' : 'off')
  } catch {
    // Nothing to do: it holds while the page is open.
  }
}
