import type { ChannelWithSecret } from '@parley/protocol/model'
import { create } from 'zustand'

/** A secret that has just been made, until somebody says that he has it; nowhere else, so a reload is the end of it. */
export const useShownSecret = create<{ made: ChannelWithSecret | null }>()(() => ({ made: null }))

export const showSecret = (made: ChannelWithSecret) => useShownSecret.setState({ made })
export const hideSecret = () => useShownSecret.setState({ made: null })
