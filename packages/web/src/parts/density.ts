import { create } from 'zustand'

export const DENSITIES = ['comfortable', 'compact'] as const
export type Density = (typeof DENSITIES)[number]

const KEY = 'parley.density'

function read(): Density {
  const kept = localStorage.getItem(KEY)
  return DENSITIES.find((density) => density === kept) ?? 'comfortable'
}

/** How close rows stand. */
export const useDensity = create<{ density: Density }>()(() => ({ density: read() }))

export function setDensity(density: Density): void {
  localStorage.setItem(KEY, density)
  useDensity.setState({ density })
}
