import { create } from 'zustand'

export type Theme = 'light' | 'dark' | 'system'

const KEY = 'parley.theme'
const prefersDark = matchMedia('(prefers-color-scheme: dark)')

function readTheme(): Theme {
  const kept = localStorage.getItem(KEY)
  return kept === 'light' || kept === 'dark' ? kept : 'system'
}

export const useTheme = create<{ theme: Theme }>()(() => ({ theme: readTheme() }))

export function setTheme(theme: Theme): void {
  localStorage.setItem(KEY, theme)
  useTheme.setState({ theme })
}

function paint(): void {
  const { theme } = useTheme.getState()
  const isDark = theme === 'dark' || (theme === 'system' && prefersDark.matches)
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light'
}

/** Called before anything is drawn: the page's policy allows no script in the HTML itself. */
export function startTheme(): void {
  paint()
  useTheme.subscribe(paint)
  prefersDark.addEventListener('change', paint)
  window.addEventListener('storage', (event) => {
    if (event.key === KEY) useTheme.setState({ theme: readTheme() })
  })
}
