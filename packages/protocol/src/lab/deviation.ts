import type { SignatureMistakeKind } from '../model/index.ts'
import type { Recipe } from './recipe.ts'

/** One mistake somebody may have made, and what it makes of the recipe. */
export interface Deviation {
  kind: SignatureMistakeKind
  /** Two that change the same are never tried together. */
  on: 'secret' | 'mac' | 'method' | 'digest' | 'contentType' | 'date' | 'path' | 'text'
  change: Partial<Recipe>
  /** What was used instead, for whoever reads it. */
  value?: string
  seconds?: number
  /** Seen often enough to be tried together with another one. */
  isCommon?: boolean
}
