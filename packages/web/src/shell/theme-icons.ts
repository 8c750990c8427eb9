import { Contrast, Monitor, Moon, Sun } from 'lucide-react'

export const THEME_ICONS = { light: Sun, dark: Moon, contrast: Contrast, system: Monitor } as const
