/** Keys that begin as the topics of `settings.changed` do: the stream has them read again. */
export const viewKeys = {
  list: ['views', 'list'] as const,
  counts: ['views', 'counts'] as const,
  muted: ['mutes'] as const,
}
