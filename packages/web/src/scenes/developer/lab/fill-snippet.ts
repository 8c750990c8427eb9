/** What a snippet is written for. The secret is none of it: it comes from the environment, wherever the snippet runs. */
export interface SnippetIds {
  /** `https://host`, where the chats API is. */
  baseUrl: string
  channelId: string
  scopeId: string
}

/** Whole words that every language takes inside a string. */
export function fillSnippet(template: string, { baseUrl, channelId, scopeId }: SnippetIds): string {
  return template
    .replaceAll('__BASE_URL__', baseUrl)
    .replaceAll('__CHANNEL_ID__', channelId)
    .replaceAll('__SCOPE_ID__', scopeId)
}
