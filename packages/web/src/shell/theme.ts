import { create } from 'zustand'

export const THEMES = ['light', 'dark', 'contrast', 'system'] as const
export type Theme = (typeof THEMES)[number]

const KEY = 'parley.theme'
const prefersDark = matchMedia('(prefers-color-scheme: dark)')
const prefersContrast = matchMedia('(prefers-contrast: more)')

function readTheme(): Theme {
  const kept = localStorage.getItem(KEY)
  return THEMES.find((theme) => theme === kept) ?? 'system'
}

export const useTheme = create<{ theme: Theme }>()(() => ({ theme: readTheme() }))

export function setTheme(theme: Theme): void {
  localStorage.setItem(KEY, theme)
  useTheme.setState({ theme })
}

function paint(): void {
  const { theme } = useTheme.getState()
  const shown =
    theme !== 'system' ? theme : prefersDark.matches ? 'dark' : prefersContrast.matches ? 'contrast' : 'light'
  document.documentElement.dataset.theme = shown
}

/** Called before anything is drawn: the page's policy allows no script in the HTML itself. */
export function startTheme(): void {
  paint()
  useTheme.subscribe(paint)
  prefersDark.addEventListener('change', paint)
  prefersContrast.addEventListener('change', paint)
  window.addEventListener('storage', (event) => {
    if (event.key === KEY) useTheme.setState({ theme: readTheme() })
  })
}
